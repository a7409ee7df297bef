package org.flow6.core.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The operations (RFC 7047 §5.2) of one transaction, as they gather, and what they do, for people. */
final class Transaction {
    /** In external_ids of a row: it was made by Flow6, who may change and remove it. */
    private static final String OWNER = "owner";

    private static final String FLOW6 = "flow6";

    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();
    private final List<String> what = new ArrayList<>();

    ArrayNode operations() {
        return operations;
    }

    List<String> what() {
        return List.copyOf(what);
    }

    void does(String change) {
        what.add(change);
    }

    /** The columns of a new row, to which {@code name} refers within the transaction. */
    ObjectNode insert(OvsTable table, String name) {
        return operation("insert", table).put("uuid-name", name).putObject("row");
    }

    /** The columns of a row that are to be replaced. */
    ObjectNode update(OvsTable table, UUID row) {
        return operationOn("update", table, row).putObject("row");
    }

    /** The changes within sets and maps of a row, one after the other: see {@link #mutation}. */
    ArrayNode mutate(OvsTable table, UUID row) {
        return operationOn("mutate", table, row).putArray("mutations");
    }

    /** One change within a set or map; {@code mutator} is insert or delete. An insertion leaves the value of a key that is there. */
    static void mutation(ArrayNode mutations, String column, String mutator, Datum value) {
        mutations.addArray().add(column).add(mutator).add(value.toJson());
    }

    /** Puts something into a set or map of a row. */
    void insertInto(OvsTable table, UUID row, String column, Datum added) {
        mutation(mutate(table, row), column, "insert", added);
    }

    /** Lets the transaction fail unless a column of a row is empty at its time. */
    void requireEmpty(OvsTable table, UUID row, String column) {
        ObjectNode wait = operationOn("wait", table, row);
        wait.putArray("columns").add(column);
        wait.put("until", "==").put("timeout", 0);
        wait.putArray("rows").addObject().set(column, Datum.SetOf.NONE.toJson());
    }

    private ObjectNode operationOn(String kind, OvsTable table, UUID row) {
        ObjectNode operation = operation(kind, table);
        ArrayNode where = JsonNodeFactory.instance.arrayNode();
        where.addArray().add("_uuid").add("==").add(new Atom.Uuid(row).toJson());
        operation.set("where", where);
        return operation;
    }

    private ObjectNode operation(String kind, OvsTable table) {
        return operations.addObject().put("op", kind).put("table", table.tableName());
    }

    /** Marks a new row as ours. */
    static void own(ObjectNode inserted) {
        own(inserted, Map.of());
    }

    /** Marks a new row as ours, beside other external_ids. */
    static void own(ObjectNode inserted, Map<String, String> others) {
        Map<String, String> ids = new TreeMap<>(others);
        ids.put(OWNER, FLOW6);
        inserted.set("external_ids", Datum.texts(ids).toJson());
    }

    /** Whether a row is marked as ours. */
    static boolean isOurs(Row row) {
        RowReader reader = new RowReader("row", row, problem -> {});
        return FLOW6.equals(reader.textMap("external_ids").get(OWNER));
    }
}
