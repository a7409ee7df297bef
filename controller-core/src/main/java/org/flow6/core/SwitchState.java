package org.flow6.core;

import java.util.List;
import java.util.Map;
import org.flow6.core.reconcile.Reconciler;
import org.flow6.flow.FlowCompiler;
import org.jspecify.annotations.Nullable;

/**
 * How a switch fares, as its thread last saw it.
 *
 * @param refused flows that it does not take
 */
record SwitchState(
        Map<String, FlowCompiler.Health> apps,
        boolean inStep,
        int portsBound,
        int installed,
        long flowMods,
        Reconciler.@Nullable Outcome lastOutcome,
        List<Reconciler.Refusal> refused) {
    static final SwitchState INITIAL = new SwitchState(Map.of(), false, 0, 0, 0, null, List.of());

    /** Why flows of the app were refused, in words. */
    List<String> refusalsOf(String app) {
        return refused.stream()
                .filter(refusal -> refusal.flow().origin().app().equals(app))
                .map(Reconciler.Refusal::toString)
                .toList();
    }
}
