package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Where the client may send to the server alone (RFC 8415 §21.12). */
public record ServerUnicast(IPv6Address address) implements Dhcpv6Option {
    public static final int CODE = 12;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return IPv6Address.LENGTH;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        address.write16Bytes(out);
    }
}
