package org.flow6.apps.secgroup.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** A MAC address that a guarded port may send from; a router's packets are from any address. */
record Station(PortKey port, MacAddress mac, boolean mayRoute) {
    private static final int ARP_REQUEST = 1;

    static Stream<Station> of(PortView view) {
        return GuardedPort.of(view).flatMap(guarded -> macs(view.port()).stream()
                .map(mac -> new Station(guarded.port(), mac, guarded.mayRoute())));
    }

    private static Set<MacAddress> macs(Port port) {
        Set<MacAddress> macs = new LinkedHashSet<>();
        macs.add(port.macAddress());
        port.allowedAddressPairs().forEach(pair -> macs.add(pair.macAddress()));
        return macs;
    }

    List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        flows.add(Flow.of(Table.GUARD_ETHERNET, Priority.rank(1), from(Match.ANY), Action.goTo(Table.GUARD_ADDRESS)));
        flows.add(AddressChecks.own(from(Match.ARP)
                .and(Field.ARP_OP, ARP_REQUEST)
                .and(Field.ARP_SHA, mac)
                .and(Field.ARP_SPA, IPv4Address.NONE)));
        flows.add(MessageChecks.solicitation(from(MessageChecks.SOLICITATION).and(Field.ND_SLL, mac)));
        flows.add(MessageChecks.advertisement(from(MessageChecks.ADVERTISEMENT).and(Field.ND_TLL, mac)));
        if (mayRoute) {
            flows.add(AddressChecks.routed(from(Match.IPV6)));
            flows.add(AddressChecks.routed(from(Match.IPV4)));
        }
        return flows;
    }

    private Match from(Match match) {
        return match.and(Field.SOURCE_PORT, port).and(Field.ETH_SRC, mac);
    }
}
