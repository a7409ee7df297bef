package org.flow6.northbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes that happen together, or not at all.
 *
 * @param base the revision of the state that they were made upon; 0: of none, so that the conditions alone decide
 * @param alone whether they happen only if nothing has changed since; else others may have changed objects that no
 *     condition is about, as long as they did not do so alone
 * @param conditions the revisions that objects must have for it to happen; 0: not there
 * @param writes what objects become; empty: removed
 */
public record Transaction(
        long base, boolean alone, Map<ObjectKey, Long> conditions, Map<ObjectKey, Optional<String>> writes) {
    public Transaction {
        conditions = Map.copyOf(conditions);
        writes = Map.copyOf(writes);
    }

    /** One that was made upon no state. */
    public Transaction(Map<ObjectKey, Long> conditions, Map<ObjectKey, Optional<String>> writes) {
        this(0, false, conditions, writes);
    }

    /** Whether it has to be alone, and a state is another one than it was made upon. */
    public boolean isOvertakenBy(StoreState state) {
        return alone && base > 0 && state.revision() != base;
    }

    /** The conditions that a state does not meet. */
    public Set<ObjectKey> unmetBy(StoreState state) {
        return conditions.entrySet().stream()
                .filter(condition -> state.revisionOf(condition.getKey()) != condition.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What comes of a state that meets the conditions; the same where nothing is written. */
    StoreState appliedTo(StoreState state) {
        if (writes.isEmpty()) {
            return state;
        }
        long revision = state.revision() + 1;
        var objects = state.objects();
        for (Map.Entry<ObjectKey, Optional<String>> write : writes.entrySet()) {
            objects = write.getValue().isPresent()
                    ? objects.plus(write.getKey(), new Document(write.getValue().get(), revision))
                    : objects.minus(write.getKey());
        }
        return new StoreState(revision, objects);
    }

    /** What came of a transaction. */
    public sealed interface Outcome {
        /** It has happened, and stays so whatever ends. */
        record Committed(long revision) implements Outcome {}

        /** It has not happened, as these objects have other revisions by now. */
        record Conflict(Set<ObjectKey> keys) implements Outcome {
            public Conflict {
                keys = Set.copyOf(keys);
            }
        }
    }

    /** A transaction in the making. For one thread. */
    public static final class Builder {
        private final Map<ObjectKey, Long> conditions = new LinkedHashMap<>();
        private final Map<ObjectKey, Optional<String>> writes = new LinkedHashMap<>();

        /** Happens only if the object still has this revision; empty: is not there. */
        public Builder require(ObjectKey key, OptionalLong revision) {
            conditions.put(key, revision.orElse(0));
            return this;
        }

        public Builder put(ObjectKey key, String json) {
            writes.put(key, Optional.of(json));
            return this;
        }

        public Builder remove(ObjectKey key) {
            writes.put(key, Optional.empty());
            return this;
        }

        public Transaction build() {
            return new Transaction(conditions, writes);
        }
    }
}
