package org.flow6.packets.dhcpv6;

import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Encodable;
import org.flow6.packets.Udp;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A DHCPv6 message, the payload of a UDP datagram (RFC 8415 §7, §8, §9). */
public sealed interface Dhcpv6Message extends Encodable, HasOptions permits ClientServerMessage, RelayAgentMessage {
    /** The UDP port of clients (RFC 8415 §7.2). */
    int CLIENT_PORT = 546;

    /** The UDP port of servers and relay agents (RFC 8415 §7.2). */
    int SERVER_PORT = 547;

    /** Where clients reach the servers and relay agents of their link (RFC 8415 §7.1). */
    IPv6Address ALL_RELAY_AGENTS_AND_SERVERS = IPv6Address.of("ff02::1:2");

    /** Where relay agents reach the servers of their site (RFC 8415 §7.1). */
    IPv6Address ALL_SERVERS = IPv6Address.of("ff05::1:3");

    /** Relay agents pass nothing on that so many of them have relayed (RFC 8415 §7.6, §19.1.2). */
    int HOP_COUNT_LIMIT = 8;

    MessageType type();

    /** Decodes the payload of a datagram, whatever its ports. */
    static Decoded<Dhcpv6Message> decode(Udp datagram) {
        return decode(datagram.payload());
    }

    /**
     * Decodes a message: its structure, and that of its options and the messages and options in them. Which options a
     * type of message may have is for its receiver (RFC 8415 §16, appendix B).
     */
    static Decoded<Dhcpv6Message> decode(Bytes octets) {
        return new MessageDecoder(0).decode(octets);
    }
}
