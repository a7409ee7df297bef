package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826). What follows it is padding.
 *
 * @param operation 1 for a request, 2 for a reply; 0 to 65535
 */
public record Arp(
        int operation, MacAddress senderMac, IPv4Address senderAddress, MacAddress targetMac, IPv4Address targetAddress)
        implements Encodable {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int LENGTH = 28;
    private static final int HARDWARE_ETHERNET = 1;
    /** Octets of a MAC address and of an IPv4 address. */
    private static final int ADDRESS_LENGTHS = 0x0604;

    public Arp {
        if (operation < 0 || operation > 0xffff) {
            throw new IllegalArgumentException("ARP operation " + operation);
        }
    }

    /** The question who has an address. */
    public static Arp request(MacAddress senderMac, IPv4Address senderAddress, IPv4Address targetAddress) {
        return new Arp(REQUEST, senderMac, senderAddress, MacAddress.NONE, targetAddress);
    }

    /** Tells all who listen that an address is at a MAC address (RFC 5227 §2.3). */
    public static Ethernet announcement(IPv4Address address, MacAddress mac) {
        return request(mac, address, address).in(MacAddress.BROADCAST, mac);
    }

    /** In an untagged frame. */
    public Ethernet in(MacAddress destination, MacAddress source) {
        return new Ethernet(destination, source, List.of(), EthType.ARP, encode());
    }

    public static Decoded<Arp> decode(Ethernet frame) {
        return frame.type().equals(EthType.ARP) ? decode(frame.payload()) : Decoded.malformed(MalformedReason.NOT_ARP);
    }

    public static Decoded<Arp> decode(Bytes packet) {
        if (packet.length() < LENGTH) {
            return Decoded.malformed(MalformedReason.ARP_TRUNCATED);
        }
        if (packet.unsignedShort(0) != HARDWARE_ETHERNET
                || packet.unsignedShort(2) != EthType.IPv4.getValue()
                || packet.unsignedShort(4) != ADDRESS_LENGTHS) {
            return Decoded.malformed(MalformedReason.ARP_TYPES);
        }
        return Decoded.ok(new Arp(
                packet.unsignedShort(6),
                packet.macAddress(8),
                IPv4Address.of((int) packet.unsignedInt(14)),
                packet.macAddress(18),
                IPv4Address.of((int) packet.unsignedInt(24))));
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeShort(HARDWARE_ETHERNET);
        out.writeShort(EthType.IPv4.getValue());
        out.writeShort(ADDRESS_LENGTHS);
        out.writeShort(operation);
        senderMac.write6Bytes(out);
        out.writeInt(senderAddress.getInt());
        targetMac.write6Bytes(out);
        out.writeInt(targetAddress.getInt());
    }
}
