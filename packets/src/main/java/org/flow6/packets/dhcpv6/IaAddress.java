package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * An address of an {@link IaNa} or {@link IaTa} (RFC 8415 §21.6).
 *
 * @param preferredLifetime seconds, 0 to 2³²−1
 * @param validLifetime seconds, 0 to 2³²−1
 * @param options {@link StatusCode}, for instance
 */
public record IaAddress(IPv6Address address, long preferredLifetime, long validLifetime, List<Dhcpv6Option> options)
        implements Lease {
    public static final int CODE = 5;

    static final int FIXED_LENGTH = 24;

    public IaAddress {
        Unsigned.require("preferred lifetime", preferredLifetime, Integer.SIZE);
        Unsigned.require("valid lifetime", validLifetime, Integer.SIZE);
        options = OptionList.copyOf(options);
    }

    static IaAddress of(Bytes body, List<Dhcpv6Option> options) {
        return new IaAddress(body.ipv6Address(0), body.unsignedInt(16), body.unsignedInt(20), options);
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
        address.write16Bytes(out);
        out.writeInt((int) preferredLifetime).writeInt((int) validLifetime);
        OptionList.encode(out, options);
    }
}
