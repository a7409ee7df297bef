package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What makes, mends or removes the ports that join the managed bridge to others, and leaves everybody else's alone. */
record PatchPlan(String managed, Tables tables, Transaction transaction) {

    /** Plans for all bridges; where one of a pair's bridges is not there, neither end is. */
    void plan(Set<PatchPair> wanted) {
        Map<String, UUID> bridges = new TreeMap<>();
        tables.rows(OvsTable.BRIDGE)
                .forEach((uuid, row) -> bridges.put(reader(row).text("name"), uuid));
        Map<String, PatchPair.End> missing = new LinkedHashMap<>();
        for (PatchPair pair : wanted) {
            if (bridges.containsKey(pair.bridge())) {
                missing.put(pair.inner(managed).name(), pair.inner(managed));
                missing.put(pair.outer(managed).name(), pair.outer(managed));
            }
        }
        Set<String> present = new HashSet<>();
        bridges.forEach((name, uuid) -> {
            for (UUID port : reader(row(OvsTable.BRIDGE, uuid)).uuids("ports")) {
                look(name, uuid, port, missing, present);
            }
        });
        missing.keySet().removeAll(present);
        missing.values().forEach(end -> make(end, Objects.requireNonNull(bridges.get(end.bridge()))));
    }

    private Row row(OvsTable table, UUID uuid) {
        return tables.rows(table).getOrDefault(uuid, new Row(Map.of()));
    }

    private void look(
            String bridge, UUID bridgeRow, UUID port, Map<String, PatchPair.End> wanted, Set<String> present) {
        for (UUID uuid : reader(row(OvsTable.PORT, port)).uuids("interfaces")) {
            Row found = row(OvsTable.INTERFACE, uuid);
            RowReader reader = reader(found);
            String name = reader.text("name");
            PatchPair.End end = wanted.get(name);
            boolean ours = Transaction.isOurs(found)
                    && managed.equals(reader.textMap("external_ids").get(PatchPair.MANAGED));
            if (end != null && (!ours || end.bridge().equals(bridge))) {
                // Of a port that somebody else made Open vSwitch would not take a second one.
                present.add(name);
            }
            if (ours && end != null && end.bridge().equals(bridge)) {
                mend(end, uuid, port, reader);
            } else if (ours) {
                ArrayNode mutations = transaction.mutate(OvsTable.BRIDGE, bridgeRow);
                Transaction.mutation(mutations, "ports", "delete", Datum.of(new Atom.Uuid(port)));
                transaction.does("no patch port " + name + " on " + bridge);
            }
        }
    }

    private void make(PatchPair.End end, UUID bridge) {
        String id = end.name().replace('-', '_');
        ObjectNode made = transaction.insert(OvsTable.INTERFACE, "i_" + id);
        made.put("name", end.name()).put("type", PatchPair.TYPE);
        made.set("options", Datum.texts(end.options()).toJson());
        Transaction.own(made, end.ids());
        ObjectNode port = transaction.insert(OvsTable.PORT, "p_" + id);
        port.put("name", end.name())
                .set("interfaces", Datum.of(new Atom.NamedUuid("i_" + id)).toJson());
        end.tag().ifPresent(tag -> port.put("tag", tag).put("vlan_mode", "access"));
        transaction.insertInto(OvsTable.BRIDGE, bridge, "ports", Datum.of(new Atom.NamedUuid("p_" + id)));
        transaction.does("patch port " + end.name() + " on " + end.bridge());
    }

    private void mend(PatchPair.End end, UUID uuid, UUID port, RowReader found) {
        Map<String, String> ids = new TreeMap<>(found.textMap("external_ids"));
        if (!found.text("type").equals(PatchPair.TYPE)
                || !found.textMap("options").equals(end.options())
                || !ids.entrySet().containsAll(end.ids().entrySet())) {
            ids.putAll(end.ids());
            ObjectNode columns = transaction.update(OvsTable.INTERFACE, uuid).put("type", PatchPair.TYPE);
            columns.set("options", Datum.texts(end.options()).toJson());
            columns.set("external_ids", Datum.texts(ids).toJson());
            transaction.does("peer of " + end.name());
        }
        Row portRow = row(OvsTable.PORT, port);
        if (end.tag().isPresent()
                && (!portRow.column("tag")
                                .equals(Datum.of(new Atom.Int(end.tag().getAsInt())))
                        || !portRow.column("vlan_mode").equals(Datum.text("access")))) {
            transaction
                    .update(OvsTable.PORT, port)
                    .put("tag", end.tag().getAsInt())
                    .put("vlan_mode", "access");
            transaction.does("VLAN of " + end.name());
        }
    }

    private static RowReader reader(Row row) {
        return new RowReader("patch port", row, problem -> {});
    }
}
