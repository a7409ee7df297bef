package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A message by which switches find multicast routers (RFC 4286). */
public sealed interface MulticastRouterDiscovery extends Icmpv6
        permits MulticastRouterDiscovery.Advertisement,
                MulticastRouterDiscovery.Solicitation,
                MulticastRouterDiscovery.Termination {
    /** All-Snoopers, which advertisements and terminations are sent to (RFC 4286 §6). */
    IPv6Address ALL_SNOOPERS = IPv6Address.of("ff02::6a");

    /**
     * There is a multicast router (RFC 4286 §3.2).
     *
     * @param interval seconds from one to the next, 0 to 255
     * @param queryInterval seconds from one of the router's general queries to the next, 0 to 65535; 0: it does not ask
     * @param robustness its Robustness Variable, 0 to 65535; 0: it does not ask
     */
    record Advertisement(int interval, int queryInterval, int robustness) implements MulticastRouterDiscovery {
        public static final int TYPE = 151;

        private static final int LENGTH = 8;

        public Advertisement {
            if (interval >>> Byte.SIZE != 0 || queryInterval >>> Short.SIZE != 0 || robustness >>> Short.SIZE != 0) {
                throw new IllegalArgumentException(
                        "interval " + interval + ", query interval " + queryInterval + ", robustness " + robustness);
            }
        }

        /** Decodes a message whose checksum holds. */
        static Decoded<Icmpv6> decode(Bytes message) {
            return message.length() < LENGTH
                    ? Decoded.malformed(MalformedReason.MRD_LENGTH)
                    : Decoded.ok(new Advertisement(
                            message.unsignedByte(1), message.unsignedShort(4), message.unsignedShort(6)));
        }

        @Override
        public int type() {
            return TYPE;
        }

        /** What other messages have their code for. */
        @Override
        public int code() {
            return interval;
        }

        @Override
        public int length() {
            return LENGTH;
        }

        @Override
        public void encodeBody(ByteBuf out) {
            out.writeShort(queryInterval).writeShort(robustness);
        }
    }

    /** Which multicast routers are there (RFC 4286 §4.1)? */
    record Solicitation() implements MulticastRouterDiscovery {
        public static final int TYPE = 152;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** A router forwards multicast no more (RFC 4286 §5.1). */
    record Termination() implements MulticastRouterDiscovery {
        public static final int TYPE = 153;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** The packet's message, if it must be taken as one: hop limit 1, a Router Alert, from a link-local address. */
    static Decoded<MulticastRouterDiscovery> validate(Ipv6 packet) {
        return Icmpv6.decode(packet).then(message -> {
            if (!(message instanceof MulticastRouterDiscovery discovery)) {
                return Decoded.malformed(MalformedReason.ICMPV6_TYPE);
            }
            if (packet.hopLimit() != 1 || !LinkLocal.includes(packet.source()) || !RouterAlert.isOn(packet)) {
                return Decoded.malformed(MalformedReason.MRD_HEADER);
            }
            return Decoded.ok(discovery);
        });
    }

    /** 0, and ignored where it is received, but for advertisements. */
    @Override
    default int code() {
        return 0;
    }

    @Override
    default int length() {
        return HEADER_LENGTH;
    }

    @Override
    default void encodeBody(ByteBuf out) {}
}
