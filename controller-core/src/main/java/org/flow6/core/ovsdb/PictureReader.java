package org.flow6.core.ovsdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Derives the picture of one bridge from the monitored rows. The picture depends on the rows alone; what was read of an
 * interface is kept while its rows stay the same, so a change of one port costs no reading of the others.
 */
final class PictureReader {
    private static final int MOST_PROBLEMS = 100;
    /** OFPP_LOCAL as the database, which has OpenFlow 1.0's numbers, writes it. */
    private static final int LOCAL = 65534;

    private final String bridge;
    private @Nullable Datum knownPortsColumn;
    private Set<UUID> knownPortUuids = Set.of();
    private Map<UUID, Port> knownPorts = new HashMap<>();
    private Map<UUID, Read> knownInterfaces = new HashMap<>();

    private record Port(Row row, OptionalInt tag, Set<UUID> interfaces, List<String> problems) {}

    private record Read(Row row, OptionalInt tag, OvsInterface ovsInterface, List<String> problems) {}

    PictureReader(String bridge) {
        this.bridge = bridge;
    }

    /** The row of the bridge called {@code name}. */
    static Optional<Map.Entry<UUID, Row>> bridgeRow(Tables tables, String name) {
        Datum wanted = Datum.of(new Atom.Text(name));
        return tables.rows(OvsTable.BRIDGE).entrySet().stream()
                .filter(row -> row.getValue().column("name").equals(wanted))
                .findFirst();
    }

