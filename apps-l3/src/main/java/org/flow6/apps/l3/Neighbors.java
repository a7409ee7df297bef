package org.flow6.apps.l3;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.AddressView;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.NetworkKey;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** The neighbors of routers that need not be asked for, as the network says where they are. */
final class Neighbors {
    private Neighbors() {}

    /** @param router whether it is a router, which goes on routing */
    record Neighbor(NetworkKey network, IPAddress<?> address, MacAddress mac, boolean router) {}

    /**
     * Of an address that several ports share, nobody knows here whose turn it is. And of link-local addresses, only those of
     * routers can be a next hop, by being some subnet's gateway; another's is asked for.
     */
    static Stream<Neighbor> of(AddressView view) {
        if (!view.routed() || view.claims().size() != 1) {
            return Stream.empty();
        }
        Claim claim = view.claims().get(0);
        boolean linkLocal = view.address() instanceof IPv6Address address && LinkLocal.includes(address);
        return linkLocal && !claim.router()
                ? Stream.empty()
                : Stream.of(new Neighbor(view.network(), view.address(), claim.mac(), claim.router()));
    }

    static List<Flow> flows(Neighbor neighbor) {
        return List.of(Flow.of(
                Table.NEXT_HOP,
                Priority.rank(2),
                Families.by(neighbor.address()).and(Field.NETWORK, neighbor.network()),
                Action.set(Field.ETH_DST, neighbor.mac()),
                neighbor.router() ? Action.routeAgain() : Action.goTo(Table.BRIDGE)));
    }
}
