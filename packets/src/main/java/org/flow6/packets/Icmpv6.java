package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.types.IPAddress;

/** An ICMPv6 message (RFC 4443 §2.1). */
public sealed interface Icmpv6 extends UpperLayer
        permits Echo, Icmpv6.Other, Icmpv6Error, Mld, MulticastRouterDiscovery, NdMessage {
    /** Octets before the body: type, code, checksum. */
    int HEADER_LENGTH = 4;

    /** 0 to 255. */
    int type();

    /** 0 to 255. */
    int code();

    /** Octets of the message, header included. */
    int length();

    /** Appends what follows the checksum. */
    void encodeBody(ByteBuf out);

    /**
     * A message that this package has no record for.
     *
     * @param type 0 to 255, none of those with a record
     * @param code 0 to 255
     * @param body what follows the checksum
     */
    record Other(int type, int code, Bytes body) implements Icmpv6 {
        public Other {
            if (type < 0 || type > 0xff || code < 0 || code > 0xff) {
                throw new IllegalArgumentException("ICMPv6 type " + type + ", code " + code + " (0-255)");
            }
            if (hasRecord(type)) {
                throw new IllegalArgumentException("ICMPv6 type " + type + " has a record of its own");
            }
        }

        @Override
        public int length() {
            return HEADER_LENGTH + body.length();
        }

        @Override
        public void encodeBody(ByteBuf out) {
            body.writeTo(out);
        }
    }

    /**
     * Decodes the message of a packet: its checksum, and the structure of a type that has a record. The rules that
     * involve the packet around it are for the records' own {@code validate}.
     */
    static Decoded<Icmpv6> decode(Ipv6 packet) {
        if (!packet.nextHeader().equals(NextHeader.ICMPV6)) {
            return Decoded.malformed(MalformedReason.NOT_ICMPV6);
        }
        if (packet.isPart()) {
            return Decoded.malformed(MalformedReason.ICMPV6_FRAGMENT);
        }
        Bytes message = packet.payload();
        if (message.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.ICMPV6_TRUNCATED);
        }
        if (!new PseudoHeader(packet.source(), packet.finalDestination(), NextHeader.ICMPV6).verifies(message)) {
            return Decoded.malformed(MalformedReason.ICMPV6_CHECKSUM);
        }
        int type = message.unsignedByte(0);
        return switch (type) {
            case 1 -> Icmpv6Error.decode(Icmpv6Error.Kind.DESTINATION_UNREACHABLE, message);
            case 2 -> Icmpv6Error.decode(Icmpv6Error.Kind.PACKET_TOO_BIG, message);
            case 3 -> Icmpv6Error.decode(Icmpv6Error.Kind.TIME_EXCEEDED, message);
            case 4 -> Icmpv6Error.decode(Icmpv6Error.Kind.PARAMETER_PROBLEM, message);
            case Echo.Request.TYPE -> Echo.Request.decode(message);
            case Echo.Reply.TYPE -> Echo.Reply.decode(message);
            case Mld.Query.TYPE -> MldLayout.decodeQuery(message);
            case Mld.Report.TYPE -> MldLayout.decode(message, Mld.Report::new);
            case Mld.Done.TYPE -> MldLayout.decode(message, Mld.Done::new);
            case RouterSolicitation.TYPE -> RouterSolicitation.decode(message);
            case RouterAdvertisement.TYPE -> RouterAdvertisement.decode(message);
            case NeighborSolicitation.TYPE -> NeighborSolicitation.decode(message);
            case NeighborAdvertisement.TYPE -> NeighborAdvertisement.decode(message);
            case Redirect.TYPE -> Redirect.decode(message);
            case InverseSolicitation.TYPE -> InverseSolicitation.decode(message);
            case InverseAdvertisement.TYPE -> InverseAdvertisement.decode(message);
            case Mldv2Report.TYPE -> Mldv2Report.decode(message);
            case MulticastRouterDiscovery.Advertisement.TYPE -> MulticastRouterDiscovery.Advertisement.decode(message);
            case MulticastRouterDiscovery.Solicitation.TYPE -> Decoded.ok(new MulticastRouterDiscovery.Solicitation());
            case MulticastRouterDiscovery.Termination.TYPE -> Decoded.ok(new MulticastRouterDiscovery.Termination());
            default -> Decoded.ok(new Other(type, message.unsignedByte(1), message.slice(HEADER_LENGTH)));
        };
    }

    private static boolean hasRecord(int type) {
        return (type >= 1 && type <= 4)
                || (type >= Echo.Request.TYPE && type <= Redirect.TYPE)
                || (type >= InverseSolicitation.TYPE && type <= Mldv2Report.TYPE)
                || (type >= MulticastRouterDiscovery.Advertisement.TYPE
                        && type <= MulticastRouterDiscovery.Termination.TYPE);
    }

    @Override
    default NextHeader nextHeader() {
        return NextHeader.ICMPV6;
    }

    @Override
    default Bytes encode(IPAddress<?> source, IPAddress<?> finalDestination) {
        return ReadyMessage.of(this).encode(source, finalDestination);
    }
}
