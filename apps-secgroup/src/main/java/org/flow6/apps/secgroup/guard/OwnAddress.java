package org.flow6.apps.secgroup.guard;

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
import org.flow6.network.IpPrefix;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.MacAddress;

/** Addresses that a guarded port may send from and advertise, with the MAC address that goes with them. */
record OwnAddress(PortKey port, MacAddress mac, IpPrefix prefix) {

    static Stream<OwnAddress> of(PortView view) {
        return GuardedPort.of(view).flatMap(guarded -> addresses(view).stream());
    }

    private static Set<OwnAddress> addresses(PortView view) {
        Port port = view.port();
        MacAddress mac = port.macAddress();
        Set<OwnAddress> addresses = new LinkedHashSet<>();
        addresses.add(new OwnAddress(view.key(), mac, IpPrefix.host(LinkLocal.of(mac))));
        for (Port.FixedIp fixed : port.fixedIps()) {
            addresses.add(new OwnAddress(view.key(), mac, IpPrefix.host(fixed.ipAddress())));
        }
        for (Port.AddressPair pair : port.allowedAddressPairs()) {
            addresses.add(new OwnAddress(view.key(), pair.macAddress(), pair.ipAddress()));
        }
        view.claimed().forEach(claimed -> addresses.add(new OwnAddress(view.key(), mac, IpPrefix.host(claimed))));
        return addresses;
    }

    List<Flow> flows() {
        if (!prefix.isIpv6()) {
            return List.of(
                    AddressChecks.own(from(Match.IPV4).andIpv4(Field.IPV4_SRC, prefix)),
                    AddressChecks.own(from(Match.ARP).and(Field.ARP_SHA, mac).andIpv4(Field.ARP_SPA, prefix)));
        }
        return List.of(
                AddressChecks.own(from(Match.IPV6).andIpv6(Field.IPV6_SRC, prefix)),
                Flow.of(
                        Table.GUARD_TARGET,
                        Priority.rank(1),
                        from(MessageChecks.ADVERTISEMENT).andIpv6(Field.ND_TARGET, prefix),
                        Action.goTo(Table.BASE_ICMPV6)));
    }

    private Match from(Match match) {
        return match.and(Field.SOURCE_PORT, port).and(Field.ETH_SRC, mac);
    }
}
