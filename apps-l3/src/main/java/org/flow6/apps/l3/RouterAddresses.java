package org.flow6.apps.l3;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.apps.l3.errors.RoutePunts;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.IpPrefix;
import org.flow6.network.Port;
import org.flow6.network.RouterInterface;
import org.flow6.network.RouterKey;
import org.flow6.network.RouterView;
import org.flow6.network.Subnet;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;

/** The addresses that end at a router: its own, and those of all hosts of a subnet. */
final class RouterAddresses {
    /** With /127 there is no anycast address of the routers (RFC 6164 §6), with /31 no broadcast (RFC 3021 §2.1). */
    private static final int LONGEST_WITH_ANYCAST = 126;

    private static final int LONGEST_WITH_BROADCAST = 30;

    private RouterAddresses() {}

    /**
     * An address of which nothing is forwarded.
     *
     * @param own whether it is the router's
     */
    record Ending(RouterKey router, IPAddress<?> address, boolean own) {}

    static Stream<Ending> of(RouterView router) {
        Set<IPAddress<?>> own = own(router);
        Set<IPAddress<?>> broadcasts = new LinkedHashSet<>(broadcasts(router));
        broadcasts.removeAll(own);
        return Stream.concat(
                own.stream().map(address -> new Ending(router.key(), address, true)),
                broadcasts.stream().map(address -> new Ending(router.key(), address, false)));
    }

    static List<Flow> flows(Ending ending) {
        return List.of(Flow.of(
                Table.ROUTE,
                Priority.rank(ending.own() ? 9 : 8),
                Families.to(IpPrefix.host(ending.address())).and(Field.ROUTER, ending.router()),
                ending.own() ? Action.punt(RoutePunts.LOCAL) : Action.drop(RouteDrop.BROADCAST)));
    }

    /** Those of its ports, and what stands for the routers of a subnet (RFC 4291 §2.6.1). */
    static Set<IPAddress<?>> own(RouterView router) {
        Set<IPAddress<?>> own = new LinkedHashSet<>();
        for (RouterInterface link : router.interfaces()) {
            link.port().fixedIps().stream().map(Port.FixedIp::ipAddress).forEach(own::add);
            own.add(LinkLocal.of(link.port().macAddress()));
            link.subnets().stream()
                    .map(Subnet::cidr)
                    .filter(cidr -> cidr.isIpv6() && cidr.length() <= LONGEST_WITH_ANYCAST)
                    .map(IpPrefix::address)
                    .forEach(own::add);
        }
        return own;
    }

    private static List<IPAddress<?>> broadcasts(RouterView router) {
        List<IPAddress<?>> broadcasts = new ArrayList<>();
        for (RouterInterface link : router.interfaces()) {
            for (Subnet subnet : link.subnets()) {
                IpPrefix cidr = subnet.cidr();
                if (cidr.address() instanceof IPv4Address first && cidr.length() <= LONGEST_WITH_BROADCAST) {
                    broadcasts.add(first);
                    broadcasts.add(
                            first.or(IPv4Address.ofCidrMaskLength(cidr.length()).not()));
                }
            }
        }
        return broadcasts;
    }
}
