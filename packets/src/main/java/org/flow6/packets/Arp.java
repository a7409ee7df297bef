package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** An ARP packet of Ethernet and IPv4, to be sent (RFC 826). */
public record Arp(
        int operation, MacAddress senderMac, IPv4Address senderAddress, MacAddress targetMac, IPv4Address targetAddress)
        implements Encodable {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int LENGTH = 28;
    private static final int ETHERNET = 1;

    /** Tells all who listen that an address is at a MAC address (RFC 5227 §2.3). */
    public static Ethernet announcement(IPv4Address address, MacAddress mac) {
        Arp arp = new Arp(REQUEST, mac, address, MacAddress.NONE, address);
        return new Ethernet(MacAddress.BROADCAST, mac, List.of(), EthType.ARP, arp.encode());
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeShort(ETHERNET)
                .writeShort(EthType.IPv4.getValue())
                .writeByte(MacAddress.BROADCAST.getLength())
                .writeByte(IPv4Address.NO_MASK.getLength())
                .writeShort(operation);
        senderMac.write6Bytes(out);
        out.writeInt(senderAddress.getInt());
        targetMac.write6Bytes(out);
        out.writeInt(targetAddress.getInt());
    }
}
