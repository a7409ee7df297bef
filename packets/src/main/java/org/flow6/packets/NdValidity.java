package org.flow6.packets;

import java.util.List;

/** The rules that the receivers of all Neighbor Discovery messages check (RFC 4861 §6.1, §7.1, §8.1; RFC 3122 §4.3). */
final class NdValidity {
    private static final int HOP_LIMIT = 255;

    private NdValidity() {}

    /** The message of a packet that can carry Neighbor Discovery, if it is of that kind. */
    static <M extends NdMessage> Decoded<M> receive(Ipv6 packet, Class<M> kind) {
        if (!packet.nextHeader().equals(NextHeader.ICMPV6)) {
            return Decoded.malformed(MalformedReason.NOT_ICMPV6);
        }
        if (packet.fragment().isPresent()) {
            return Decoded.malformed(MalformedReason.ND_FRAGMENTED);
        }
        if (packet.hopLimit() != HOP_LIMIT) {
            return Decoded.malformed(MalformedReason.ND_HOP_LIMIT);
        }
        if (packet.source().isMulticast()) {
            return Decoded.malformed(MalformedReason.ND_SOURCE_MULTICAST);
        }
        return Icmpv6.decode(packet)
                .then(message -> kind.isInstance(message)
                        ? Decoded.ok(kind.cast(message))
                        : Decoded.malformed(MalformedReason.ICMPV6_TYPE));
    }

    /** Likewise, of those that only routers send: from a link-local address. */
    static <M extends NdMessage> Decoded<M> receiveFromRouter(Ipv6 packet, Class<M> kind) {
        return receive(packet, kind)
                .then(message -> LinkLocal.includes(packet.source())
                        ? Decoded.ok(message)
                        : Decoded.malformed(MalformedReason.ND_SOURCE_NOT_LINK_LOCAL));
    }

    /** The options of a message, if its fixed part is whole and its code 0. */
    static Decoded<List<NdOption>> options(Bytes message, int fixedLength) {
        if (message.unsignedByte(1) != 0) {
            return Decoded.malformed(MalformedReason.ND_CODE);
        }
        if (message.length() < fixedLength) {
            return Decoded.malformed(MalformedReason.ND_TRUNCATED);
        }
        return NdOption.decodeAll(message.slice(fixedLength));
    }
}
