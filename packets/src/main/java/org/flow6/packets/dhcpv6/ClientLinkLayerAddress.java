package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.flow6.packets.Bytes;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * The client's link-layer address, as the relay agent on its link has seen it (RFC 6939 §4).
 *
 * @param hardwareType of IANA's registry of ARP hardware types, 0 to 65535; 1 is Ethernet
 * @param address as long as the hardware type has it
 */
public record ClientLinkLayerAddress(int hardwareType, Bytes address) implements Dhcpv6Option {
    public static final int CODE = 79;

    private static final int ETHERNET = 1;
    private static final int ETHERNET_LENGTH = 6;

    public ClientLinkLayerAddress {
        Unsigned.require("hardware type", hardwareType, Short.SIZE);
    }

    /** That of an Ethernet interface. */
    public static ClientLinkLayerAddress of(MacAddress address) {
        return new ClientLinkLayerAddress(ETHERNET, Bytes.of(address.getBytes()));
    }

    static ClientLinkLayerAddress of(Bytes body) {
        return new ClientLinkLayerAddress(body.unsignedShort(0), body.slice(Short.BYTES));
    }

    /** The address, if it is an Ethernet interface's. */
    public Optional<MacAddress> mac() {
        return hardwareType == ETHERNET && address.length() == ETHERNET_LENGTH
                ? Optional.of(address.macAddress(0))
                : Optional.empty();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return Short.BYTES + address.length();
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(hardwareType);
        address.writeTo(out);
    }
}
