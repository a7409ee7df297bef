package org.flow6.core.multicast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.MulticastRole;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.Receiver;
import org.flow6.network.SourceFilter;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What other hosts told of the listeners behind their ports, by reports that say for each group what is wanted now. It holds
 * until the host says otherwise, or leaves it out where it tells everything: a host whose controller is away says nothing,
 * and still gets its packets. For one thread.
 */
public final class HostListeners {
    /** Groups of all hosts together, each counted for each host; a host with more gets everything. */
    public static final int MOST = 32_768;

    /** So often a host may leave a group out before it is taken to be gone: reports get lost. */
    private static final int MOST_LEFT_OUT = 2;

    /** Stands for all groups: the report in which it is said to be so now tells everything. */
    private static final IPv6Address ALL_GROUPS = IPv6Address.NONE;

    private static final Set<Integer> INCLUDES = Set.of(1, 3);
    private static final Set<Integer> EXCLUDES = Set.of(2, 4);
    private static final int LAST_OF_STATE = 2;

    private final Ledger ledger;
    private final Map<Place, Told> places = new HashMap<>();
    private int size;

    /** Where what follows is written. */
    public interface Ledger {
        /** From now on this is wanted there; {@link SourceFilter#NONE}: nothing is. */
        void wants(NetworkAddress group, Receiver at, SourceFilter filter);

        /** A receiver is this from now on; empty: nothing is known of it. */
        void role(Id<Network> network, Receiver at, Optional<MulticastRole.Kind> kind);
    }

    private record Place(Id<Network> network, Id<Host> host) {
        Receiver at() {
            return new Receiver.OnHost(host);
        }
    }

    private record Wanted(SourceFilter filter, int round) {}

    /** What one host told of one network. */
    private static final class Told {
        final Map<IPv6Address, Wanted> groups = new HashMap<>();
        int round;
    }

    public HostListeners(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What a host says of all groups: whether it wants every packet. */
    public static GroupRecord everything(boolean wanted, boolean full) {
        int type = full ? wanted ? 2 : 1 : wanted ? 4 : 3;
        return new GroupRecord(type, ALL_GROUPS, List.of());
    }

    /** What a host says of one group. */
    public static GroupRecord of(IPv6Address group, SourceFilter filter, boolean full) {
        int type = full ? filter.wantsOthers() ? 2 : 1 : filter.wantsOthers() ? 4 : 3;
        return new GroupRecord(type, group, filter.sources());
    }

    /** A host reported. */
    public void reported(Id<Network> network, Id<Host> host, Mldv2Report report) {
        Place place = new Place(network, host);
        Told told = places.computeIfAbsent(place, same -> new Told());
        for (GroupRecord said : report.records()) {
            boolean excludes = EXCLUDES.contains(said.type());
            if (!excludes && !INCLUDES.contains(said.type())) {
                continue;
            }
            if (said.group().equals(ALL_GROUPS)) {
                if (said.type() <= LAST_OF_STATE) {
                    beginRound(place, told);
                }
                role(place, excludes);
            } else if (ListenerTable.isReported(said.group())) {
                SourceFilter.Mode mode = excludes ? SourceFilter.Mode.EXCLUDE : SourceFilter.Mode.INCLUDE;
                put(place, told, said.group(), new SourceFilter(mode, said.sources()));
            }
        }
    }

    private void role(Place place, boolean wantsAll) {
        ledger.role(
                place.network(),
                place.at(),
                Optional.of(wantsAll ? MulticastRole.Kind.ROUTER : MulticastRole.Kind.LISTENER));
    }

    private void beginRound(Place place, Told told) {
        told.round++;
        List.copyOf(told.groups.entrySet()).stream()
                .filter(group -> told.round - group.getValue().round() > MOST_LEFT_OUT)
                .forEach(group -> put(place, told, group.getKey(), SourceFilter.NONE));
    }

    private void put(Place place, Told told, IPv6Address group, SourceFilter filter) {
        Wanted before = told.groups.get(group);
        if (filter.isNone()) {
            size -= told.groups.remove(group) == null ? 0 : 1;
        } else if (before == null && size >= MOST) {
            role(place, true);
            return;
        } else {
            size += told.groups.put(group, new Wanted(filter, told.round)) == null ? 1 : 0;
        }
        if (!filter.equals(before == null ? SourceFilter.NONE : before.filter())) {
            ledger.wants(new NetworkAddress(place.network(), group), place.at(), filter);
        }
    }

    /** A host told this before. */
    public void restore(NetworkAddress group, Id<Host> host, SourceFilter filter) {
        Place place = new Place(group.network(), host);
        Told told = places.computeIfAbsent(place, same -> new Told());
        if (told.groups.put((IPv6Address) group.address(), new Wanted(filter, told.round)) == null) {
            size++;
        }
    }

    /** A host told of its ports of a network before, if only that there are no listeners. */
    public void restore(Id<Network> network, Id<Host> host) {
        places.computeIfAbsent(new Place(network, host), same -> new Told());
    }

    /** The hosts that told of a network. */
    public List<Id<Host>> hosts(Id<Network> network) {
        return places.keySet().stream()
                .filter(place -> place.network().equals(network))
                .map(Place::host)
                .toList();
    }

    /** Nothing is known any more of what a host has of a network. */
    public void forget(Id<Network> network, Id<Host> host) {
        Place place = new Place(network, host);
        Told told = places.remove(place);
        if (told != null) {
            List.copyOf(told.groups.keySet()).forEach(group -> put(place, told, group, SourceFilter.NONE));
            ledger.role(network, place.at(), Optional.empty());
        }
    }
}
