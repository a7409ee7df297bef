package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * An Ethernet II frame without its check sequence (RFC 2464 §3), with at most two VLAN tags, the outer first. The
 * payload of a decoded frame includes padding; encoding adds none, for Open vSwitch pads as it sends.
 *
 * @param type what the payload is; below 0x600 it is a length (IEEE 802.3). With fewer than two tags it cannot be a
 *     tag protocol itself.
 */
public record Ethernet(MacAddress destination, MacAddress source, List<VlanTag> tags, EthType type, Bytes payload)
        implements Encodable {
    private static final int ADDRESS_LENGTH = 6;
    private static final int ADDRESSES_LENGTH = 2 * ADDRESS_LENGTH;
    private static final int MAX_TAGS = 2;

    public Ethernet {
        tags = List.copyOf(tags);
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException("more than two VLAN tags: " + tags);
        }
        if (tags.size() < MAX_TAGS && VlanTag.isTagProtocol(type)) {
            throw new IllegalArgumentException("a VLAN tag as type " + type + ", after the tags " + tags);
        }
    }

    /** An untagged frame that carries an IPv6 packet. */
    public static Ethernet of(MacAddress destination, MacAddress source, Ipv6 packet) {
        return new Ethernet(destination, source, List.of(), EthType.IPv6, packet.encode());
    }

    /** An untagged frame that carries an IPv4 packet. */
    public static Ethernet of(MacAddress destination, MacAddress source, Ipv4 packet) {
        return new Ethernet(destination, source, List.of(), EthType.IPv4, packet.encode());
    }

    /** Decodes what is readable; the buffer's indices stay as they are. */
    public static Decoded<Ethernet> decode(ByteBuf frame) {
        return decode(Bytes.copyOf(frame));
    }

    public static Decoded<Ethernet> decode(Bytes frame) {
        if (frame.length() < ADDRESSES_LENGTH + Short.BYTES) {
            return Decoded.malformed(MalformedReason.ETHERNET_TRUNCATED);
        }
        List<VlanTag> tags = new ArrayList<>(MAX_TAGS);
        int at = ADDRESSES_LENGTH;
        EthType type = EthType.of(frame.unsignedShort(at));
        while (tags.size() < MAX_TAGS && VlanTag.isTagProtocol(type)) {
            if (frame.length() < at + VlanTag.LENGTH + Short.BYTES) {
                return Decoded.malformed(MalformedReason.ETHERNET_TRUNCATED);
            }
            tags.add(VlanTag.ofControl(type, frame.unsignedShort(at + 2)));
            at += VlanTag.LENGTH;
            type = EthType.of(frame.unsignedShort(at));
        }
        return Decoded.ok(new Ethernet(
                frame.macAddress(0), frame.macAddress(ADDRESS_LENGTH), tags, type, frame.slice(at + Short.BYTES)));
    }

    @Override
    public int length() {
        return ADDRESSES_LENGTH + tags.size() * VlanTag.LENGTH + Short.BYTES + payload.length();
    }

    @Override
    public void encode(ByteBuf out) {
        destination.write6Bytes(out);
        source.write6Bytes(out);
        for (VlanTag tag : tags) {
            out.writeShort(tag.protocol().getValue());
            out.writeShort(tag.control());
        }
        out.writeShort(type.getValue());
        payload.writeTo(out);
    }
}
