package org.flow6.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Flow6 fares, for people and their tools; {@code GET /status} shows it as JSON with names in snake case.
 *
 * @param healthy no app has failed, no flow was refused, the network file is good and every known switch is in step
 * @param hosts what this host sees of others
 * @param portsBound ports bound to a port of one of the switches
 * @param flows over all switches
 * @param punts packets that came to the controller, by reason; every reason is listed
 * @param puntsDropped of those, packets that found their queue full, by reason
 * @param drops packets dropped, by reason, in the switches and in the controller
 * @param beacons frames sent unasked, by app and beacon, one for each port; every beacon is listed
 * @param facts what apps remember and what still holds
 * @param lastErrors the newest first, a bounded number
 */
public record Status(
        String host,
        Instant startedAt,
        boolean healthy,
        List<SwitchStatus> switches,
        Map<String, AppStatus> apps,
        NetworkStatus network,
        HostsStatus hosts,
        int portsBound,
        FlowCount flows,
        Map<String, Long> punts,
        Map<String, Long> puntsDropped,
        Map<String, Long> drops,
        Map<String, Map<String, Long>> beacons,
        int facts,
        List<ErrorEntry> lastErrors) {

    public record FlowCount(int wanted, int installed) {}

    /**
     * @param dpid 16 hexadecimal digits, as ovs-vsctl shows it
     * @param inStep every wanted flow is in the switch and nothing else
     * @param refused wanted flows that the switch refused
     * @param matchedByTable packets that flows of each table took, misses included, since the switch started
     * @param neighbors of routers, by state (RFC 4861 §7.3.2); every state is listed
     */
    public record SwitchStatus(
            String dpid,
            String name,
            String address,
            boolean connected,
            boolean inStep,
            int portsBound,
            FlowCount flows,
            int refused,
            Reconcile lastReconcile,
            Map<String, Long> matchedByTable,
            Map<String, Integer> neighbors) {}

    /**
     * What the last full comparison with a switch did.
     *
     * @param kept flows that were there already
     * @param flowMods flow-mods sent since the connection was made, those of updates included
     */
    public record Reconcile(int added, int removed, int kept, long flowMods, double millis) {}

    /** @param error why it is not healthy */
    public record AppStatus(boolean enabled, boolean healthy, int flows, Optional<String> error) {}

    /** @param error why the newest network file was refused; the last good one stays in force */
    public record NetworkStatus(int networks, int subnets, int ports, Instant loadedAt, Optional<String> error) {}

    /**
     * What decides where gateways are.
     *
     * @param reachable whether each host answers that is watched for gateways, by name; empty: its session has not begun
     * @param gateways the host that each router's gateway is on, by the router's id; routers whose gateways are on every host,
     *     and those without one, are not listed
     */
    public record HostsStatus(Map<String, Optional<Boolean>> reachable, Map<String, String> gateways) {
        public static final HostsStatus NONE = new HostsStatus(Map.of(), Map.of());
    }

    public record ErrorEntry(Instant time, String message) {}
}
