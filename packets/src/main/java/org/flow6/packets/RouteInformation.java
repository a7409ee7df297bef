package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A prefix that the router is a way to (RFC 4191 §2.3). Sent in the shortest form that holds the prefix.
 *
 * @param prefix with zeros after the prefix length
 * @param prefixLength in bits, 0 to 128
 * @param lifetime in seconds, 0 to 2³²−1, {@link Lifetime#INFINITE}
 */
public record RouteInformation(IPv6Address prefix, int prefixLength, RouterPreference preference, long lifetime)
        implements NdOption {
    static final int TYPE = 24;

    private static final int FIXED_LENGTH = 8;

    public RouteInformation {
        PrefixBits.require(prefix, prefixLength);
        Lifetime.require(lifetime);
    }

    static Optional<NdOption> decode(Bytes body) {
        int length = body.unsignedByte(0);
        int octets = HEADER_LENGTH + body.length() - FIXED_LENGTH;
        // One too short for its prefix, or of the reserved preference, is to be ignored.
        if (length > PrefixBits.MAX_LENGTH || octets > IPv6Address.LENGTH || octets < octets(length)) {
            return Optional.empty();
        }
        byte[] prefix = new byte[IPv6Address.LENGTH];
        for (int i = 0; i < octets; i++) {
            prefix[i] = (byte) body.unsignedByte(6 + i);
        }
        IPv6Address masked = PrefixBits.of(IPv6Address.of(prefix), length);
        return RouterPreference.ofOctet(body.unsignedByte(1))
                .map(preference -> new RouteInformation(masked, length, preference, body.unsignedInt(2)));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return FIXED_LENGTH + octets(prefixLength);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeByte(prefixLength).writeByte(preference.octet()).writeInt((int) lifetime);
        out.writeBytes(prefix.getBytes(), 0, octets(prefixLength));
    }

    /** How many octets of the prefix are sent: 0, 8 or 16. */
    private static int octets(int prefixLength) {
        return (prefixLength + 63) / 64 * 8;
    }
}
