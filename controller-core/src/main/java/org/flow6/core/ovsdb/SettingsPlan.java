package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The operations (RFC 7047 §5.2) that bring a bridge to its settings, and what they do, for people. */
record SettingsPlan(ArrayNode operations, List<String> what) {
    /** Key and value in external_ids that mark a row as made by Flow6. */
    static final String OWNER = "owner";

    static final String FLOW6 = "flow6";

    private static final long MAX_BACKOFF_MS = 1000;

    boolean isEmpty() {
        return what.isEmpty();
    }

    /** What has to change; empty if nothing. Columns that the schema lacks are left out. */
    static SettingsPlan of(BridgeSettings settings, UUID bridge, Row row, Tables tables) {
        return new Planner(bridge, new RowReader("bridge", row, p -> {}), tables).plan(settings);
    }

    private record Planner(UUID bridge, RowReader row, Tables tables, ArrayNode operations, List<String> what) {
        Planner(UUID bridge, RowReader row, Tables tables) {
            this(bridge, row, tables, JsonNodeFactory.instance.arrayNode(), new ArrayList<>());
        }

        SettingsPlan plan(BridgeSettings settings) {
            failMode();
            protocols();
            prefixes(settings.prefixes());
            settings.controllerTarget().ifPresent(this::controller);
            return new SettingsPlan(operations, List.copyOf(what));
        }

        private void failMode() {
            if (has(OvsTable.BRIDGE, "fail_mode") && !row.text("fail_mode").equals("secure")) {
                update(OvsTable.BRIDGE, bridge).set("fail_mode", text("secure").toJson());
                what.add("fail_mode=secure");
            }
        }

        /** Left empty where it is: that allows every version, OpenFlow 1.3 among them. */
        private void protocols() {
            Set<String> protocols = row.texts("protocols");
            if (!protocols.isEmpty() && !protocols.contains("OpenFlow13")) {
                mutate("protocols", text("OpenFlow13"));
                what.add("OpenFlow13 among the protocols");
            }
        }

        /**
         * A record that stands for several tables or bridges is changed for all of them, who share it on purpose; the
         * first table decides.
         */
        private void prefixes(Map<Integer, List<String>> wanted) {
            if (!has(OvsTable.BRIDGE, "flow_tables") || !has(OvsTable.FLOW_TABLE, "prefixes")) {
                return;
            }
            Map<Long, UUID> references = row.references("flow_tables");
            Map<Atom, Atom> inserted = new HashMap<>();
            Set<UUID> seen = new LinkedHashSet<>();
            List<Integer> changed = new ArrayList<>();
            wanted.forEach((table, fields) -> {
                Set<Atom> atoms = new LinkedHashSet<>();
                fields.forEach(field -> atoms.add(new Atom.Text(field)));
                Datum prefixes = new Datum.SetOf(atoms);
                UUID uuid = references.get((long) table);
                Row record =
                        uuid == null ? null : tables.rows(OvsTable.FLOW_TABLE).get(uuid);
                if (uuid == null || record == null) {
                    String name = "table" + table;
                    insert(OvsTable.FLOW_TABLE, name).set("prefixes", prefixes.toJson());
                    inserted.put(new Atom.Int(table), new Atom.NamedUuid(name));
                    changed.add(table);
                } else if (seen.add(uuid) && !record.column("prefixes").equals(prefixes)) {
                    update(OvsTable.FLOW_TABLE, uuid).set("prefixes", prefixes.toJson());
                    changed.add(table);
                }
            });
            if (!inserted.isEmpty()) {
                mutate("flow_tables", new Datum.MapOf(inserted));
            }
            if (!changed.isEmpty()) {
                what.add("prefixes of tables " + changed);
            }
        }

        /** A controller that is not ours is left as it is; ours follows the configured target. */
        private void controller(String target) {
            if (!has(OvsTable.BRIDGE, "controller")
                    || !has(OvsTable.CONTROLLER, "target")
                    || !has(OvsTable.CONTROLLER, "external_ids")) {
                return;
            }
            Set<UUID> controllers = row.uuids("controller");
            if (controllers.isEmpty()) {
                waitForNoController();
                ObjectNode inserted = insert(OvsTable.CONTROLLER, "controller");
                set(inserted, target);
                Atom owner = new Atom.Text(FLOW6);
                inserted.set("external_ids", new Datum.MapOf(Map.of(new Atom.Text(OWNER), owner)).toJson());
                mutate("controller", Datum.of(new Atom.NamedUuid("controller")));
                what.add("controller " + target);
                return;
            }
            for (UUID uuid : controllers) {
                Row controller = tables.rows(OvsTable.CONTROLLER).get(uuid);
                if (controller != null
                        && controllers.size() == 1
                        && isOurs(controller)
                        && !controller.column("target").equals(text(target))) {
                    set(update(OvsTable.CONTROLLER, uuid), target);
                    what.add("controller " + target);
                }
            }
        }

        private static boolean isOurs(Row controller) {
            RowReader reader = new RowReader("controller", controller, p -> {});
            return FLOW6.equals(reader.textMap("external_ids").get(OWNER));
        }

        private void set(ObjectNode controller, String target) {
            controller.set("target", text(target).toJson());
            if (has(OvsTable.CONTROLLER, "max_backoff")) {
                controller.put("max_backoff", MAX_BACKOFF_MS);
            }
            if (has(OvsTable.CONTROLLER, "connection_mode")) {
                controller.put("connection_mode", "out-of-band");
            }
        }

        /** Two clients that set a controller at the same moment would else leave two. */
        private void waitForNoController() {
            ObjectNode wait = operation("wait", OvsTable.BRIDGE);
            wait.set("where", isRow(bridge));
            wait.putArray("columns").add("controller");
            wait.put("until", "==").put("timeout", 0);
            wait.putArray("rows").addObject().set("controller", Datum.SetOf.NONE.toJson());
        }

        private boolean has(OvsTable table, String column) {
            return tables.schema().has(table, column);
        }

        private ObjectNode operation(String kind, OvsTable table) {
            return operations.addObject().put("op", kind).put("table", table.tableName());
        }

        private ObjectNode insert(OvsTable table, String name) {
            return operation("insert", table).put("uuid-name", name).putObject("row");
        }

        private ObjectNode update(OvsTable table, UUID uuid) {
            ObjectNode update = operation("update", table);
            update.set("where", isRow(uuid));
            return update.putObject("row");
        }

        private void mutate(String column, Datum inserted) {
            ObjectNode mutate = operation("mutate", OvsTable.BRIDGE);
            mutate.set("where", isRow(bridge));
            mutate.putArray("mutations").addArray().add(column).add("insert").add(inserted.toJson());
        }

        private static ArrayNode isRow(UUID uuid) {
            ArrayNode where = JsonNodeFactory.instance.arrayNode();
            where.addArray().add("_uuid").add("==").add(new Atom.Uuid(uuid).toJson());
            return where;
        }

        private static Datum text(String value) {
            return Datum.of(new Atom.Text(value));
        }
    }
}
