package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
    private static final long MAX_BACKOFF_MS = 1000;

    boolean isEmpty() {
        return what.isEmpty();
    }

    /** What has to change; empty if nothing. Columns that the schema lacks are left out. */
    static SettingsPlan of(BridgeSettings settings, UUID bridge, Row row, Tables tables) {
        RowReader reader = new RowReader("bridge", row, p -> {});
        Transaction transaction = new Transaction();
        new Planner(bridge, reader, tables, transaction).plan(settings);
        new TunnelPlan(bridge, reader, tables, transaction).plan(settings.tunnel());
        settings.patches().ifPresent(patches -> new PatchPlan(reader.text("name"), tables, transaction).plan(patches));
        return new SettingsPlan(transaction.operations(), transaction.what());
    }

    private record Planner(UUID bridge, RowReader row, Tables tables, Transaction transaction) {
        void plan(BridgeSettings settings) {
            failMode();
            protocols();
            prefixes(settings.prefixes());
            settings.controllerTarget().ifPresent(this::controller);
        }

        private void failMode() {
            if (has(OvsTable.BRIDGE, "fail_mode") && !row.text("fail_mode").equals("secure")) {
                transaction
                        .update(OvsTable.BRIDGE, bridge)
                        .set("fail_mode", Datum.text("secure").toJson());
                transaction.does("fail_mode=secure");
            }
        }

        /** Left empty where it is: that allows every version, OpenFlow 1.3 among them. */
        private void protocols() {
            Set<String> protocols = row.texts("protocols");
            if (!protocols.isEmpty() && !protocols.contains("OpenFlow13")) {
                transaction.insertInto(OvsTable.BRIDGE, bridge, "protocols", Datum.text("OpenFlow13"));
                transaction.does("OpenFlow13 among the protocols");
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
                    transaction.insert(OvsTable.FLOW_TABLE, name).set("prefixes", prefixes.toJson());
                    inserted.put(new Atom.Int(table), new Atom.NamedUuid(name));
                    changed.add(table);
                } else if (seen.add(uuid) && !record.column("prefixes").equals(prefixes)) {
                    transaction.update(OvsTable.FLOW_TABLE, uuid).set("prefixes", prefixes.toJson());
                    changed.add(table);
                }
            });
            if (!inserted.isEmpty()) {
                transaction.insertInto(OvsTable.BRIDGE, bridge, "flow_tables", new Datum.MapOf(inserted));
            }
            if (!changed.isEmpty()) {
                transaction.does("prefixes of tables " + changed);
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
                // Two clients that set a controller at the same moment would else leave two.
                transaction.requireEmpty(OvsTable.BRIDGE, bridge, "controller");
                ObjectNode inserted = transaction.insert(OvsTable.CONTROLLER, "controller");
                set(inserted, target);
                Transaction.own(inserted);
                transaction.insertInto(
                        OvsTable.BRIDGE, bridge, "controller", Datum.of(new Atom.NamedUuid("controller")));
                transaction.does("controller " + target);
                return;
            }
            for (UUID uuid : controllers) {
                Row controller = tables.rows(OvsTable.CONTROLLER).get(uuid);
                if (controller != null
                        && controllers.size() == 1
                        && Transaction.isOurs(controller)
                        && !controller.column("target").equals(Datum.text(target))) {
                    set(transaction.update(OvsTable.CONTROLLER, uuid), target);
                    transaction.does("controller " + target);
                }
            }
        }

        private void set(ObjectNode controller, String target) {
            controller.set("target", Datum.text(target).toJson());
            if (has(OvsTable.CONTROLLER, "max_backoff")) {
                controller.put("max_backoff", MAX_BACKOFF_MS);
            }
            if (has(OvsTable.CONTROLLER, "connection_mode")) {
                controller.put("connection_mode", "out-of-band");
            }
        }

        private boolean has(OvsTable table, String column) {
            return tables.schema().has(table, column);
        }
    }
}
