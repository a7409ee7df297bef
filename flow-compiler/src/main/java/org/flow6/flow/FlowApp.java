package org.flow6.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.Port;
import org.flow6.network.RouterView;

/**
 * A network service as pure functions: no I/O, no threads, no clock, nothing kept from call to call. Apps are found by
 * {@link java.util.ServiceLoader}.
 */
public interface FlowApp {

    /** The name in configuration, status and metrics, such as {@code nd-responder}. */
    String name();

    List<Derivation<?, ?, ?>> derivations();

    /** How packets are answered, by the reason for which this app's flows punt them. */
    default Map<PuntReason, Answer> answers() {
        return Map.of();
    }

    /** What this app sends unasked, again and again. */
    default List<Beacon<?>> beacons() {
        return List.of();
    }

    /**
     * Next hops of a router that others could stand in for. The framework finds out which of them do not answer, and {@link
     * RouterView#unreachable} tells.
     */
    default List<NextHop> watched(RouterView router) {
        return List.of();
    }

    /**
     * Whether the framework is to ask who listens to multicast groups (RFC 3810 §7) while this app is enabled, and to keep
     * what was answered.
     */
    default boolean snoopsMulticast() {
        return false;
    }

    /**
     * The kinds of facts that other hosts are shown, each with a function that finds the port which such a fact is about. A
     * fact goes where its port goes: it becomes one of the host that the port is bound at. All others stay on their host.
     */
    default Map<String, Function<Fact, Optional<Id<Port>>>> sharedFacts() {
        return Map.of();
    }

    /** The reasons for which this app drops packets, beside those that {@link DropReason} names. */
    default List<DropReason> drops() {
        return List.of();
    }
}
