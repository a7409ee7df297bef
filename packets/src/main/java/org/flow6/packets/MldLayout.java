package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What the messages of both versions of Multicast Listener Discovery have in common on the wire. */
final class MldLayout {
    static final int GROUP = 8;
    static final int V1_LENGTH = GROUP + IPv6Address.LENGTH;

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
}
