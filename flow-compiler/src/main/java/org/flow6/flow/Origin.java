package org.flow6.flow;

import java.util.List;
import java.util.function.Supplier;

/** Where a flow comes from: what errors and logs name. */
public final class Origin {
    private final String app;
    private final Derivation<?, ?, ?> derivation;
    private final Object unit;
    private final Supplier<List<Flow>> flows;
    private final Supplier<List<Announcement>> announcements;

    private Origin(
            String app,
            Derivation<?, ?, ?> derivation,
            Object unit,
            Supplier<List<Flow>> flows,
            Supplier<List<Announcement>> announcements) {
        this.app = app;
        this.derivation = derivation;
        this.unit = unit;
        this.flows = flows;
        this.announcements = announcements;
    }

    static <U> Origin of(String app, Derivation<?, ?, U> derivation, U unit) {
        return new Origin(app, derivation, unit, () -> derivation.flows().apply(unit), () -> derivation
                .announcements()
                .apply(unit));
    }

    /** The name of the app. */
    public String app() {
        return app;
    }

    /** Makes one of the unit's flows again. */
    Flow flow(int index) {
        return flows.get().get(index);
    }

    /** Packets to send once the flow is newly in the switch. */
    public List<Announcement> announcements() {
        return announcements.get();
    }

    @Override
    public String toString() {
        return app + " " + derivation.name() + " " + unit;
    }
}