    OvsdbPicture read(Tables tables) {
        Set<String> problems = new LinkedHashSet<>();
        Consumer<String> problem = text -> {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(text);
            }
        };
        Row host =
                tables.rows(OvsTable.OPEN_VSWITCH).values().stream().findFirst().orElse(new Row(Map.of()));
        RowReader hostReader = new RowReader("Open_vSwitch", host, problem);
        Optional<Row> row = bridgeRow(tables, bridge).map(Map.Entry::getValue);
        Map<String, OvsInterface> interfaces =
                row.map(r -> interfaces(r, tables, problem)).orElse(Map.of());
        Map<String, OvsInterface> bindings = new HashMap<>();
        List<IfaceIdConflict> conflicts = bind(interfaces, bindings);
        return new OvsdbPicture(
                hostReader.optionalText("ovs_version"),
                hostReader.textMap("external_ids"),
                row.map(r -> bridge(r, tables, problem)),
                interfaces,
                bindings,
                conflicts,
                problems);
    }

    private OvsBridge bridge(Row row, Tables tables, Consumer<String> problem) {
        RowReader reader = new RowReader("bridge " + Shown.clip(bridge), row, problem);
        Optional<DatapathId> datapathId = reader.optionalText("datapath_id").flatMap(text -> {
            if (!text.matches("[0-9a-fA-F]{16}")) {
                reader.problem("datapath_id", "16 hexadecimal digits", text);
                return Optional.empty();
            }
            return Optional.of(DatapathId.of(Long.parseUnsignedLong(text, 16)));
        });
        List<OvsController> controllers = new ArrayList<>();
        for (UUID uuid : reader.uuids("controller")) {
            Row controller = tables.rows(OvsTable.CONTROLLER).get(uuid);
            if (controller != null) {
                controllers.add(controller(new RowReader("controller " + uuid, controller, problem)));
            }
        }
        controllers.sort(Comparator.comparing(OvsController::target));
        return new OvsBridge(
                bridge,
                datapathId,
                reader.optionalText("fail_mode"),
                reader.texts("protocols"),
                reader.textMap("other_config"),
                controllers);
    }

    private static OvsController controller(RowReader reader) {
        return new OvsController(
                reader.text("target"),
                reader.truth("is_connected"),
                reader.optionalText("connection_mode"),
                reader.optionalInteger("max_backoff"),
                reader.textMap("external_ids"));
    }

    private Map<String, OvsInterface> interfaces(Row bridgeRow, Tables tables, Consumer<String> problem) {
        Set<UUID> ports = ports(bridgeRow, problem);
        Map<UUID, Port> portsRead = new HashMap<>();
        Map<UUID, Read> read = new HashMap<>();
        Map<String, OvsInterface> interfaces = new LinkedHashMap<>();
        for (UUID portUuid : ports) {
            Row portRow = tables.rows(OvsTable.PORT).get(portUuid);
            if (portRow == null) {
                continue;
            }
            Port port = port(portUuid, portRow);
            port.problems.forEach(problem);
            portsRead.put(portUuid, port);
            for (UUID uuid : port.interfaces) {
                Row row = tables.rows(OvsTable.INTERFACE).get(uuid);
                if (row != null) {
                    Read now = read(knownInterfaces.get(uuid), row, port.tag);
                    now.problems.forEach(problem);
                    read.put(uuid, now);
                    interfaces.put(now.ovsInterface.name(), now.ovsInterface);
                }
            }
        }
        knownPorts = portsRead;
        knownInterfaces = read;
        return interfaces;
    }

    @SuppressWarnings(
            "ReferenceEquality") // An untouched column is the same object; comparing contents is what is saved.
    private Set<UUID> ports(Row bridgeRow, Consumer<String> problem) {
        Datum column = bridgeRow.column("ports");
        if (column != knownPortsColumn) {
            knownPortUuids = new RowReader("bridge " + Shown.clip(bridge), bridgeRow, problem).uuids("ports");
            knownPortsColumn = knownPortUuids.isEmpty() ? null : column;
        }
        return knownPortUuids;
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private Port port(UUID uuid, Row row) {
        Port before = knownPorts.get(uuid);
        if (before != null && before.row == row) {
            return before;
        }
        List<String> problems = new ArrayList<>();
        RowReader reader = new RowReader("port " + uuid, row, problems::add);
        return new Port(row, within(reader, "tag", 0, 4095), reader.uuids("interfaces"), problems);
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private Read read(@Nullable Read before, Row row, OptionalInt tag) {
        if (before != null && before.row == row && before.tag.equals(tag)) {
            return before;
        }
        List<String> problems = new ArrayList<>();
        String name = new RowReader("interface", row, problems::add).text("name");
        RowReader reader = new RowReader("interface " + Shown.clip(name), row, problems::add);
        Map<String, String> externalIds = reader.textMap("external_ids");
        OvsInterface ovsInterface = new OvsInterface(
                bridge,
                name,
                reader.text("type"),
                ofPort(reader),
                Optional.ofNullable(externalIds.get("iface-id")).filter(id -> !id.isEmpty()),
                externalIds,
                mac(reader),
                reader.optionalText("link_state").map("up"::equals),
                within(reader, "mtu", 0, Integer.MAX_VALUE),
                tag,
                Optional.ofNullable(reader.textMap("bfd_status").get("state")).map("up"::equals),
                reader.optionalText("error"));
        return new Read(row, tag, ovsInterface, List.copyOf(problems));
    }

    private static Optional<OFPort> ofPort(RowReader reader) {
        OptionalInt number = within(reader, "ofport", -1, LOCAL);
        if (number.isEmpty() || number.getAsInt() < 1) {
            return Optional.empty();
        }
        return Optional.of(number.getAsInt() == LOCAL ? OFPort.LOCAL : OFPort.of(number.getAsInt()));
    }

    private static Optional<MacAddress> mac(RowReader reader) {
        return reader.optionalText("mac_in_use").flatMap(text -> {
            if (!text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
                reader.problem("mac_in_use", "a MAC address", text);
                return Optional.empty();
            }
            return Optional.of(MacAddress.of(text));
        });
    }

    private static OptionalInt within(RowReader reader, String column, int least, int most) {
        OptionalLong value = reader.optionalInteger(column);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() < least || value.getAsLong() > most) {
            reader.problem(column, "a number from " + least + " to " + most, value.getAsLong());
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) value.getAsLong());
    }

    /** Gives each iface-id to the attached interface with the lowest port: the same whoever came first, after a restart too. */
    private static List<IfaceIdConflict> bind(
            Map<String, OvsInterface> interfaces, Map<String, OvsInterface> bindings) {
        Map<String, List<OvsInterface>> contested = new TreeMap<>();
        for (OvsInterface candidate : interfaces.values()) {
            if (candidate.ofPort().isPresent() && candidate.ifaceId().isPresent()) {
                String id = candidate.ifaceId().get();
                OvsInterface first = bindings.putIfAbsent(id, candidate);
                if (first != null) {
                    contested
                            .computeIfAbsent(id, i -> new ArrayList<>(List.of(first)))
                            .add(candidate);
                }
            }
        }
        List<IfaceIdConflict> conflicts = new ArrayList<>();
        contested.forEach((id, claimants) -> {
            claimants.sort(Comparator.comparingLong(PictureReader::portNumber));
            bindings.put(id, claimants.get(0));
            conflicts.add(new IfaceIdConflict(id, claimants.get(0), claimants.subList(1, claimants.size())));
        });
        return conflicts;
    }

    private static long portNumber(OvsInterface attached) {
        return attached.ofPort()
                .map(port -> Integer.toUnsignedLong(port.getPortNumber()))
                .orElse(Long.MAX_VALUE);
    }
}
