package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What the messages of both versions of Multicast Listener Discovery have in common on the wire. */
final class MldLayout {
    static final int GROUP = 8;
    static final int V1_LENGTH = GROUP + IPv6Address.LENGTH;

    private static final int PAD1 = 0;
    private static final int ROUTER_ALERT = 5;

    private MldLayout() {}

    /** A query's length tells its version (RFC 3810 §8.1). */
    static Decoded<Icmpv6> decodeQuery(Bytes message) {
        return message.length() == V1_LENGTH
                ? Decoded.ok(new Mld.Query(message.unsignedShort(4), message.ipv6Address(GROUP)))
                : Mldv2Query.decode(message);
    }

    /** A version 1 report or done. */
    static Decoded<Icmpv6> decode(Bytes message, Function<IPv6Address, Mld> make) {
        return message.length() < V1_LENGTH
                ? Decoded.malformed(MalformedReason.MLD_LENGTH)
                : Decoded.ok(make.apply(message.ipv6Address(GROUP)));
    }

    /** That many addresses from an index on, which must be there. */
    static List<IPv6Address> addresses(Bytes message, int at, int count) {
        List<IPv6Address> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(message.ipv6Address(at + i * IPv6Address.LENGTH));
        }
        return addresses;
    }

    /** Whether there is a Router Alert for Multicast Listener Discovery, value 0 (RFC 2711 §2.1). */
    static boolean hasRouterAlert(Ipv6 packet) {
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
