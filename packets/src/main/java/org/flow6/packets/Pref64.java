package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * The NAT64's prefix (RFC 8781 §4).
 *
 * @param lifetime in seconds, a multiple of 8, 0 to {@value MAX_LIFETIME}
 * @param prefix with zeros after the prefix length
 * @param prefixLength 32, 40, 48, 56, 64 or 96 bits
 */
public record Pref64(int lifetime, IPv6Address prefix, int prefixLength) implements NdOption {
    static final int TYPE = 38;

    /** Seconds of the longest lifetime. */
    public static final int MAX_LIFETIME = 65528;

    private static final int LENGTH = 16;
    private static final int PREFIX_OCTETS = 12;
    private static final int CODE_BITS = 0b111;

    /** By prefix length code. */
    private static final List<Integer> PREFIX_LENGTHS = List.of(96, 64, 56, 48, 40, 32);

    public Pref64 {
        if (lifetime < 0 || lifetime > MAX_LIFETIME || lifetime % 8 != 0) {
            throw new IllegalArgumentException("lifetime of " + lifetime + " s (a multiple of 8, 0 to 65528)");
        }
        if (!PREFIX_LENGTHS.contains(prefixLength)) {
            throw new IllegalArgumentException("prefix length " + prefixLength + ", not one of " + PREFIX_LENGTHS);
        }
        PrefixBits.require(prefix, prefixLength);
    }

    /** With the lifetime, in seconds, rounded up to one that can be said, or cut to the longest (RFC 8781 §4.1). */
    public static Pref64 lasting(int seconds, IPv6Address prefix, int prefixLength) {
        return new Pref64(Padding.toUnits(Math.min(seconds, MAX_LIFETIME)), prefix, prefixLength);
    }

    static Optional<NdOption> decode(Bytes body) {
        int scaled = body.unsignedShort(0);
        // One of an unknown code is to be ignored.
        if (body.length() != LENGTH - HEADER_LENGTH || (scaled & CODE_BITS) >= PREFIX_LENGTHS.size()) {
            return Optional.empty();
        }
        byte[] prefix = new byte[IPv6Address.LENGTH];
        for (int i = 0; i < PREFIX_OCTETS; i++) {
            prefix[i] = (byte) body.unsignedByte(2 + i);
        }
        int length = PREFIX_LENGTHS.get(scaled & CODE_BITS);
        return Optional.of(new Pref64(scaled & ~CODE_BITS, PrefixBits.of(IPv6Address.of(prefix), length), length));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        // The lifetime's three lowest bits are zero, scaled by 8 as it is: there is the code's place.
        out.writeShort(lifetime | PREFIX_LENGTHS.indexOf(prefixLength));
        out.writeBytes(prefix.getBytes(), 0, PREFIX_OCTETS);
    }
}
