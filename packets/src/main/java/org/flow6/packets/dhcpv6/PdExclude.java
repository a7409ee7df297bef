package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;

/**
 * A part of a delegated prefix that is not the client's to use, in the options of the {@link IaPrefix} (RFC 6603 §4.2).
 *
 * @param prefixLength of the excluded prefix, 1 to 128
 * @param subnetId its bits after the delegated prefix, first bit first, zeros up to a whole octet: 1 to 16 octets
 */
public record PdExclude(int prefixLength, Bytes subnetId) implements Dhcpv6Option {
    public static final int CODE = 67;

    private static final int MAX_SUBNET_ID = 16;

    public PdExclude {
        if (prefixLength < 1 || prefixLength > IaPrefix.MAX_PREFIX_LENGTH) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " (1-128)");
        }
        if (subnetId.isEmpty() || subnetId.length() > MAX_SUBNET_ID) {
            throw new IllegalArgumentException("subnet ID of " + subnetId.length() + " octets (1-16)");
        }
    }

    static Decoded<Dhcpv6Option> decode(Bytes body) {
        if (body.length() < 2 || body.length() > 1 + MAX_SUBNET_ID) {
            return Decoded.malformed(MalformedReason.DHCPV6_OPTION_LENGTH);
        }
        int prefixLength = body.unsignedByte(0);
        return prefixLength < 1 || prefixLength > IaPrefix.MAX_PREFIX_LENGTH
                ? Decoded.malformed(MalformedReason.DHCPV6_PREFIX_LENGTH)
                : Decoded.ok(new PdExclude(prefixLength, body.slice(1)));
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return 1 + subnetId.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeByte(prefixLength);
        subnetId.writeTo(out);
    }
}
