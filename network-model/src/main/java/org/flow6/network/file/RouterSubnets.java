package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.file.FixedIps.StatedIp;
import org.flow6.network.file.Readers.StatedRoute;
import org.flow6.packets.LinkLocal;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The subnets that the ports of a router are on, as far as the ports say so readably. */
final class RouterSubnets {
    private final Item router;
    private final Resolving resolving;
    private final List<Link> links = new ArrayList<>();
    /** Whether there are more, so that not finding one proves nothing. */
    private boolean unsure;

    /** A port's address on a subnet, if it states one. */
    private record Link(Item port, Item subnet, @Nullable IPAddress<?> address) {
        IpPrefix cidr() {
            return subnet.get(Kinds.SUBNETS.cidr);
        }

        boolean isGateway() {
            return "network:router_gateway".equals(port.find(Kinds.PORTS.deviceOwner));
        }

        String network() {
            return port.get(Kinds.PORTS.networkId);
        }

        String name() {
            return cidr() + " of subnet " + subnet.id() + " (port " + port.id() + ")";
        }
    }

    RouterSubnets(Item router, Resolving resolving) {
        this.router = router;
        this.resolving = resolving;
        for (Item port : resolving.all(Key.portsOfRouter(router.id()))) {
            if (port.has(Kinds.PORTS.networkId, Kinds.PORTS.fixedIps)) {
                port.get(Kinds.PORTS.fixedIps).forEach(stated -> add(port, stated));
            } else {
                unsure = true;
            }
        }
        links.sort(Comparator.comparing(Link::cidr)
                .thenComparing(link -> link.subnet().id())
                .thenComparing(link -> link.port().id()));
    }

    private void add(Item port, StatedIp stated) {
        Key key = stated.subnetId() == null
                ? Key.subnetsOf(Id.of(port.get(Kinds.PORTS.networkId)))
                : Key.named(Kinds.SUBNETS, stated.subnetId());
        Collection<Item> found = resolving.all(key);
        for (Item subnet : found) {
            IpPrefix cidr = subnet.find(Kinds.SUBNETS.cidr);
            if (cidr != null
                    && (stated.subnetId() != null || (stated.address() != null && cidr.contains(stated.address())))) {
                links.add(new Link(port, subnet, stated.address()));
                return;
            }
        }
        unsure = true;
    }

    /** A router tells by a prefix where packets go: no two of its subnets may hold the same address. */
    void checkOverlaps() {
        Link widest = null;
        for (Link link : links) {
            if (widest == null || !widest.cidr().overlaps(link.cidr())) {
                widest = link;
            } else if (!widest.subnet().equals(link.subnet())) {
                resolving.complain(
                        Kinds.ROUTERS.id, "has two subnets that overlap: " + widest.name() + " and " + link.name());
            }
        }
    }

    /** What is behind this router and behind another one, if both have gateways on one network; in words. */
    Optional<String> sharedWith(RouterSubnets other) {
        Set<String> outside = gateways().map(Link::network).collect(Collectors.toSet());
        if (other.gateways().map(Link::network).noneMatch(outside::contains)) {
            return Optional.empty();
        }
        return links.stream()
                .filter(link -> !link.isGateway())
                .flatMap(link -> other.links.stream()
                        .filter(theirs -> !theirs.isGateway() && theirs.cidr().overlaps(link.cidr()))
                        .map(theirs -> link.name() + " and " + theirs.name()))
                .findFirst();
    }

    private Stream<Link> gateways() {
        return links.stream().filter(Link::isGateway);
    }

    /** A next hop is a neighbor on one of the subnets. */
    void checkNexthop(StatedRoute stated) {
        IPAddress<?> nexthop = stated.route().nexthop();
        boolean held = false;
        for (Link link : links) {
            if (nexthop.equals(link.address())) {
                resolving.complain(
                        stated.nexthop(),
                        nexthop + " is an address of the router itself, by port "
                                + link.port().id());
                return;
            }
            held |= link.cidr().contains(nexthop);
        }
        if (!held && !unsure) {
            boolean linkLocal = nexthop instanceof IPv6Address address && LinkLocal.includes(address);
            resolving.complain(
                    stated.nexthop(),
                    nexthop + " is on no subnet of router " + router.id()
                            + (linkLocal ? ": a link-local address does not tell on which network it is" : ""));
        }
    }
}
