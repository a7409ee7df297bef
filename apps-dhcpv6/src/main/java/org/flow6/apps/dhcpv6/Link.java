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
 */
record Link(Network network, List<Subnet> subnets, List<Subnet> served, ServerAddress server) {

    static Link of(NetworkView view) {
        List<Subnet> subnets =
                view.subnets().stream().filter(subnet -> subnet.cidr().isIpv6()).toList();
        return new Link(
                view.network(), subnets, subnets.stream().filter(Link::isServed).toList(), ServerAddress.of(view));
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

    /** The subnets whose addresses the server assigns. */
    List<Subnet> stateful() {
        return served.stream()
                .filter(subnet -> subnet.addressMode()
                        .filter(mode -> mode == Ipv6Mode.DHCPV6_STATEFUL)
                        .isPresent())
                .toList();
    }

    /** Whether some subnet has the address: it is appropriate for the link (RFC 8415 §18.3.2). */
    boolean holds(IPv6Address address) {
        return subnets.stream().anyMatch(subnet -> subnet.cidr().contains(address));
    }

    /** Who the server is: a DUID-UUID of the network (RFC 6355), the same on each host and after each restart. */
    Duid duid() {
        return Duid.of(ServerAddress.uuid(network.id()));
    }
}
