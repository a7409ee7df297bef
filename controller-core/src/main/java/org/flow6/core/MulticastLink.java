package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.flow6.core.multicast.HostListeners;
import org.flow6.core.multicast.ListenerTable;
import org.flow6.core.multicast.Messages;
import org.flow6.core.multicast.Querier;
import org.flow6.core.multicast.Repeats;
import org.flow6.core.multicast.Times;
import org.flow6.network.Id;
import org.flow6.network.MulticastRole;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.Receiver;
import org.flow6.network.Snooper;
import org.flow6.network.SourceFilter;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.flow6.packets.SolicitedNode;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Multicast on one network with ports here: its querier, its multicast routers, and what other hosts are told. For the
 * switch's thread.
 */
final class MulticastLink {
    /** How often each change is told: within seven seconds. */
    private static final int TELLINGS = 4;

    private final ListenerTable table;
    private final MulticastMemory memory;
    private final Querier querier;
    private final Predicate<Id<Port>> isHere;
    /** Ports with multicast routers, and until when. */
    private final Map<Id<Port>, Long> routers = new HashMap<>();
    /** What is to be told to other hosts, and how often yet; no group stands for all together. */
    private final Map<Optional<NetworkAddress>, Integer> untold = new LinkedHashMap<>();

    /** What was wanted of groups when other hosts were told last. */
    private final Map<NetworkAddress, SourceFilter> told = new HashMap<>();

    private final Repeats news = new Repeats();
    private final Repeats reports = new Repeats();
    private NetworkView view;

    /** What is to be sent. */
    interface Output {
        void toPorts(NetworkView network, Ethernet frame);

        void toHosts(NetworkView network, Ethernet frame);
    }

    /**
     * @param isHere whether a port is bound here
     * @param first when it asks and tells first
     */
    MulticastLink(
            NetworkView view, ListenerTable table, MulticastMemory memory, Predicate<Id<Port>> isHere, long first) {
        this.isHere = isHere;
        this.view = view;
        this.table = table;
        this.memory = memory;
        querier = new Querier(Snooper.on(view.key()).address(), view.network().multicast(), first);
        reports.begin(first);
    }

    NetworkView view() {
        return view;
    }

    void update(NetworkView next, long now) {
        boolean others = !next.remoteHosts().equals(view.remoteHosts());
        view = next;
        querier.settings(next.network().multicast(), now);
        if (others) {
            reports.begin(now);
        }
    }

    Times times() {
        return querier.times();
    }

    Querier querier() {
        return querier;
    }

    /** The switch was away. */
    void startAgain(long now) {
        querier.startAgain(now);
        reports.begin(now);
        routers.replaceAll((port, until) -> now + times().otherQuerier());
    }

    /** There is a multicast router behind a port, for a time. */
    void router(Id<Port> port, long until) {
        Long before = routers.get(port);
        if (before == null || until - before > 0) {
            routers.put(port, until);
        }
        if (before == null) {
            memory.role(view.network().id(), new Receiver.OnPort(port), Optional.of(MulticastRole.Kind.ROUTER));
            tellAll();
        }
    }

    /** There is no multicast router behind a port any more. */
    void noRouter(Id<Port> port) {
        if (routers.remove(port) != null) {
            memory.role(view.network().id(), new Receiver.OnPort(port), Optional.of(MulticastRole.Kind.LISTENER));
            tellAll();
        }
    }

    /** A port has told what is listened to behind it. */
    void settle(Id<Port> port) {
        if (!routers.containsKey(port)) {
            memory.role(view.network().id(), new Receiver.OnPort(port), Optional.of(MulticastRole.Kind.LISTENER));
        }
    }

    private void tellAll() {
        tell(Optional.empty());
    }

    /** Other hosts are to know what is wanted of a group now. */
    void tell(NetworkAddress group) {
        if (crosses(group)) {
            SourceFilter wanted = table.wanted(group);
            SourceFilter before = wanted.isNone() ? told.remove(group) : told.put(group, wanted);
            if (!wanted.equals(before == null ? SourceFilter.NONE : before)) {
                tell(Optional.of(group));
            }
        }
    }

    /** Other hosts know already what is wanted of a group. */
    void restored(NetworkAddress group) {
        if (crosses(group)) {
            told.put(group, table.wanted(group));
        }
    }

    private void tell(Optional<NetworkAddress> group) {
        news.begin(System.nanoTime());
        untold.put(group, TELLINGS);
    }

    /** Does what is due by now. */
    void advance(long now, Output output) {
        List.copyOf(routers.entrySet()).stream()
                .filter(router -> router.getValue() - now <= 0)
                .forEach(router -> noRouter(router.getKey()));
        if (querier.advance(now)) {
            output.toPorts(view, Messages.generalQuery(view.key(), times(), times().response()));
        }
        boolean others = view.tunneled() && !view.remoteHosts().isEmpty();
        if (reports.isDue(now)) {
            reports.said(now, times().interval());
            if (others) {
                send(full(), output);
            }
        } else if (!untold.isEmpty() && news.isDue(now)) {
            news.said(now, times().interval());
            if (others) {
                send(news(), output);
            }
            untold.replaceAll((group, left) -> left - 1);
            untold.values().removeIf(left -> left == 0);
        }
    }

    private void send(List<GroupRecord> records, Output output) {
        Messages.reports(view.key(), records).forEach(frame -> output.toHosts(view, frame));
    }

    private List<GroupRecord> full() {
        List<GroupRecord> records = new ArrayList<>(List.of(HostListeners.everything(wantsAll(), true)));
        table.groups(view.network().id()).stream()
                .filter(MulticastLink::crosses)
                .forEach(group ->
                        records.add(HostListeners.of((IPv6Address) group.address(), table.wanted(group), true)));
        return records;
    }

    private List<GroupRecord> news() {
        List<GroupRecord> records = new ArrayList<>();
        for (Optional<NetworkAddress> about : untold.keySet()) {
            records.add(about.map(group -> HostListeners.of((IPv6Address) group.address(), table.wanted(group), false))
                    .orElseGet(() -> HostListeners.everything(wantsAll(), false)));
        }
        return records;
    }

    private boolean wantsAll() {
        return !routers.isEmpty()
                || view.network().multicast().receivers().stream().anyMatch(isHere);
    }

    /** No port is left: says, as often as there is need to, what is not wanted any more. */
    void end(Output output) {
        for (int i = 0; i < Times.ROBUSTNESS && !untold.isEmpty(); i++) {
            send(news(), output);
        }
    }

    /** Says that from now on every packet is wanted: nobody here looks any longer at who listens. */
    void giveUp(Output output) {
        send(List.of(HostListeners.everything(true, false)), output);
    }

    /** Solicited-node groups are so many, and so little is sent to them, that other hosts are not told of them. */
    private static boolean crosses(NetworkAddress group) {
        return !SolicitedNode.includes((IPv6Address) group.address());
    }

    /** When {@link #advance} has something to do next. */
    long nextDeadline() {
        long next = sooner(querier.nextDeadline(), reports.due());
        for (long until : routers.values()) {
            next = sooner(next, until);
        }
        return untold.isEmpty() ? next : sooner(next, news.due());
    }

    private static long sooner(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
