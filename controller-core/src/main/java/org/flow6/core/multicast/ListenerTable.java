package org.flow6.core.multicast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.Port;
import org.flow6.network.SourceFilter;
import org.flow6.packets.Mld;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Who listens to what behind the ports of a switch, bounded. Does nothing by itself: every call gives what is to be done, in
 * order. For one thread.
 */
public final class ListenerTable {
    /** Groups of all ports together, each counted for each port. */
    public static final int MOST = 32_768;

    /** Groups of one port. */
    public static final int MOST_OF_PORT = 256;

    /** Sources of one group behind one port. Whoever names more gets the packets of all. */
    public static final int MOST_SOURCES = 64;

    private final Function<Id<Network>, Times> times;
    private final Map<NetworkAddress, Map<Id<Port>, GroupState>> groups = new HashMap<>();
    private final Map<Id<Port>, Set<NetworkAddress>> groupsOf = new HashMap<>();
    private final Map<Place, Asked> asked = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private int size;
    private @Nullable Long next;

    /** What is to be done. */
    public sealed interface Effect {
        /**
         * From now on this is wanted behind the port.
         *
         * @param filter {@link SourceFilter#NONE} if nothing is
         */
        record Wants(NetworkAddress group, Id<Port> port, SourceFilter filter) implements Effect {}

        /** Somebody may have left: who is still there (RFC 3810 §7.6.3)? About the group where no source is named. */
        record Ask(NetworkAddress group, Id<Port> port, List<IPv6Address> sources) implements Effect {}

        /** There is no place for more. */
        record Full(NetworkAddress group, Id<Port> port) implements Effect {}
    }

    private record Place(NetworkAddress group, Id<Port> port, List<IPv6Address> sources) {}

    /** A question that is asked again unless it is answered. */
    private record Asked(int left, long at) {}

    /** @param times of each network */
    public ListenerTable(Function<Id<Network>, Times> times) {
        this.times = times;
    }

    /** Somebody behind a port reported. */
    public List<Effect> reported(Id<Network> network, Id<Port> port, Mld message, long now) {
        Times of = times.apply(network);
        if (message instanceof Mld.Report report) {
            step(new NetworkAddress(network, report.group()), port, now, state -> state.olderReport(of, now));
        } else if (message instanceof Mld.Done done) {
            record(network, port, new GroupRecord(3, done.group(), List.of()), of, now);
        } else if (message instanceof Mldv2Report report) {
            report.records().forEach(each -> record(network, port, each, of, now));
        }
        return take();
    }

    private void record(Id<Network> network, Id<Port> port, GroupRecord said, Times of, long now) {
        GroupState.Kind.of(said.type()).ifPresent(kind -> {
            Set<IPv6Address> sources = new HashSet<>(said.sources());
            NetworkAddress group = new NetworkAddress(network, said.group());
            step(group, port, now, state -> state.record(kind, sources, of, now));
        });
    }

    /** Interface-local groups and those of no scope are none's to report (RFC 3810 §6.1), nor is that of all nodes. */
    public static boolean isReported(IPv6Address group) {
        int scope = group.getUnsignedShortWord(0) & 0xf;
        return group.isMulticast() && scope > 1 && !group.equals(IPv6Address.of("ff02::1"));
    }

    private void step(NetworkAddress group, Id<Port> port, long now, Function<GroupState, GroupState.Step> event) {
        if (!isReported((IPv6Address) group.address())) {
            return;
        }
        GroupState before = state(group, port);
        GroupState.Step step = event.apply(before.advance(now));
        GroupState after = bounded(step.next(), now, times.apply(group.network()));
        if (before.filter().isNone() && !after.filter().isNone() && isFull(port)) {
            effects.add(new Effect.Full(group, port));
            return;
        }
        put(group, port, before, after);
        for (List<IPv6Address> sources : step.questions()) {
            effects.add(new Effect.Ask(group, port, sources));
            int left = times.apply(group.network()).robustness() - 1;
            if (left > 0) {
                long again = now + Times.LAST_LISTENER_INTERVAL;
                asked.put(new Place(group, port, sources), new Asked(left, again));
                awaitAt(again);
            }
        }
    }

    private static GroupState bounded(GroupState state, long now, Times times) {
        return state.wanted().size() + state.blocked().size() <= MOST_SOURCES
                ? state
                : GroupState.restored(SourceFilter.ALL, times, now);
    }

    private boolean isFull(Id<Port> port) {
        return size >= MOST || groupsOf.getOrDefault(port, Set.of()).size() >= MOST_OF_PORT;
    }

