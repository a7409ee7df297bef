package org.flow6.core;

import java.util.List;
import java.util.Map;
import org.flow6.core.reconcile.Reconciler;
import org.flow6.flow.FlowCompiler;
import org.jspecify.annotations.Nullable;

/**
 * How a switch fares, as its thread last saw it.
 *
 * @param refusals flows that it does not take, in words
 * @param appsRefused the apps whose flows these are
 */
record SwitchState(
        Map<String, FlowCompiler.Health> apps,
        boolean inStep,
        int installed,
        long flowMods,
        Reconciler.@Nullable Outcome lastOutcome,
        List<String> refusals,
        List<String> appsRefused) {
    static final SwitchState INITIAL = new SwitchState(Map.of(), false, 0, 0, null, List.of(), List.of());
}
