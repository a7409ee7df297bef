package org.flow6.apps.secgroup.groups;

import java.util.Set;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.Ipv6;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;

/** A packet in a few words: who sends what to whom. */
final class Headers {
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_OFFSET = 0x1fff;
    private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 33, 132, 136);

    private Headers() {}

    static String of(Ethernet frame) {
        if (Ipv6.decode(frame) instanceof Decoded.Ok<Ipv6> ok) {
            Ipv6 packet = ok.value();
            boolean first = packet.extensions().stream()
                    .noneMatch(header -> header instanceof Fragment fragment && fragment.offset() > 0);
            return packet.source() + " > " + packet.destination() + ", "
                    + upper(packet.nextHeader().value(), first ? packet.payload() : Bytes.EMPTY);
        }
        Bytes packet = frame.payload();
        if (frame.type().equals(EthType.IPv4) && packet.length() >= IPV4_HEADER) {
            int length = (packet.unsignedByte(0) & 0xf) * 4;
            boolean first = (packet.unsignedShort(6) & IPV4_OFFSET) == 0;
            Bytes payload =
                    first && length >= IPV4_HEADER && length <= packet.length() ? packet.slice(length) : Bytes.EMPTY;
            return ipv4(packet, 12) + " > " + ipv4(packet, 16) + ", " + upper(packet.unsignedByte(9), payload);
        }
        return frame.source() + " > " + frame.destination() + ", type " + frame.type();
    }

    private static IPv4Address ipv4(Bytes packet, int at) {
        return IPv4Address.of((int) packet.unsignedInt(at));
    }

    private static String upper(int protocol, Bytes payload) {
        String name = "protocol " + protocol;
        if (payload.length() < 4) {
            return name;
        }
        if (WITH_PORTS.contains(protocol)) {
            return name + ", ports " + payload.unsignedShort(0) + " > " + payload.unsignedShort(2);
        }
        return protocol == 1 || protocol == 58
                ? name + ", type " + payload.unsignedByte(0) + " code " + payload.unsignedByte(1)
                : name;
    }
}
