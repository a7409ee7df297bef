package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;

/**
 * Temporary addresses (RFC 8415 §21.5).
 *
 * @param iaid 0 to 2³²−1
 * @param options {@link IaAddress} for each of them, {@link StatusCode}
 */
public record IaTa(long iaid, List<Dhcpv6Option> options) implements IdentityAssociation {
    public static final int CODE = 4;

    static final int FIXED_LENGTH = 4;

    public IaTa {
        Unsigned.require("IAID", iaid, Integer.SIZE);
        options = OptionList.copyOf(options);
    }

    static IaTa of(Bytes body, List<Dhcpv6Option> options) {
        return new IaTa(body.unsignedInt(0), options);
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
        out.writeInt((int) iaid);
        OptionList.encode(out, options);
    }
}
