package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What makes, mends or removes the tunnels' ports of a bridge. A port of such a name that somebody else made is left as it is. */
record TunnelPlan(UUID bridge, RowReader row, Tables tables, Transaction transaction) {

    void plan(Optional<TunnelPort> tunnel) {
        if (!tables.schema().has(OvsTable.INTERFACE, "type") || !tables.schema().has(OvsTable.INTERFACE, "options")) {
            return;
        }
        Map<String, TunnelInterface> wanted = tunnel.map(TunnelPort::interfaces).orElse(Map.of());
        Set<String> present = new HashSet<>();
        for (UUID port : row.uuids("ports")) {
            Row portRow = tables.rows(OvsTable.PORT).get(port);
            Set<UUID> interfaces = portRow == null ? Set.of() : reader(portRow).uuids("interfaces");
            for (UUID uuid : interfaces) {
                Row found = tables.rows(OvsTable.INTERFACE).get(uuid);
                String name = found == null ? "" : reader(found).text("name");
                TunnelInterface right = wanted.get(name);
                present.add(name);
                if (found != null && TunnelPort.isName(name) && Transaction.isOurs(found)) {
                    if (right != null) {
                        mend(right, uuid, found);
                    } else if (tunnel.filter(one -> one.mayStay(name)).isEmpty()) {
                        remove(port, name);
                    }
                }
            }
        }
        wanted.values().stream()
                .filter(missing -> !present.contains(missing.name()))
                .forEach(this::make);
    }

    private void make(TunnelInterface tunnel) {
        // Names within a transaction are identifiers (RFC 7047 §3.1).
        String suffix = tunnel.name().replace('-', '_');
        ObjectNode made = transaction.insert(OvsTable.INTERFACE, "interface_" + suffix);
        made.put("name", tunnel.name()).put("type", tunnel.type());
        made.set("options", Datum.texts(tunnel.options()).toJson());
        if (!tunnel.bfd().isEmpty() && tables.schema().has(OvsTable.INTERFACE, "bfd")) {
            made.set("bfd", Datum.texts(tunnel.bfd()).toJson());
        }
        Transaction.own(made);
        Datum only = Datum.of(new Atom.NamedUuid("interface_" + suffix));
        transaction
                .insert(OvsTable.PORT, "port_" + suffix)
                .put("name", tunnel.name())
                .set("interfaces", only.toJson());
        transaction.insertInto(OvsTable.BRIDGE, bridge, "ports", Datum.of(new Atom.NamedUuid("port_" + suffix)));
        transaction.does("tunnel port " + tunnel.name());
    }

    private void mend(TunnelInterface tunnel, UUID uuid, Row found) {
        if (!reader(found).text("type").equals(tunnel.type())) {
            transaction.update(OvsTable.INTERFACE, uuid).put("type", tunnel.type());
            transaction.does("type of " + tunnel.name());
        }
        mend("options", TunnelInterface.OPTIONS, tunnel.options(), tunnel, uuid, found);
        if (tables.schema().has(OvsTable.INTERFACE, "bfd")) {
            mend("bfd", TunnelInterface.BFD, tunnel.bfd(), tunnel, uuid, found);
        }
    }

    /** What Flow6 does not know of, such as csum or tos, stays as somebody set it. */
    private void mend(
            String column,
            List<String> known,
            Map<String, String> wanted,
            TunnelInterface tunnel,
            UUID uuid,
            Row found) {
        Map<String, String> there = new TreeMap<>(reader(found).textMap(column));
        there.keySet().retainAll(known);
        if (!there.equals(wanted)) {
            Set<Atom> keys = new LinkedHashSet<>();
            known.forEach(key -> keys.add(new Atom.Text(key)));
            ArrayNode mutations = transaction.mutate(OvsTable.INTERFACE, uuid);
            Transaction.mutation(mutations, column, "delete", new Datum.SetOf(keys));
            Transaction.mutation(mutations, column, "insert", Datum.texts(wanted));
            transaction.does(column + " of " + tunnel.name());
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
