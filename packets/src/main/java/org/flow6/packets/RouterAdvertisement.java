package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A router advertisement (RFC 4861 §4.2).
 *
 * @param hopLimit for hosts to send with, 0 to 255; 0 says nothing about it
 * @param flags with preference {@link RouterPreference#MEDIUM} when the lifetime is 0, whichever is given, for then
 *     senders must say so and receivers ignore it (RFC 4191 §2.2)
 * @param lifetime as a default router in seconds, 0 to 65535; 0: it is none
 * @param reachableTime how long a neighbor is taken for reachable, in milliseconds, 0 to 2³²−1; 0 says nothing
 * @param retransTimer between retransmitted neighbor solicitations, in milliseconds, 0 to 2³²−1; 0 says nothing
 */
public record RouterAdvertisement(
        int hopLimit, RouterFlags flags, int lifetime, long reachableTime, long retransTimer, List<NdOption> options)
        implements NdMessage {
    public static final int TYPE = 134;

    private static final int FIXED_LENGTH = 16;

    public RouterAdvertisement {
        if (hopLimit < 0 || hopLimit > 0xff || lifetime < 0 || lifetime > 0xffff) {
            throw new IllegalArgumentException("hop limit " + hopLimit + " (8 bits), lifetime " + lifetime + " (16)");
        }
        if (isNo32Bits(reachableTime) || isNo32Bits(retransTimer)) {
            throw new IllegalArgumentException(
                    "reachable time " + reachableTime + ", retransmission timer " + retransTimer + " (32 bits)");
        }
        flags = lifetime == 0 ? flags.preferring(RouterPreference.MEDIUM) : flags;
        options = List.copyOf(options);
    }

    /** The packet's advertisement, if a node must take it as one: RFC 4861 §6.1.2, RFC 6980 §5. */
    public static Decoded<RouterAdvertisement> validate(Ipv6 packet) {
        return NdValidity.receiveFromRouter(packet, RouterAdvertisement.class);
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH)
                .then(options -> Decoded.ok(new RouterAdvertisement(
                        message.unsignedByte(4),
                        RouterFlags.ofOctet(message.unsignedByte(5)),
                        message.unsignedShort(6),
                        message.unsignedInt(8),
                        message.unsignedInt(12),
                        options)));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int fixedLength() {
        return FIXED_LENGTH;
    }

    @Override
    public void encodeFixed(ByteBuf out) {
        out.writeByte(hopLimit).writeByte(flags.octet()).writeShort(lifetime);
        out.writeInt((int) reachableTime).writeInt((int) retransTimer);
    }

    private static boolean isNo32Bits(long value) {
        return value >>> Integer.SIZE != 0;
    }
}
