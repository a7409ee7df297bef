package org.flow6.network.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flow6.network.file.Node.Mapping;

/**
 * A type of resource: its list in the file, its attributes, and the rules by which its items become resources.
 */
abstract class Kind extends Shape {
    /** The attribute for what Neutron has none for. */
    static final String FLOW6 = "flow6";

    /** The name of its list in a network file: {@code ports}. */
    private final String list;

    /** How a violation names it: {@code port}. */
    private final String type;

    final Attribute<String> id = required(
            "id",
            "What others refer to it by: any text that is not empty, unique among those of its type.",
            Readers.ID);
    final Attribute<String> projectId = optional(
            "project_id",
            "Whose it is: ports without security_groups have the default group of their project.",
            Readers.TEXT,
            "");
    /** Neutron's older name for the project. */
    final Attribute<String> tenantId = optional("tenant_id", "An older name of project_id.", Readers.TEXT, "");

    final Attribute<Values> flow6;

    /** A type of resource that has nothing Neutron has no attribute for. */
    Kind(String list, String type) {
        this(list, type, new Shape(FLOW6) {}, "Nothing.");
    }

    /**
     * @param settings what Neutron has no attribute for
     * @param about what that is, for users
     */
    Kind(String list, String type, Shape settings, String about) {
        super((type.matches("[aeiou].*") ? "an " : "a ") + type);
        this.list = list;
        this.type = type;
        flow6 = optional(FLOW6, about, settings.reader());
        ignore("description", "tags", "status", "revision_number", "created_at", "updated_at", "shared");
    }

    final String list() {
        return list;
    }

    final String type() {
        return type;
    }

    /** Reads an element of its list. */
    final Item read(Mapping mapping) {
        List<Complaint> complaints = new ArrayList<>(0);
        Item item = new Item(this, mapping.line(), complaints);
        read(mapping, new Field("", mapping, complaints), item);
        return item;
    }

    /** Names what an item can be found by, by what it states alone. */
    void declare(Item item, Consumer<Key> keys) {
        if (!item.id().isEmpty()) {
            keys.accept(Key.named(this, item.id()));
        }
    }

    /**
     * Checks an item by Neutron's rules, finds what it refers to, and makes the resource of it. Called again whenever
     * something changes that it looked at.
     */
    abstract void resolve(Item item, Resolving resolving);
}