    private void put(NetworkAddress group, Id<Port> port, GroupState before, GroupState after) {
        if (!after.filter().equals(before.filter())) {
            effects.add(new Effect.Wants(group, port, after.filter()));
        }
        keep(group, port, after);
    }

    private void keep(NetworkAddress group, Id<Port> port, GroupState state) {
        if (state.filter().isNone()) {
            remove(group, port);
            return;
        }
        if (groups.computeIfAbsent(group, same -> new HashMap<>()).put(port, state) == null) {
            size++;
            groupsOf.computeIfAbsent(port, same -> new HashSet<>()).add(group);
        }
        state.deadline().ifPresent(this::awaitAt);
    }

    private void remove(NetworkAddress group, Id<Port> port) {
        Map<Id<Port>, GroupState> ports = groups.get(group);
        if (ports == null || ports.remove(port) == null) {
            return;
        }
        size--;
        if (ports.isEmpty()) {
            groups.remove(group);
        }
        Set<NetworkAddress> rest = groupsOf.getOrDefault(port, new HashSet<>());
        rest.remove(group);
        if (rest.isEmpty()) {
            groupsOf.remove(port);
        }
    }

    private GroupState state(NetworkAddress group, Id<Port> port) {
        return groups.getOrDefault(group, Map.of()).getOrDefault(port, GroupState.NONE);
    }

    /** Somebody listened before this table was; where there is no place for him, that ends. */
    public List<Effect> restore(NetworkAddress group, Id<Port> port, SourceFilter filter, long now) {
        if (isFull(port)) {
            effects.add(new Effect.Wants(group, port, SourceFilter.NONE));
        } else if (state(group, port).filter().isNone()) {
            keep(group, port, GroupState.restored(filter, times.apply(group.network()), now));
        }
        return take();
    }

    /** For a while nobody could say anything: everyone has all the time there is to do so. */
    public void renew(long now) {
        groups.forEach((group, ports) -> ports.replaceAll(
                (port, state) -> GroupState.restored(state.filter(), times.apply(group.network()), now)));
    }

    /** Nothing is known of a port any more. */
    public List<Effect> forget(Id<Port> port) {
        for (NetworkAddress group : List.copyOf(groupsOf.getOrDefault(port, Set.of()))) {
            put(group, port, state(group, port), GroupState.NONE);
        }
        return take();
    }

    /** Does what is due by now. */
    public List<Effect> advance(long now) {
        next = null;
        for (Map.Entry<Place, Asked> question : List.copyOf(asked.entrySet())) {
            askAgain(question.getKey(), question.getValue(), now);
        }
        List.copyOf(groups.entrySet())
                .forEach(group -> List.copyOf(group.getValue().entrySet()).forEach(port -> {
                    GroupState state = port.getValue();
                    Long deadline = state.deadline().orElse(now);
                    if (deadline - now <= 0) {
                        put(group.getKey(), port.getKey(), state, state.advance(now));
                    } else {
                        awaitAt(deadline);
                    }
                }));
        return take();
    }

    private void askAgain(Place place, Asked known, long now) {
        if (known.at() - now > 0) {
            awaitAt(known.at());
            return;
        }
        asked.remove(place);
        Times of = times.apply(place.group().network());
        if (state(place.group(), place.port()).awaits(place.sources(), of, now)) {
            effects.add(new Effect.Ask(place.group(), place.port(), place.sources()));
            if (known.left() > 1) {
                long again = now + Times.LAST_LISTENER_INTERVAL;
                asked.put(place, new Asked(known.left() - 1, again));
                awaitAt(again);
            }
        }
    }

    private void awaitAt(long time) {
        if (next == null || time - next < 0) {
            next = time;
        }
    }

    /** When {@link #advance} may have something to do next. */
    public OptionalLong nextDeadline() {
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** What is wanted of a group behind all ports together (RFC 3810 §4.2). */
    public SourceFilter wanted(NetworkAddress group) {
        SourceFilter wanted = SourceFilter.NONE;
        for (GroupState state : groups.getOrDefault(group, Map.of()).values()) {
            wanted = wanted.or(state.filter());
            if (wanted.equals(SourceFilter.ALL)) {
                break;
            }
        }
        return wanted;
    }

    /** The groups of a network that somebody listens to. */
    public List<NetworkAddress> groups(Id<Network> network) {
        return groups.keySet().stream()
                .filter(group -> group.network().equals(network))
                .toList();
    }

    /** How many groups there are, each counted for each port. */
    public int size() {
        return size;
    }

    /** What is known of a group behind a port. */
    public Optional<GroupState> entry(NetworkAddress group, Id<Port> port) {
        return Optional.of(state(group, port)).filter(state -> !state.filter().isNone());
    }

    private List<Effect> take() {
        List<Effect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }
}
