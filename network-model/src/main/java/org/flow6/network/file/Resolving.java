package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.flow6.network.Resource;
import org.flow6.network.file.Complaint.Place;
import org.jspecify.annotations.Nullable;

/**
 * One item being held against the others: notes what it looks at, wants for itself, complains about, and becomes.
 */
final class Resolving {
    private final Item item;
    private final Function<Key, Collection<Item>> declared;
    private final Set<Key> read = new LinkedHashSet<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Objection> objections = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>(1);

    /**
     * Something that only one item may have, and where the item states it.
     *
     * @param consequent whether it follows from another claim, so that two such need no complaint of their own
     */
    record Claim(Key key, Place place, boolean consequent) {}

    /**
     * A complaint that came of other items.
     *
     * @param against the item it is about too, which comes first in the file or else complains itself; null: none
     */
    record Objection(Complaint complaint, @Nullable Item against) {}

    /** What came of it. */
    record Resolved(List<Key> read, List<Claim> claims, List<Objection> objections, List<Resource> resources) {}

    Resolving(Item item, Function<Key, Collection<Item>> declared) {
        this.item = item;
        this.declared = declared;
    }

    Resolved resolved() {
        return new Resolved(List.copyOf(read), List.copyOf(claims), List.copyOf(objections), List.copyOf(resources));
    }

    /** Every item that declares a key; the resolution depends on it from now on. */
    Collection<Item> all(Key key) {
        read.add(key);
        return declared.apply(key);
    }

    /** An item by its id; null if there is none, with a complaint, or if two have it, which is complained about there. */
    @Nullable
    Item refer(Kind kind, String id, Place place) {
        Collection<Item> found = all(Key.named(kind, id));
        if (found.isEmpty()) {
            complain(place, "there is no " + kind.type() + " '" + id + "'");
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    void complain(Attribute<?> attribute, String message) {
        complain(item.place(attribute), message);
    }

    void complain(Place place, String message) {
        objections.add(new Objection(new Complaint(place, message), null));
    }

    /** Complains unless this item comes before the other, which does the same. */
    void complainAgainst(Item other, Attribute<?> attribute, String message) {
        complainAgainst(other, item.place(attribute), message);
    }

    void complainAgainst(Item other, Place place, String message) {
        objections.add(new Objection(new Complaint(place, message), other));
    }

    /** Complains of everything that a shape's mapping under flow6 states. */
    void complainOfAll(Shape settings, Values stated, String message) {
        for (Attribute<?> attribute : settings.attributes()) {
            if (stated.states(attribute)) {
                complain(stated.place(Kind.FLOW6, attribute), message);
            }
        }
    }

    /** Wants something that no other item may have. */
    void claim(Key key, Place place) {
        claims.add(new Claim(key, place, false));
    }

    /** Wants something that follows from another claim of this item's. */
    void claimConsequently(Key key, Place place) {
        claims.add(new Claim(key, place, true));
    }

    /** Makes a resource; one of another kind than the item's has an id of its own to be unique. */
    void produce(Resource resource) {
        resources.add(resource);
        if (Kinds.of(resource) != item.kind()) {
            claimConsequently(Kinds.keyOf(resource), item.place(item.kind().id));
        }
    }
}
