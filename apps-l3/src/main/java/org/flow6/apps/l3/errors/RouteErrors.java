package org.flow6.apps.l3.errors;

import java.util.Map;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PuntReason;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.RouterInterface;
import org.flow6.packets.Decoded;
import org.flow6.packets.Icmpv4Error;
import org.flow6.packets.Icmpv6Error;
import org.flow6.packets.Ipv4;
import org.flow6.packets.Ipv6;
import org.projectfloodlight.openflow.types.EthType;

/**
 * What routers answer to packets that they do not forward (RFC 4443 §3, RFC 1812 §4.3.3, §5.2.7), and to those for
 * themselves. How many of these there are at most, the meters of {@link RoutePunts} say (RFC 4443 §2.4 f).
 */
public final class RouteErrors {
    private RouteErrors() {}

    @FunctionalInterface
    private interface Reply<P> {
        Answer.Result to(Encounter met, P packet);
    }

    /** The answers of all reasons of {@link RoutePunts}, but for an unknown next hop, which is asked for first. */
    public static Map<PuntReason, Answer> answers() {
        return Map.of(
                RoutePunts.HOP_LIMIT,
                (packet, snapshot, moment) -> hopLimit(packet, snapshot),
                RoutePunts.NO_ROUTE,
                (packet, snapshot, moment) ->
                        unreachable(packet, snapshot, false, Icmpv6Error.NO_ROUTE, Icmpv4Error.NETWORK_UNREACHABLE),
                RoutePunts.BEYOND_SCOPE,
                (packet, snapshot, moment) ->
                        unreachable(packet, snapshot, false, Icmpv6Error.BEYOND_SCOPE, Icmpv4Error.NETWORK_UNREACHABLE),
                RoutePunts.TOO_BIG,
                (packet, snapshot, moment) -> tooBig(packet, snapshot),
                RoutePunts.LOCAL,
                (packet, snapshot, moment) -> answer(packet, snapshot, false, OwnIpv6::answer, OwnIpv4::answer));
    }

    /**
     * That nobody has the address that a packet was about to go to next (RFC 4861 §7.2.2, RFC 4443 §3.1 code 3; RFC 1812
     * §3.3.2).
     *
     * @param packet as it was punted when its next hop was not known
     * @return what to send to its source; nothing but a reason where none is due
     */
    public static Answer.Result addressUnreachable(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        return unreachable(packet, snapshot, true, Icmpv6Error.ADDRESS_UNREACHABLE, Icmpv4Error.HOST_UNREACHABLE);
    }

    private static Answer.Result hopLimit(PacketIn packet, NetworkSnapshot snapshot) {
        return answer(
                packet,
                snapshot,
                false,
                (met, ip) -> Ipv6Errors.send(met, ip, Icmpv6Error.timeExceeded(Icmpv6Error.HOP_LIMIT, ip)),
                (met, ip) -> Ipv4Errors.send(met, ip, Icmpv4Error.timeExceeded(ip)));
    }

    private static Answer.Result unreachable(
            PacketIn packet, NetworkSnapshot snapshot, boolean forwarded, int code, int ipv4Code) {
        return answer(
                packet,
                snapshot,
                forwarded,
                (met, ip) -> Ipv6Errors.send(met, ip, Icmpv6Error.unreachable(code, ip)),
                (met, ip) -> Ipv4Errors.send(met, ip, Icmpv4Error.unreachable(ipv4Code, ip)));
    }

    private static Answer.Result tooBig(PacketIn packet, NetworkSnapshot snapshot) {
        return snapshot.network(packet.route().network())
                .flatMap(network -> network.routers().stream().findFirst())
                .map(out -> tooBig(packet, snapshot, out))
                .orElseGet(() -> refuse(ErrorDrop.NO_ROUTER));
    }

    private static Answer.Result tooBig(PacketIn packet, NetworkSnapshot snapshot, RouterInterface out) {
        int mtu = out.mtu();
        return answer(
                packet,
                snapshot,
                true,
                (met, ip) -> Ipv6Errors.send(met, ip, Icmpv6Error.tooBig(mtu, ip)),
                (met, ip) -> Ipv4Errors.tooBig(met, ip, out.networkKey(), mtu));
    }

    private static Answer.Result answer(
            PacketIn packet, NetworkSnapshot snapshot, boolean forwarded, Reply<Ipv6> ipv6, Reply<Ipv4> ipv4) {
        if (packet.frame().type().equals(EthType.IPv6)) {
            return Ipv6.decode(packet.frame()) instanceof Decoded.Ok<Ipv6> ip
                    ? Encounter.of(packet, snapshot, ip.value().source(), forwarded)
                            .map(met -> ipv6.to(met, ip.value()))
                            .orElseGet(() -> refuse(ErrorDrop.NO_ROUTER))
                    : refuse(ErrorDrop.MALFORMED);
        }
        return Ipv4.decode(packet.frame()) instanceof Decoded.Ok<Ipv4> ip
                ? Encounter.of(packet, snapshot, ip.value().source(), forwarded)
                        .map(met -> ipv4.to(met, ip.value()))
                        .orElseGet(() -> refuse(ErrorDrop.NO_ROUTER))
                : refuse(ErrorDrop.MALFORMED);
    }

    private static Answer.Result refuse(DropReason reason) {
        return new Answer.Result.Refuse(reason);
    }
}
