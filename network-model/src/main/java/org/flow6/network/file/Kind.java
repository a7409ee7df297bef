package org.flow6.network.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flow6.network.text.Node.Mapping;

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

    /** What others refer to an item by, unique among those of its type. */
    final Attribute<String> id;

    /** @param idName the attribute that others refer to it by, and what that is, for users */
    Kind(String list, String type, String idName, String idMeaning) {
        super((type.matches("[aeiou].*") ? "an " : "a ") + type);
        this.list = list;
        this.type = type;
        id = required(idName, idMeaning, Readers.ID);
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
