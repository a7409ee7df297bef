package org.flow6.network;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each of the last few edits of a model may have changed. It stands for the model that it belongs to without
 * holding it.
 */
final class Lineage {
    /** A reader that skips more models than this compares them instead. */
    private static final int GENERATIONS = 16;
    /** Of more changes than this no account is kept: comparing costs little beside them. */
    private static final int MAX_CHANGES = 1000;

    private final ModelChanges changes;
    /** The model that was edited; null where that is not known, or is not known any more. */
    private volatile @Nullable Lineage before;

    private Lineage(ModelChanges changes, @Nullable Lineage before) {
        this.changes = changes;
        this.before = before;
    }

    /** Of a model that was not made from another. */
    static Lineage unknown() {
        return new Lineage(new ModelChanges(), null);
    }

    /** Of a model that was made from this one's. */
    Lineage followedBy(ModelChanges edit) {
        if (edit.size() > MAX_CHANGES) {
            return unknown();
        }
        Lineage oldest = this;
        for (int i = 0; i < GENERATIONS && oldest != null; i++) {
            oldest = oldest.before;
        }
        if (oldest != null) {
            oldest.before = null;
        }
        return new Lineage(edit, this);
    }

    /** What may have changed since an earlier model; empty if this one is not known to come from it. */
    Optional<ModelChanges> since(Lineage earlier) {
        ModelChanges all = new ModelChanges();
        for (Lineage at = this; at != null; at = at.before) {
            if (at.equals(earlier)) {
                return Optional.of(all);
            }
            all.addAll(at.changes);
        }
        return Optional.empty();
    }
}
