package org.flow6.packets;

/** What echo request and reply have in common on the wire (RFC 4443 §4). */
final class EchoLayout {
    static final int FIXED_LENGTH = 8;

    private EchoLayout() {}

    /** Makes one of identifier, sequence and data. */
    @FunctionalInterface
    interface Make {
        Echo of(int identifier, int sequence, Bytes data);
    }

    static Decoded<Icmpv6> decode(Bytes message, Make make) {
        if (message.unsignedByte(1) != 0) {
            return Decoded.malformed(MalformedReason.ICMPV6_CODE);
        }
        if (message.length() < FIXED_LENGTH) {
            return Decoded.malformed(MalformedReason.ICMPV6_TRUNCATED);
        }
        return Decoded.ok(make.of(message.unsignedShort(4), message.unsignedShort(6), message.slice(FIXED_LENGTH)));
    }

    static void require(int identifier, int sequence) {
        if (identifier >>> Short.SIZE != 0 || sequence >>> Short.SIZE != 0) {
            throw new IllegalArgumentException("identifier " + identifier + ", sequence " + sequence + " (16 bits)");
        }
    }
}
