package org.flow6.packets;

import java.util.List;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

/**
 * Packets that routers look at though they are not for them, by an option of value 0 (RFC 2711 §2.1), and that leave no
 * link: multicast listeners' and multicast routers' (RFC 3810 §5, RFC 4286 §3.2).
 */
public final class RouterAlert {
    private static final int PAD1 = 0;
    private static final int ROUTER_ALERT = 5;

    /** The option, and two octets of padding. */
    private static final HopByHop HEADER = new HopByHop(Bytes.ofHex("050200000100"));

    private RouterAlert() {}

    /** The packet that carries a message, of hop limit 1. */
    public static Ipv6 packet(IPv6Address source, IPv6Address destination, Icmpv6 message) {
        return new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                NextHeader.ICMPV6,
                1,
                source,
                destination,
                List.of(HEADER),
                message.encode(source, destination));
    }

    /** Whether the packet has the option. */
    static boolean isOn(Ipv6 packet) {
        if (packet.extensions().isEmpty() || !(packet.extensions().get(0) instanceof HopByHop header)) {
            return false;
        }
        Bytes options = header.options();
        int at = 0;
        while (at + 1 < options.length()) {
            int type = options.unsignedByte(at);
            if (type == PAD1) {
                at++;
                continue;
            }
            int length = options.unsignedByte(at + 1);
            if (type == ROUTER_ALERT && length == 2 && at + 4 <= options.length()) {
                return options.unsignedShort(at + 2) == 0;
            }
            at += 2 + length;
        }
        return false;
    }
}
