package org.flow6.apps.l3.errors;

import java.util.Optional;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Echo;
import org.flow6.packets.ExtensionHeader;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.flow6.packets.Fragments;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Icmpv6Error;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NextHeader;
import org.flow6.packets.Tcp;
import org.flow6.packets.Udp;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What a router answers to IPv6 packets for itself that no service takes: nobody listens, and little is known. */
final class OwnIpv6 {
    private static final int NEXT_HEADER = 6;
    private static final int PAD1 = 0;
    private static final int PAD_N = 1;

    private OwnIpv6() {}

    static Answer.Result answer(Encounter met, Ipv6 packet) {
        int announced = NEXT_HEADER;
        int at = Ipv6.HEADER_LENGTH;
        for (ExtensionHeader extension : packet.extensions()) {
            Optional<Answer.Result> problem = problem(met, packet, extension, at);
            if (problem.isPresent()) {
                return problem.get();
            }
            announced = at;
            at += extension.length();
        }
        if (packet.isPart()) {
            return refuse(ErrorDrop.FRAGMENT);
        }
        NextHeader upper = packet.nextHeader();
        if (upper.equals(NextHeader.UDP)) {
            return Udp.decode(packet) instanceof Decoded.Ok
                    ? Ipv6Errors.send(met, packet, Icmpv6Error.unreachable(Icmpv6Error.PORT_UNREACHABLE, packet))
                    : refuse(ErrorDrop.MALFORMED);
        }
        if (upper.equals(NextHeader.TCP)) {
            return Tcp.decode(packet) instanceof Decoded.Ok<Tcp> segment
                    ? reset(met, packet, segment.value())
                    : refuse(ErrorDrop.MALFORMED);
        }
        if (upper.equals(NextHeader.ICMPV6) && met.isFar(packet.destination())) {
            return Icmpv6.decode(packet) instanceof Decoded.Ok<Icmpv6> message
                            && message.value() instanceof Echo.Request request
                    ? echo(met, packet, request)
                    : refuse(ErrorDrop.IGNORED);
        }
        if (upper.equals(NextHeader.ICMPV6) || upper.equals(NextHeader.NONE)) {
            return refuse(ErrorDrop.IGNORED);
        }
        return problem(met, packet, Icmpv6Error.UNKNOWN_NEXT_HEADER, announced);
    }

    /** RFC 4443 §4.2. Replies to packets in fragments are numbered as these are. */
    private static Answer.Result echo(Encounter met, Ipv6 packet, Echo.Request request) {
        Optional<DropReason> refusal = Ipv6Errors.refusal(met, packet, false);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        long identification = packet.fragment().map(Fragment::identification).orElse(0L);
        IPv6Address own = packet.destination();
        Ipv6 reply = Ipv6.of(Ipv6Errors.HOP_LIMIT, own, packet.source(), request.reply());
        return met.reply(Fragments.of(reply, met.mtu(), identification).toArray(Ipv6[]::new));
    }

    private static Answer.Result reset(Encounter met, Ipv6 packet, Tcp segment) {
        Optional<DropReason> refusal =
                segment.has(Tcp.RST) ? Optional.of(ErrorDrop.IGNORED) : Ipv6Errors.refusal(met, packet, false);
        return refusal.<Answer.Result>map(Answer.Result.Refuse::new).orElseGet(() -> {
            IPv6Address own = packet.destination();
            return met.reply(Ipv6.of(Ipv6Errors.HOP_LIMIT, own, packet.source(), segment.reset()));
        });
    }

    private static Optional<Answer.Result> problem(Encounter met, Ipv6 packet, ExtensionHeader extension, int at) {
        if (extension instanceof HopByHop options) {
            return unknownOption(met, packet, options.options(), at + 2);
        }
        if (extension instanceof DestinationOptions options) {
            return unknownOption(met, packet, options.options(), at + 2);
        }
        // No routing type is known here; with nothing left to visit, the header is passed over (RFC 8200 §4.4).
        return extension instanceof Routing routing && routing.segmentsLeft() > 0
                ? Optional.of(problem(met, packet, Icmpv6Error.HEADER_FIELD, at + 2))
                : Optional.empty();
    }

    /** The first two bits of an option say what becomes of a packet for who does not know it (RFC 8200 §4.2). */
    private static Optional<Answer.Result> unknownOption(Encounter met, Ipv6 packet, Bytes options, int at) {
        int index = 0;
        while (index < options.length()) {
            int type = options.unsignedByte(index);
            if (type == PAD1) {
                index++;
                continue;
            }
            if (index + 1 >= options.length() || index + 2 + options.unsignedByte(index + 1) > options.length()) {
                return Optional.of(refuse(ErrorDrop.MALFORMED));
            }
            int action = type == PAD_N ? 0 : type >>> 6;
            boolean silent = action == 1 || (action == 3 && packet.destination().isMulticast());
            if (silent) {
                return Optional.of(refuse(ErrorDrop.OPTION));
            }
            if (action >= 2) {
                return Optional.of(problem(met, packet, Icmpv6Error.UNKNOWN_OPTION, at + index));
            }
            index += 2 + options.unsignedByte(index + 1);
        }
        return Optional.empty();
    }

    private static Answer.Result problem(Encounter met, Ipv6 packet, int code, int pointer) {
        return Ipv6Errors.send(met, packet, Icmpv6Error.parameterProblem(code, pointer, packet));
    }

    private static Answer.Result refuse(DropReason reason) {
        return new Answer.Result.Refuse(reason);
    }
}
