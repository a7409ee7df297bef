package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/** An option that is a duration. */
public sealed interface SecondsOption extends Dhcpv6Option permits InfMaxRt, InformationRefreshTime, SolMaxRt {
    /** 0 to 2³²−1. */
    long seconds();

    @Override
    default int bodyLength() {
        return Integer.BYTES;
    }

    @Override
    default void encodeBody(ByteBuf out) {
        out.writeInt((int) seconds());
    }
}
