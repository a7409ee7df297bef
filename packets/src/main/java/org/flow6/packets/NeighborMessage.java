package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What solicitation and advertisement have in common: 32 bits of flags or none, the target, options (RFC 4861 §4.3,
 * §4.4), and the first of the rules that a receiver checks (§7.1.1, §7.1.2).
 */
final class NeighborMessage {
    /** Where the target is, from the message's start. */
    static final int TARGET = 8;

    private static final int FIXED_LENGTH = TARGET + IPv6Address.LENGTH;
    private static final int HOP_LIMIT = 255;

    private NeighborMessage() {}

    /** The ICMPv6 message of a packet that can carry Neighbor Discovery. */
    static Decoded<Icmpv6> receive(Ipv6 packet) {
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
        return Icmpv6.decode(packet);
    }

    /** The options of a message, if its fixed part is whole and its code 0. */
    static Decoded<List<NdOption>> options(Bytes message) {
        if (message.unsignedByte(1) != 0) {
            return Decoded.malformed(MalformedReason.ND_CODE);
        }
        if (message.length() < FIXED_LENGTH) {
            return Decoded.malformed(MalformedReason.ND_TRUNCATED);
        }
        return NdOption.decodeAll(message.slice(FIXED_LENGTH));
    }

    static int length(List<NdOption> options) {
        int length = FIXED_LENGTH;
        for (NdOption option : options) {
            length += option.length();
        }
        return length;
    }

    static void encodeBody(ByteBuf out, long flags, IPv6Address target, List<NdOption> options) {
        out.writeInt((int) flags);
        target.write16Bytes(out);
        for (NdOption option : options) {
            option.encode(out);
        }
    }
}
