package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flow6.network.NetworkModel;
import org.flow6.network.Resource;
import org.flow6.network.file.Resolving.Claim;
import org.flow6.network.file.Resolving.Objection;
import org.flow6.network.file.Resolving.Resolved;
import org.jspecify.annotations.Nullable;

/**
 * All items of a network file held against each other, and the model they make.
 *
 * <p>An item is found by the keys it declares, which depend on nothing but itself. Resolving it looks at other items by
 * their keys, so when items change, those and the readers of their keys are resolved again, and no others. What only one
 * item may have, it claims; two claims to one key are in contest until one is withdrawn.
 */
final class Resolution {
    private final Holders declared = new Holders();
    private final Holders readers = new Holders();
    private final Holders claimants = new Holders();
    private final Map<Item, Resolved> resolved = new HashMap<>();

    /** Items with something wrong, by themselves or with others. */
    private final Set<Item> faulty = new HashSet<>();

    private final Set<Key> contested = new HashSet<>();

    /** How many stated items each project has. */
    private final Map<String, Integer> projects = new HashMap<>();

    private final Map<String, Item> impliedGroups = new HashMap<>();

    /** Resources that may differ from those of the model, by what they are found by: any version of each. */
    private final Map<Key, Resource> stale = new LinkedHashMap<>();

    private NetworkModel model = NetworkModel.EMPTY;

    /** Replaces items by others. */
    void change(Collection<Item> removed, Collection<Item> added) {
        Set<Item> dirty = new LinkedHashSet<>(added);
        removed.forEach(item -> withdraw(item, dirty));
        added.forEach(item -> declare(item, dirty));
        implyGroups(removed, added, dirty);
        dirty.forEach(this::resolve);
    }

    boolean isValid() {
        return faulty.isEmpty() && contested.isEmpty();
    }

    /** The model of all items, which must be valid. */
    NetworkModel model() {
        List<Resource> gone = new ArrayList<>();
        List<Resource> put = new ArrayList<>();
        stale.forEach((key, old) -> {
            Resource current = current(key);
            if (current == null) {
                gone.add(old);
            } else {
                put.add(current);
            }
        });
        stale.clear();
        model = model.edited(gone, put);
        return model;
    }

    private @Nullable Resource current(Key key) {
        for (Item item : claimants.of(key)) {
            for (Resource resource : resolvedOf(item).resources()) {
                if (Kinds.keyOf(resource).equals(key)) {
                    return resource;
                }
            }
        }
        return null;
    }

    private void withdraw(Item item, Set<Item> dirty) {
        item.kind().declare(item, key -> {
            declared.remove(key, item);
            dirty.addAll(readers.of(key));
        });
        retract(item);
        dirty.remove(item);
    }

    private void declare(Item item, Set<Item> dirty) {
        item.kind().declare(item, key -> {
            declared.add(key, item);
            dirty.addAll(readers.of(key));
        });
        dirty.add(item);
    }

    /** Every project that the file mentions has a default group, stated or not. */
    private void implyGroups(Collection<Item> removed, Collection<Item> added, Set<Item> dirty) {
        Set<String> touched = new LinkedHashSet<>();
        removed.stream().filter(Resolution::isOwned).forEach(item -> {
            projects.merge(item.project(), -1, (count, by) -> count + by == 0 ? null : count + by);
            touched.add(item.project());
        });
        added.stream().filter(Resolution::isOwned).forEach(item -> {
            projects.merge(item.project(), 1, Integer::sum);
            touched.add(item.project());
        });
        for (String project : touched) {
            boolean wanted = projects.containsKey(project)
                    && declared.of(Key.defaultGroupOf(project)).isEmpty();
            Item implied = impliedGroups.get(project);
            if (wanted && implied == null) {
                Item group = Kinds.SECURITY_GROUPS.implied(project);
                impliedGroups.put(project, group);
                declare(group, dirty);
            } else if (!wanted && implied != null) {
                impliedGroups.remove(project);
                withdraw(implied, dirty);
            }
        }
    }

    private static boolean isOwned(Item item) {
        return item.kind() instanceof NeutronKind;
    }

