package org.flow6.packets;

import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

/** ICMPv6 that the records do not make, but whose checksum holds. */
final class NdRaw {
    private NdRaw() {}

    static Ipv6 packet(int hopLimit, IPv6Address source, IPv6Address destination, int type, int code, String body) {
        Bytes blank = Bytes.ofHex("%02x%02x0000%s".formatted(type, code, body));
        int checksum = new PseudoHeader(source, destination, NextHeader.ICMPV6).checksum(blank);
        Bytes message = Bytes.ofHex("%02x%02x%04x%s".formatted(type, code, checksum, body));
        return new Ipv6(0, IPv6FlowLabel.NONE, NextHeader.ICMPV6, hopLimit, source, destination, List.of(), message);
    }

    /** Decodes octets as a message of that type, with a checksum that holds. */
    static Decoded<Icmpv6> decode(int type, Bytes octets) {
        IPv6Address any = LinkLocalMulticast.ALL_NODES;
        String body = octets.slice(Icmpv6.HEADER_LENGTH).toString();
        return Icmpv6.decode(packet(255, any, any, type, octets.unsignedByte(1), body));
    }
}
