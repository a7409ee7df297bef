package org.flow6.apps.l3.errors;

import java.util.Optional;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.packets.Decoded;
import org.flow6.packets.Icmpv4;
import org.flow6.packets.Icmpv4Error;
import org.flow6.packets.Ipv4;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Tcp;
import org.flow6.packets.Udp;
import org.projectfloodlight.openflow.types.IPv4Address;

/** What a router answers to IPv4 packets for itself that no service takes. Fragments are not put together. */
final class OwnIpv4 {
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;

    private OwnIpv4() {}

    static Answer.Result answer(Encounter met, Ipv4 packet) {
        if (packet.isPart()) {
            return refuse(ErrorDrop.FRAGMENT);
        }
        NextHeader upper = packet.protocol();
        if (upper.equals(NextHeader.UDP)) {
            return Udp.decode(packet) instanceof Decoded.Ok
                    ? Ipv4Errors.send(met, packet, Icmpv4Error.unreachable(Icmpv4Error.PORT_UNREACHABLE, packet))
                    : refuse(ErrorDrop.MALFORMED);
        }
        if (upper.equals(NextHeader.TCP)) {
            return Tcp.decode(packet) instanceof Decoded.Ok<Tcp> segment
                    ? reset(met, packet, segment.value())
                    : refuse(ErrorDrop.MALFORMED);
        }
        return upper.equals(NextHeader.ICMPV4)
                ? icmp(met, packet)
                : Ipv4Errors.send(met, packet, Icmpv4Error.unreachable(Icmpv4Error.PROTOCOL_UNREACHABLE, packet));
    }

    /** RFC 1812 §4.3.3.6. */
    private static Answer.Result icmp(Encounter met, Ipv4 packet) {
        boolean asks = Icmpv4.decode(packet) instanceof Decoded.Ok<Icmpv4> message
                && message.value().type() == ECHO_REQUEST
                && message.value().code() == 0;
        if (!asks || !met.isFar(packet.destination())) {
            return refuse(ErrorDrop.IGNORED);
        }
        Optional<DropReason> refusal = Ipv4Errors.refusal(met, packet);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        Icmpv4 request = Icmpv4.decode(packet).orElseThrow();
        Icmpv4 reply = new Icmpv4.Other(ECHO_REPLY, 0, request.detail(), request.body());
        IPv4Address own = packet.destination();
        return met.reply(Ipv4.of(packet.typeOfService(), Ipv4Errors.TTL, own, packet.source(), reply));
    }

    private static Answer.Result reset(Encounter met, Ipv4 packet, Tcp segment) {
        Optional<DropReason> refusal =
                segment.has(Tcp.RST) ? Optional.of(ErrorDrop.IGNORED) : Ipv4Errors.refusal(met, packet);
        return refusal.<Answer.Result>map(Answer.Result.Refuse::new).orElseGet(() -> {
            IPv4Address own = packet.destination();
            return met.reply(Ipv4.of(0, Ipv4Errors.TTL, own, packet.source(), segment.reset()));
        });
    }

    private static Answer.Result refuse(DropReason reason) {
        return new Answer.Result.Refuse(reason);
    }
}
