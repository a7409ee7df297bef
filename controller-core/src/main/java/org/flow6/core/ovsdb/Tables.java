package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The monitored rows of one connection, kept up to date by {@code update2}. Confined to the event loop. */
final class Tables {
    private final Schema schema;
    private final Map<OvsTable, Map<UUID, Row>> rows = new EnumMap<>(OvsTable.class);

    Tables(Schema schema) {
        this.schema = schema;
        for (OvsTable table : OvsTable.values()) {
            rows.put(table, new HashMap<>());
        }
    }

    Schema schema() {
        return schema;
    }

    Map<UUID, Row> rows(OvsTable table) {
        return Collections.unmodifiableMap(rows.getOrDefault(table, Map.of()));
    }

    /**
     * Applies a {@code <table-updates2>} (ovsdb-server(7) §4.1.14).
     *
     * @return why it could not be, after which the rows are worth nothing: read all again
     */
    Optional<String> apply(JsonNode updates) {
        if (!updates.isObject()) {
            return Optional.of("an update that is no object");
        }
        for (OvsTable table : OvsTable.values()) {
            for (Map.Entry<String, JsonNode> update :
                    updates.path(table.tableName()).properties()) {
                Optional<UUID> uuid = Atom.uuid(update.getKey());
                if (uuid.isEmpty() || !applied(table, uuid.get(), update.getValue())) {
                    return Optional.of("an update of " + table.tableName() + " that does not fit: "
                            + Shown.clip(update.getKey() + " " + update.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    private boolean applied(OvsTable table, UUID uuid, JsonNode update) {
        Map<UUID, Row> of = rows.computeIfAbsent(table, t -> new HashMap<>());
        JsonNode added = update.has("initial") ? update.path("initial") : update.path("insert");
        if (added.isObject()) {
            of.put(uuid, Row.decode(added));
            return true;
        }
        if (update.has("delete")) {
            return of.remove(uuid) != null;
        }
        JsonNode modification = update.path("modify");
        return modification.isObject()
                && of.computeIfPresent(uuid, (u, row) -> row.changedBy(Row.decode(modification), table, schema))
                        != null;
    }
}
