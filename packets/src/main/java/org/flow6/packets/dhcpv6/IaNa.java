package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.Bytes;

/**
 * Addresses that are not temporary (RFC 8415 §21.4).
 *
 * @param iaid 0 to 2³²−1
 * @param t1 seconds until the client renews at the server that it has them from, 0 to 2³²−1; 0 leaves it to the client
 * @param t2 seconds until the client asks any server, 0 to 2³²−1; 0 leaves it to the client
 * @param options {@link IaAddress} for each of them, {@link StatusCode}
 */
public record IaNa(long iaid, long t1, long t2, List<Dhcpv6Option> options) implements IdentityAssociation {
    public static final int CODE = 3;

    static final int FIXED_LENGTH = 12;

    public IaNa {
        Unsigned.require("IAID", iaid, Integer.SIZE);
        Unsigned.require("T1", t1, Integer.SIZE);
        Unsigned.require("T2", t2, Integer.SIZE);
        options = OptionList.copyOf(options);
    }

    static IaNa of(Bytes body, List<Dhcpv6Option> options) {
        return new IaNa(body.unsignedInt(0), body.unsignedInt(4), body.unsignedInt(8), options);
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
        out.writeInt((int) iaid).writeInt((int) t1).writeInt((int) t2);
        OptionList.encode(out, options);
    }
}
