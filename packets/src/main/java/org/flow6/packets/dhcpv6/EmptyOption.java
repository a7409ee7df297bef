package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/** An option that says all by being there. */
public sealed interface EmptyOption extends Dhcpv6Option permits RapidCommit, ReconfigureAccept {
    @Override
    default int bodyLength() {
        return 0;
    }

    @Override
    default void encodeBody(ByteBuf out) {}
}
