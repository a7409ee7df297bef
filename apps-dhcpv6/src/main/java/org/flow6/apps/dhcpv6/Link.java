package org.flow6.apps.dhcpv6;

import java.util.List;
import org.flow6.network.Ipv6Mode;
import org.flow6.network.Network;
import org.flow6.network.NetworkView;
import org.flow6.network.Subnet;
import org.flow6.packets.dhcpv6.Duid;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What the server knows of a network.
 *
 * @param subnets all that are IPv6, by id
 * @param served those of them that there is DHCPv6 for
 * @param stateful those of these whose addresses the server assigns
 * @param duid who the server is: a DUID-UUID of the network (RFC 6355), the same on each host and after each restart
 */
record Link(
        Network network,
        List<Subnet> subnets,
        List<Subnet> served,
        List<Subnet> stateful,
        ServerAddress server,
        Duid duid) {

    static Link of(NetworkView view) {
        List<Subnet> subnets =
                view.subnets().stream().filter(subnet -> subnet.cidr().isIpv6()).toList();
        List<Subnet> served = subnets.stream().filter(Link::isServed).toList();
        return new Link(
                view.network(),
                subnets,
                served,
                served.stream().filter(Link::isStateful).toList(),
                ServerAddress.of(view),
                Duid.of(ServerAddress.uuid(view.network().id())));
    }

    /** Addresses or settings by DHCPv6, or prefixes to delegate; SLAAC alone has no use for a server. */
    private static boolean isServed(Subnet subnet) {
        boolean byMode =
                subnet.addressMode().filter(mode -> mode != Ipv6Mode.SLAAC).isPresent();
        return subnet.enableDhcp()
                && (byMode || subnet.settings().dhcpv6().prefixDelegation().isPresent());
    }

    boolean isServed() {
        return !served.isEmpty();
    }

    private static boolean isStateful(Subnet subnet) {
        return subnet.addressMode()
                .filter(mode -> mode == Ipv6Mode.DHCPV6_STATEFUL)
                .isPresent();
    }

    /** Whether some subnet has the address: it is appropriate for the link (RFC 8415 §18.3.2). */
    boolean holds(IPv6Address address) {
        for (Subnet subnet : subnets) {
            if (subnet.cidr().contains(address)) {
                return true;
            }
        }
        return false;
    }
}
