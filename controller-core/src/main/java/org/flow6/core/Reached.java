package org.flow6.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.Reach;
import org.flow6.network.Wanted;
import org.projectfloodlight.openflow.types.DatapathId;

/**
 * The network as far as the ports of a switch reach. Where more has to be known of it for that, it is asked for, and until it
 * is known nothing new is taken: what is in force stays. For one thread.
 */
final class Reached {
    private final DatapathId datapathId;
    private final PortDemand demand;
    private final Reach reach;

    // Looked at last.
    private NetworkModel model = NetworkModel.EMPTY;
    private List<Bindings.Interface> interfaces = List.of();
    private Map<String, Id<Port>> byInterfaceName = Map.of();
    private Set<Id<Port>> plugged = Set.of();
    /** That interfaces name, there or not. */
    private Set<Id<Port>> named = Set.of();

    private Wanted reaching = Wanted.NONE;
    private Wanted asked = Wanted.NONE;

    /**
     * What a switch goes by.
     *
     * @param whole as much as is known of the network
     * @param part as far as the switch's ports reach
     * @param byInterfaceName which port each interface name is for
     */
    record Taken(
            NetworkModel whole,
            NetworkModel part,
            List<Bindings.Interface> interfaces,
            Map<String, Id<Port>> byInterfaceName) {
        static final Taken NOTHING = new Taken(NetworkModel.EMPTY, NetworkModel.EMPTY, List.of(), Map.of());
    }

    Reached(DatapathId datapathId, String host, PortDemand demand) {
        this.datapathId = datapathId;
        this.demand = demand;
        reach = new Reach(host);
    }

    /**
     * Looks at the network and the switch's ports as they are now, each time that they may have changed.
     *
     * @return empty while more of the network has to be known
     */
    @SuppressWarnings("ReferenceEquality") // comparing many ports takes longer than all the rest of a small change
    Optional<Taken> look(KnownNetwork next, List<Bindings.Interface> nextInterfaces) {
        boolean newPorts = next.model().ports() != model.ports();
        boolean newInterfaces = !nextInterfaces.equals(interfaces);
        if (newPorts) {
            byInterfaceName = Bindings.byInterfaceName(next.model());
        }
        if (newPorts || newInterfaces) {
            plugged = Bindings.plugged(next.model(), byInterfaceName, nextInterfaces);
        }
        Wanted wanted = reach.follow(next.model(), plugged);
        if (newInterfaces) {
            named = Bindings.named(nextInterfaces);
        }
        if (newInterfaces || wanted != reaching) {
            reaching = wanted;
            asked = new Wanted(wanted.all(), wanted.networks(), wanted.groups(), named);
            demand.of(datapathId, asked);
        }
        model = next.model();
        interfaces = nextInterfaces;
        return isEnough(next)
                ? Optional.of(new Taken(model, reach.part(), interfaces, byInterfaceName))
                : Optional.empty();
    }

    /** A port that is named and there is known, whyever it is. */
    private boolean isEnough(KnownNetwork next) {
        return next.ports().covers(reaching)
                && named.stream()
                        .allMatch(id -> next.ports().all()
                                || next.ports().ports().contains(id)
                                || next.model().ports().containsKey(id));
    }
}
