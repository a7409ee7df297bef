package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A prefix of an {@link IaPd} (RFC 8415 §21.22).
 *
 * @param prefix {@code ::} in a client's wish for some prefix of the length; bits after the length are kept
 * @param prefixLength 0 to 128
 * @param preferredLifetime seconds, 0 to 2³²−1
 * @param validLifetime seconds, 0 to 2³²−1
 * @param options {@link StatusCode} and {@link PdExclude}, for instance
 */
public record IaPrefix(
        IPv6Address prefix, int prefixLength, long preferredLifetime, long validLifetime, List<Dhcpv6Option> options)
        implements Lease {
    public static final int CODE = 26;

    static final int FIXED_LENGTH = 25;
    static final int MAX_PREFIX_LENGTH = 128;

    private static final int PREFIX_LENGTH = 8;

    public IaPrefix {
        if (prefixLength < 0 || prefixLength > MAX_PREFIX_LENGTH) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " (0-128)");
        }
        Unsigned.require("preferred lifetime", preferredLifetime, Integer.SIZE);
        Unsigned.require("valid lifetime", validLifetime, Integer.SIZE);
        options = OptionList.copyOf(options);
    }

    static int prefixLength(Bytes body) {
        return body.unsignedByte(PREFIX_LENGTH);
    }

    static IaPrefix of(Bytes body, List<Dhcpv6Option> options) {
        return new IaPrefix(
                body.ipv6Address(PREFIX_LENGTH + 1),
                prefixLength(body),
                body.unsignedInt(0),
                body.unsignedInt(4),
                options);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return FIXED_LENGTH + OptionList.length(options);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeInt((int) preferredLifetime).writeInt((int) validLifetime).writeByte(prefixLength);
        prefix.write16Bytes(out);
        OptionList.encode(out, options);
    }
}
