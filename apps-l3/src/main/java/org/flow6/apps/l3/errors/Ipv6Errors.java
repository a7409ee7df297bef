package org.flow6.apps.l3.errors;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.network.IpPrefix;
import org.flow6.network.RouterInterface;
import org.flow6.network.Subnet;
import org.flow6.packets.Icmpv6Error;
import org.flow6.packets.Icmpv6Error.Kind;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/** ICMPv6 errors of routers (RFC 4443 §2.2, §2.4). */
final class Ipv6Errors {
    static final int HOP_LIMIT = 64;

    private Ipv6Errors() {}

    static Answer.Result send(Encounter met, Ipv6 packet, Icmpv6Error error) {
        Optional<DropReason> refusal = refusal(met, packet, isForMulticastToo(error));
        if (refusal.isEmpty() && !error.mayBeSentFor(packet)) {
            refusal = Optional.of(ErrorDrop.ABOUT_ERROR);
        }
        return refusal.<Answer.Result>map(Answer.Result.Refuse::new)
                .orElseGet(() -> met.reply(Ipv6.of(HOP_LIMIT, source(met, packet), packet.source(), error)));
    }

    /** RFC 4443 §2.4 e.3: packet too big, and an unknown option that says so. */
    private static boolean isForMulticastToo(Icmpv6Error error) {
        return error.kind() == Kind.PACKET_TOO_BIG
                || (error.kind() == Kind.PARAMETER_PROBLEM && error.code() == Icmpv6Error.UNKNOWN_OPTION);
    }

    /** Why nothing is said about a packet, whatever the upper layer. */
    static Optional<DropReason> refusal(Encounter met, Ipv6 packet, boolean forMulticastToo) {
        IPv6Address source = packet.source();
        if (source.isUnspecified() || source.isMulticast() || source.isLoopback()) {
            return Optional.of(ErrorDrop.SOURCE);
        }
        if (packet.destination().isMulticast() && !forMulticastToo) {
            return Optional.of(ErrorDrop.DESTINATION);
        }
        return met.packet().frame().destination().isMulticast() && !forMulticastToo
                ? Optional.of(ErrorDrop.LINK_MULTICAST)
                : Optional.empty();
    }

    /**
     * RFC 4443 §2.2: the address that the packet was for, if it is a unicast address of the router; else one of the network
     * that the packet came from, of the source's subnet if there is one, link-local only to such or where there is no other.
     */
    private static IPv6Address source(Encounter met, Ipv6 packet) {
        IPv6Address asked = packet.destination();
        IPv6Address linkLocal = linkLocal(met.entrance());
        if (asked.equals(linkLocal) || (!LinkLocal.includes(asked) && met.isRouters(asked))) {
            return asked;
        }
        if (LinkLocal.includes(packet.source())) {
            return linkLocal;
        }
        List<IPv6Address> global = addresses(met.entrance())
                .filter(address -> !LinkLocal.includes(address))
                .toList();
        return global.stream()
                .filter(address -> sharesSubnet(met.entrance(), address, packet.source()))
                .findFirst()
                .or(() -> global.stream().findFirst())
                .orElse(linkLocal);
    }

    private static Stream<IPv6Address> addresses(RouterInterface link) {
        return Encounter.addresses(link).filter(IPv6Address.class::isInstance).map(IPv6Address.class::cast);
    }

    private static IPv6Address linkLocal(RouterInterface link) {
        return addresses(link)
                .filter(LinkLocal::includes)
                .findFirst()
                .orElseGet(() -> LinkLocal.of(link.port().macAddress()));
    }

    static boolean sharesSubnet(RouterInterface link, IPAddress<?> one, IPAddress<?> other) {
        return link.subnets().stream().map(Subnet::cidr).anyMatch(cidr -> holds(cidr, one, other));
    }

    private static boolean holds(IpPrefix prefix, IPAddress<?> one, IPAddress<?> other) {
        return prefix.contains(one) && prefix.contains(other);
    }
}
