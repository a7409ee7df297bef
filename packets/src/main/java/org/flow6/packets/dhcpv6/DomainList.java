package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.packets.DomainName;

/** The domains that names are looked up in, the first one first (RFC 3646 §4). */
public record DomainList(List<DomainName> domains) implements Dhcpv6Option {
    public static final int CODE = 24;

    public DomainList {
        domains = List.copyOf(domains);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        int length = 0;
        for (DomainName domain : domains) {
            length += domain.length();
        }
        return length;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        for (DomainName domain : domains) {
            domain.encode(out);
        }
    }
}
