package org.flow6.packets.dhcpv6;

import java.util.Optional;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;

/**
 * Decodes a message that may be within others.
 *
 * @param outer how many messages it is in. Each relay agent adds one; the hop count is 0 in the first one's and at most
 *     {@link Dhcpv6Message#HOP_COUNT_LIMIT} in the last one's, so that there are at most 9.
 */
record MessageDecoder(int outer) {
    private static final int MAX_OUTER = Dhcpv6Message.HOP_COUNT_LIMIT + 1;

    Decoded<Dhcpv6Message> decode(Bytes octets) {
        if (outer > MAX_OUTER) {
            return Decoded.malformed(MalformedReason.DHCPV6_RELAY_NESTING);
        }
        if (octets.isEmpty()) {
            return Decoded.malformed(MalformedReason.DHCPV6_TRUNCATED);
        }
        Optional<MessageType> type = MessageType.of(octets.unsignedByte(0));
        if (type.isEmpty()) {
            return Decoded.malformed(MalformedReason.DHCPV6_MESSAGE_TYPE);
        }
        return type.get().isRelay() ? relayAgent(type.get(), octets) : clientServer(type.get(), octets);
    }

    private Decoded<Dhcpv6Message> clientServer(MessageType type, Bytes octets) {
        if (octets.length() < ClientServerMessage.FIXED_LENGTH) {
            return Decoded.malformed(MalformedReason.DHCPV6_TRUNCATED);
        }
        int transactionId = (int) octets.unsignedInt(0) & ClientServerMessage.MAX_TRANSACTION_ID;
        return options()
                .decodeAll(octets.slice(ClientServerMessage.FIXED_LENGTH))
                .then(options -> Decoded.ok(new ClientServerMessage(type, transactionId, options)));
    }

    private Decoded<Dhcpv6Message> relayAgent(MessageType type, Bytes octets) {
        if (octets.length() < RelayAgentMessage.FIXED_LENGTH) {
            return Decoded.malformed(MalformedReason.DHCPV6_TRUNCATED);
        }
        int hopCount = octets.unsignedByte(1);
        if (hopCount > Dhcpv6Message.HOP_COUNT_LIMIT) {
            return Decoded.malformed(MalformedReason.DHCPV6_HOP_COUNT);
        }
        return options()
                .decodeAll(octets.slice(RelayAgentMessage.FIXED_LENGTH))
                .then(options -> Decoded.ok(
                        new RelayAgentMessage(type, hopCount, octets.ipv6Address(2), octets.ipv6Address(18), options)));
    }

    OptionDecoder options() {
        return new OptionDecoder(this, 0);
    }

    /** The decoder of messages in this one's options. */
    MessageDecoder inner() {
        return new MessageDecoder(outer + 1);
    }
}
