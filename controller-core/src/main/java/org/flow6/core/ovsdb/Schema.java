package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server's schema (RFC 7047 §3.2) has of the columns Flow6 wants: for each, whether it may hold more than one
 * value, for then changes come as differences.
 */
record Schema(String version, Map<OvsTable, Map<String, Boolean>> tables) {

    static Decoded<Schema> decode(JsonNode schema) {
        if (!schema.path("tables").isObject()) {
            return new Decoded.Malformed<>("a schema without tables");
        }
        Map<OvsTable, Map<String, Boolean>> tables = new EnumMap<>(OvsTable.class);
        List<String> absent = new ArrayList<>();
        for (OvsTable table : OvsTable.values()) {
            JsonNode columns = schema.path("tables").path(table.tableName()).path("columns");
            Map<String, Boolean> present = new HashMap<>();
            table.columns()
                    .filter(columns::has)
                    .forEach(column -> present.put(
                            column, many(columns.path(column).path("type").path("max"))));
            table.needed().stream()
                    .filter(column -> !present.containsKey(column))
                    .forEach(column -> absent.add(table.tableName() + "." + column));
            tables.put(table, Map.copyOf(present));
        }
        String version = Shown.clip(schema.path("version").asText("unknown"));
        return absent.isEmpty()
                ? new Decoded.Ok<>(new Schema(version, tables))
                : new Decoded.Malformed<>("schema " + version + " lacks " + String.join(", ", absent));
    }

    private static boolean many(JsonNode max) {
        return max.isTextual() || max.asLong(1) > 1;
    }

    boolean has(OvsTable table, String column) {
        return tables.getOrDefault(table, Map.of()).containsKey(column);
    }

    boolean many(OvsTable table, String column) {
        return tables.getOrDefault(table, Map.of()).getOrDefault(column, false);
    }

    /** Wanted columns that this schema lacks, as {@code Table.column}. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (OvsTable table : OvsTable.values()) {
            table.columns()
                    .filter(column -> !has(table, column))
                    .forEach(column -> missing.add(table.tableName() + "." + column));
        }
        return missing;
    }

    /** The {@code <monitor-cond-requests>} for every wanted column there is (ovsdb-server(7) §4.1.12). */
    ObjectNode monitorRequests() {
        ObjectNode requests = JsonNodeFactory.instance.objectNode();
        for (OvsTable table : OvsTable.values()) {
            List<String> columns =
                    table.columns().filter(column -> has(table, column)).toList();
            if (!columns.isEmpty()) {
                var names = requests.putArray(table.tableName()).addObject().putArray("columns");
                columns.forEach(names::add);
            }
        }
        return requests;
    }
}
