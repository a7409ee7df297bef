package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;

/** An option that is text in UTF-8. */
public sealed interface TextOption extends Dhcpv6Option permits BootfileUrl, CaptivePortal {
    /** At most 65535 octets in UTF-8, none of them a zero at the end. */
    String text();

    @Override
    default int bodyLength() {
        return Text.encode(text()).length();
    }

    @Override
    default void encodeBody(ByteBuf out) {
        Text.encode(text()).writeTo(out);
    }
}
