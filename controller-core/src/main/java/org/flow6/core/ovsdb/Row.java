package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** A row as monitored: columns that hold their type's default may be absent. */
record Row(Map<String, Datum> columns) {
    Row {
        columns = Map.copyOf(columns);
    }

    static Row decode(JsonNode row) {
        Map<String, Datum> columns = new HashMap<>();
        row.properties().forEach(column -> columns.put(column.getKey(), Datum.decode(column.getValue())));
        return new Row(columns);
    }

    Datum column(String name) {
        return columns.getOrDefault(name, Datum.SetOf.NONE);
    }

    /** This row changed by {@code update2}'s {@code modify}: differences for sets and maps, new values for the rest. */
    Row changedBy(Row modification, OvsTable table, Schema schema) {
        Map<String, Datum> changed = new HashMap<>(columns);
        modification.columns.forEach((name, difference) ->
                changed.put(name, schema.many(table, name) ? column(name).changedBy(difference) : difference));
        return new Row(changed);
    }
}