    private void resolve(Item item) {
        retract(item);
        Resolving resolving = new Resolving(item, declared::of);
        if (!item.id().isEmpty()) {
            resolving.claim(Key.named(item.kind(), item.id()), item.place(item.kind().id));
        }
        item.kind().resolve(item, resolving);
        Resolved now = resolving.resolved();
        resolved.put(item, now);
        now.read().forEach(key -> readers.add(key, item));
        now.claims().forEach(claim -> {
            claimants.add(claim.key(), item);
            contest(claim.key());
        });
        now.resources().forEach(resource -> stale.putIfAbsent(Kinds.keyOf(resource), resource));
        if (!item.complaints().isEmpty() || !now.objections().isEmpty()) {
            faulty.add(item);
        }
    }

    private void retract(Item item) {
        Resolved before = resolved.remove(item);
        if (before == null) {
            return;
        }
        before.read().forEach(key -> readers.remove(key, item));
        before.claims().forEach(claim -> {
            claimants.remove(claim.key(), item);
            contest(claim.key());
        });
        before.resources().forEach(resource -> stale.putIfAbsent(Kinds.keyOf(resource), resource));
        faulty.remove(item);
    }

    private void contest(Key key) {
        if (claimants.of(key).size() > 1) {
            contested.add(key);
        } else {
            contested.remove(key);
        }
    }

    private Resolved resolvedOf(Item item) {
        Resolved found = resolved.get(item);
        if (found == null) {
            throw new IllegalStateException(item.kind().type() + " " + item.id() + " is not resolved");
        }
        return found;
    }

    /**
     * Everything that is wrong, in no order.
     *
     * @param places where each stated item is in the file
     */
    List<Fault> faults(Map<Item, Place> places) {
        List<Fault> faults = new ArrayList<>();
        for (Item item : faulty) {
            Place place = placeOf(item, places);
            item.complaints().forEach(complaint -> faults.add(new Fault(item, place, complaint)));
            for (Objection objection : resolvedOf(item).objections()) {
                Item against = objection.against();
                if (against == null || placeOf(against, places).ordinal() < place.ordinal()) {
                    faults.add(new Fault(item, place, objection.complaint()));
                }
            }
        }
        contested.forEach(key -> addContest(key, places, faults));
        return faults;
    }

    /** Of those who claim the same, the first in the file is right and the others are told so. */
    private void addContest(Key key, Map<Item, Place> places, List<Fault> faults) {
        List<Item> all = new ArrayList<>(claimants.of(key));
        all.sort(Comparator.comparingInt(item -> placeOf(item, places).ordinal()));
        Item first = all.get(0);
        String name = first.isImplied()
                ? "the default security group that project '" + first.project() + "' has by itself"
                : first.kind().type() + " " + first.id()
                        + placeOf(first, places).onLine();
        boolean consequent = claim(first, key).consequent();
        for (Item later : all.subList(1, all.size())) {
            Claim claim = claim(later, key);
            if (!consequent || !claim.consequent()) {
                faults.add(new Fault(later, placeOf(later, places), new Complaint(claim.place(), key.takenBy(name))));
            }
        }
    }

    private Claim claim(Item item, Key key) {
        return resolvedOf(item).claims().stream()
                .filter(claim -> claim.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Place placeOf(Item item, Map<Item, Place> places) {
        return places.getOrDefault(item, Place.BEFORE_ALL);
    }

    /**
     * Where an item is in the file.
     *
     * @param ordinal how many items come before it
     * @param offset what to add to the lines of its complaints to get those of the file
     * @param line of the file on which it begins, from 1; 0 if it is in none
     */
    record Place(int ordinal, int offset, int line) {
        static final Place BEFORE_ALL = new Place(-1, 0, 0);

        /** What follows its name in a message. */
        String onLine() {
            return line == 0 ? "" : " on line " + line;
        }
    }

    /** Something wrong with an item that is in a certain place. */
    record Fault(Item item, Place place, Complaint complaint) {
        int line() {
            return place.offset() + complaint.place().line();
        }
    }
}
