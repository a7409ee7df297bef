package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Recursive DNS servers (RFC 8106 §5.1).
 *
 * @param lifetime in seconds, 0 to 2³²−1, {@link Lifetime#INFINITE}
 * @param addresses the servers', 1 to 127
 */
public record RecursiveDnsServer(long lifetime, List<IPv6Address> addresses) implements NdOption {
    static final int TYPE = 25;

    public RecursiveDnsServer {
        Lifetime.require(lifetime);
        addresses = List.copyOf(addresses);
        AddressListLayout.requireSize(addresses);
    }

    static Optional<NdOption> decode(Bytes body) {
        return AddressListLayout.decode(body).map(addresses -> new RecursiveDnsServer(body.unsignedInt(2), addresses));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return AddressListLayout.length(addresses);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(0).writeInt((int) lifetime);
        addresses.forEach(address -> address.write16Bytes(out));
    }
}
