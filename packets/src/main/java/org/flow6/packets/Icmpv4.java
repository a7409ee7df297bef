package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.types.IPAddress;

/** An ICMP message of IPv4 (RFC 792). */
public sealed interface Icmpv4 extends UpperLayer permits Icmpv4.Other, Icmpv4Error {
    /** Octets of type, code, checksum and the 32 bits whose meaning is the type's. */
    int HEADER_LENGTH = 8;

    /** 0 to 255. */
    int type();

    /** 0 to 255. */
    int code();

    /** The 32 bits after the checksum. */
    long detail();

    /** What follows them. */
    Bytes body();

    /**
     * A message that this package has no record for.
     *
     * @param type 0 to 255, none of those with a record
     * @param code 0 to 255
     * @param detail 32 bits
     */
    record Other(int type, int code, long detail, Bytes body) implements Icmpv4 {
        public Other {
            if (type >>> 8 != 0 || code >>> 8 != 0 || detail >>> 32 != 0) {
                throw new IllegalArgumentException("ICMP type " + type + ", code " + code + ", detail " + detail);
            }
            if (Icmpv4Error.Kind.of(type).isPresent()) {
                throw new IllegalArgumentException("ICMP type " + type + " has a record of its own");
            }
        }
    }

    /** Decodes the message of a packet whose checksum holds. */
    static Decoded<Icmpv4> decode(Ipv4 packet) {
        if (!packet.protocol().equals(NextHeader.ICMPV4)) {
            return Decoded.malformed(MalformedReason.NOT_ICMPV4);
        }
        if (packet.isPart()) {
            return Decoded.malformed(MalformedReason.ICMPV4_FRAGMENT);
        }
        Bytes message = packet.payload();
        if (message.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.ICMPV4_TRUNCATED);
        }
        if (!InternetChecksum.verifies(message)) {
            return Decoded.malformed(MalformedReason.ICMPV4_CHECKSUM);
        }
        int type = message.unsignedByte(0);
        int code = message.unsignedByte(1);
        long detail = message.unsignedInt(4);
        Bytes body = message.slice(HEADER_LENGTH);
        return Decoded.ok(Icmpv4Error.Kind.of(type)
                .<Icmpv4>map(kind -> new Icmpv4Error(kind, code, detail, body))
                .orElseGet(() -> new Other(type, code, detail, body)));
    }

    @Override
    default NextHeader nextHeader() {
        return NextHeader.ICMPV4;
    }

    /** Octets of the message, header included. */
    default int length() {
        return HEADER_LENGTH + body().length();
    }

    @Override
    default Bytes encode(IPAddress<?> source, IPAddress<?> destination) {
        byte[] octets = new byte[length()];
        ByteBuf out = Unpooled.wrappedBuffer(octets).clear();
        out.writeByte(type()).writeByte(code()).writeShort(0).writeInt((int) detail());
        body().writeTo(out);
        out.setShort(2, InternetChecksum.of(Bytes.wrap(octets)));
        return Bytes.wrap(octets);
    }
}
