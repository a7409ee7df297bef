package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What makes, mends or removes the tunnel's port of a bridge. A port of that name that somebody else made is left as it is. */
record TunnelPlan(UUID bridge, RowReader row, Tables tables, Transaction transaction) {
    private static final String PORT = "tunnelport";
    private static final String INTERFACE = "tunnelinterface";

    void plan(Optional<TunnelPort> wanted) {
        if (!tables.schema().has(OvsTable.INTERFACE, "type") || !tables.schema().has(OvsTable.INTERFACE, "options")) {
            return;
        }
        boolean present = false;
        for (UUID port : row.uuids("ports")) {
            Row portRow = tables.rows(OvsTable.PORT).get(port);
            Set<UUID> interfaces = portRow == null ? Set.of() : reader(portRow).uuids("interfaces");
            for (UUID uuid : interfaces) {
                Row found = tables.rows(OvsTable.INTERFACE).get(uuid);
                String name = found == null ? "" : reader(found).text("name");
                boolean right =
                        wanted.filter(tunnel -> tunnel.name().equals(name)).isPresent();
                present |= right;
                if (found != null && TunnelPort.names().contains(name) && Transaction.isOurs(found)) {
                    if (right) {
                        mend(wanted.orElseThrow(), uuid, found);
                    } else {
                        remove(port, name);
                    }
                }
            }
        }
        if (!present) {
            wanted.ifPresent(this::make);
        }
    }

    private void make(TunnelPort tunnel) {
        ObjectNode made = transaction.insert(OvsTable.INTERFACE, INTERFACE);
        made.put("name", tunnel.name()).put("type", tunnel.interfaceType());
        made.set("options", Datum.texts(tunnel.options()).toJson());
        Transaction.own(made);
        transaction
                .insert(OvsTable.PORT, PORT)
                .put("name", tunnel.name())
                .set("interfaces", Datum.of(new Atom.NamedUuid(INTERFACE)).toJson());
        transaction.insertInto(OvsTable.BRIDGE, bridge, "ports", Datum.of(new Atom.NamedUuid(PORT)));
        transaction.does("tunnel port " + tunnel.name());
    }

    /** Options that Flow6 does not know of, such as csum or tos, stay as somebody set them. */
    private void mend(TunnelPort tunnel, UUID uuid, Row found) {
        RowReader reader = reader(found);
        Map<String, String> options = new TreeMap<>(reader.textMap("options"));
        options.keySet().retainAll(TunnelPort.OPTIONS);
        if (!reader.text("type").equals(tunnel.interfaceType())) {
            transaction.update(OvsTable.INTERFACE, uuid).put("type", tunnel.interfaceType());
            transaction.does("type of " + tunnel.name());
        }
        if (!options.equals(tunnel.options())) {
            Set<Atom> keys = new LinkedHashSet<>();
            TunnelPort.OPTIONS.forEach(key -> keys.add(new Atom.Text(key)));
            ArrayNode mutations = transaction.mutate(OvsTable.INTERFACE, uuid);
            Transaction.mutation(mutations, "options", "delete", new Datum.SetOf(keys));
            Transaction.mutation(mutations, "options", "insert", Datum.texts(tunnel.options()));
            transaction.does("options of " + tunnel.name());
        }
    }

    private void remove(UUID port, String name) {
        ArrayNode mutations = transaction.mutate(OvsTable.BRIDGE, bridge);
        Transaction.mutation(mutations, "ports", "delete", Datum.of(new Atom.Uuid(port)));
        transaction.does("no tunnel port " + name);
    }

    private static RowReader reader(Row row) {
        return new RowReader("tunnel port", row, problem -> {});
    }
}
