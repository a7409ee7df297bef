package org.flow6.apps.l2;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.PortKey;

/**
 * A network that is part of a physical network, on a host that is attached to that: what is not known to be here is sent
 * there, and a copy of what is for all. Nothing goes back to where it came from.
 *
 * @param alone whether no other port of the network is bound here
 */
record ProviderFlows(NetworkKey network, PortKey provider, boolean alone) {
    static final DropReason TAGGED = new DropReason(
            180, "provider-tagged", "to a physical network, in a VLAN of the port's own, which is not of the network");

    static Stream<ProviderFlows> of(NetworkView view) {
        return view.provider().stream()
                .map(port ->
                        new ProviderFlows(view.key(), port, view.boundPorts().isEmpty()));
    }

    List<Flow> flows() {
        Match fromHere = Match.ANY.and(Field.NETWORK, network).and(Field.FROM_OUTSIDE, false);
        List<Flow> flows = new ArrayList<>(List.of(
                Flow.of(
                        Table.BRIDGE,
                        Priority.LAST,
                        fromHere,
                        Action.set(Field.DESTINATION_PORT, provider),
                        Action.goTo(Table.INGRESS)),
                // Open vSwitch would give its VLAN to one with a tag of VLAN 0, and leave it the tag's EtherType.
                Flow.of(
                        Table.DELIVER,
                        Priority.rank(2),
                        Match.ANY
                                .and(Field.DESTINATION_PORT, provider)
                                .and(Field.VLAN_VID, Field.VLAN_PRESENT, Field.VLAN_PRESENT),
                        Action.drop(TAGGED)),
                new Flow(Table.FLOOD_HOSTS, Priority.rank(1), fromHere, Action.deliverToEach(List.of(provider)))));
        if (alone) {
            // Else every broadcast of the physical network would count as one that could not be delivered.
            flows.add(Flow.of(Table.FLOOD, Priority.rank(1), Match.ANY.and(Field.NETWORK, network)));
        }
        return flows;
    }
}
