package org.flow6.network.file;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.Resolution.Fault;
import org.flow6.network.file.Resolution.Place;
import org.flow6.network.text.Format;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.SyntaxError;
import org.jspecify.annotations.Nullable;

/**
 * A network whose objects come and go one by one, each as JSON, like an element of a list of a network file. One with
 * something wrong stays as it was when it was right, as long as it was ever and that still goes with the others; else it
 * is left out, and so are those that refer to it. All others are served. A change costs what it changes, and what is not
 * in force. For one thread.
 */
public final class NetworkObjects {
    private final Resolution resolution = new Resolution();
    private final Map<Name, Slot> slots = new TreeMap<>();
    /** Those that are not in force as they are wanted. */
    private final Set<Slot> unsettled = new LinkedHashSet<>();

    /**
     * What an object is found by.
     *
     * @param list of the network file, such as {@code ports}
     */
    public record Name(String list, String id) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byList = list.compareTo(other.list);
            return byList == 0 ? id.compareTo(other.id) : byList;
        }

        @Override
        public String toString() {
            return list + "/" + id;
        }
    }

    /** An object: as it is wanted, as it is in force, and as it was when nothing was wrong with it. */
    private static final class Slot {
        final Name name;

        @Nullable
        Item wanted;
        /** Why it cannot even be read, if so. */
        @Nullable
        Violation unreadable;

        @Nullable
        Item good;

        @Nullable
        Item inForce;

        Slot(Name name) {
            this.name = name;
        }

        boolean isSettled() {
            return unreadable == null && inForce == wanted;
        }
    }

    /**
     * What a change came to.
     *
     * @param model of the objects that are in force
     * @param violations of those that are not as they are wanted; each names its object in place of a file
     */
    public record Outcome(NetworkModel model, List<Violation> violations) {
        public Outcome {
            violations = List.copyOf(violations);
        }
    }

    /** Whether a network file has a list of this name. */
    public static boolean has(String list) {
        return Kinds.BY_LIST.containsKey(list);
    }

    /** @param changes the JSON of each object; empty: it is gone */
    public Outcome change(Map<Name, Optional<String>> changes) {
        Set<Slot> touched = new LinkedHashSet<>(unsettled);
        unsettled.clear();
        Swap swap = new Swap();
        changes.forEach((name, json) -> {
            if (json.isPresent()) {
                Slot slot = slots.computeIfAbsent(name, Slot::new);
                read(slot, json.get());
                touched.add(slot);
            } else {
                Slot gone = slots.remove(name);
                if (gone != null) {
                    touched.remove(gone);
                    swap.put(gone, null);
                }
            }
        });
        touched.forEach(slot -> swap.put(slot, slot.wanted != null ? slot.wanted : slot.good));
        swap.happen();
        Set<Violation> violations = new LinkedHashSet<>();
        while (!resolution.isValid()) {
            touched.addAll(fallBack(violations));
        }
        for (Slot slot : touched) {
            if (slot.isSettled()) {
                slot.good = slot.wanted;
            } else {
                unsettled.add(slot);
            }
            if (slot.unreadable != null) {
                violations.add(slot.unreadable);
            }
        }
        return new Outcome(resolution.model(), List.copyOf(violations));
    }

    /** Items that take the places of others, all at once. */
    private final class Swap {
        private final Set<Item> removed = new LinkedHashSet<>();
        private final Set<Item> added = new LinkedHashSet<>();

        void put(Slot slot, @Nullable Item next) {
            if (slot.inForce != next) {
                if (slot.inForce != null) {
                    removed.add(slot.inForce);
                }
                if (next != null) {
                    added.add(next);
                }
                slot.inForce = next;
            }
        }

        void happen() {
            resolution.change(removed, added);
        }
    }

    /** Of those with something wrong, what was right takes the place, or nothing; then others may be wrong. */
    private Set<Slot> fallBack(Set<Violation> violations) {
        Map<Item, Slot> byItem = new HashMap<>();
        Map<Item, Place> places = new HashMap<>();
        // There is no file that has one before the other: of two that want the same, the one that has it goes on.
        for (boolean good : new boolean[] {true, false}) {
            for (Slot slot : slots.values()) {
                if (slot.inForce != null && (slot.inForce == slot.good) == good) {
                    byItem.put(slot.inForce, slot);
                    places.put(slot.inForce, new Place(places.size(), 0, 0));
                }
            }
        }
        Set<Slot> faulty = new LinkedHashSet<>();
        for (Fault fault : resolution.faults(places)) {
            Slot slot = byItem.get(fault.item());
            if (slot != null) {
                faulty.add(slot);
                violations.add(violation(slot.name, fault.item(), fault.complaint()));
            }
        }
        if (faulty.isEmpty()) {
            throw new IllegalStateException("something is wrong with the network, and nobody knows with what");
        }
        Swap swap = new Swap();
        faulty.forEach(slot -> swap.put(slot, slot.inForce == slot.good ? null : slot.good));
        swap.happen();
        return faulty;
    }

    private static Violation violation(Name name, Item item, Complaint complaint) {
        return new Violation(
                name.toString(),
                0,
                item.kind().type(),
                item.id(),
                complaint.place().field(),
                complaint.message());
    }

    private static void read(Slot slot, String json) {
        slot.wanted = null;
        slot.unreadable = null;
        Name name = slot.name;
        Kind kind = Kinds.BY_LIST.get(name.list());
        if (kind == null) {
            slot.unreadable = wrong(name, "", "is of no list of a network file");
            return;
        }
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        try {
            if (!(Format.JSON.read(text, 0, text.length) instanceof Mapping mapping)) {
                slot.unreadable = wrong(name, kind.type(), "is not a JSON object");
                return;
            }
            Item item = kind.read(mapping);
            if (item.id().equals(name.id())) {
                slot.wanted = item;
            } else {
                slot.unreadable =
                        wrong(name, kind.type(), kind.id.name() + " is '" + item.id() + "', not that of its key");
            }
        } catch (SyntaxError e) {
            slot.unreadable = wrong(name, kind.type(), "is not JSON: " + e.reason());
        }
    }

    private static Violation wrong(Name name, String type, String message) {
        return new Violation(name.toString(), 0, type, name.id(), "", message);
    }
}
