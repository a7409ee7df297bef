package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/** An option that is a DUID: of a client, a server, or a relay agent. */
public sealed interface DuidOption extends Dhcpv6Option permits ClientId, RelayId, ServerId {
    Duid duid();

    @Override
    default int bodyLength() {
        return duid().length();
    }

    @Override
    default void encodeBody(ByteBuf out) {
        duid().encode(out);
    }
}
