package org.flow6.apps.dhcpv6;

import java.util.List;
import org.flow6.flow.DropReason;
import org.flow6.packets.MalformedReason;

/** Why messages to the server are dropped. */
final class Dhcpv6Drop {
    static final DropReason MALFORMED = new DropReason(
            50, "dhcpv6-malformed", "wrong lengths, checksum, options or nesting (RFC 8415 §8, §9, §21)");
    static final DropReason MESSAGE_TYPE =
            new DropReason(51, "dhcpv6-message-type", "no message that clients or relay agents send (RFC 8415 §16)");
    static final DropReason NO_CLIENT_ID =
            new DropReason(52, "dhcpv6-no-client-id", "without Client Identifier (RFC 8415 §16.2 to §16.9)");
    static final DropReason SERVER_ID = new DropReason(
            53, "dhcpv6-server-id", "names a server where it must name none (RFC 8415 §16.2, §16.5, §16.7)");
    static final DropReason NO_SERVER_ID = new DropReason(
            54, "dhcpv6-no-server-id", "names no server where it must (RFC 8415 §16.4, §16.6, §16.8, §16.9)");
    static final DropReason OTHER_SERVER =
            new DropReason(55, "dhcpv6-other-server", "for another server (RFC 8415 §16.4 to §16.12)");
    static final DropReason UNICAST =
            new DropReason(56, "dhcpv6-unicast", "to the server's address where it must be multicast (RFC 8415 §16)");
    static final DropReason UNDECIDED = new DropReason(
            57, "dhcpv6-undecided", "a Confirm that the server cannot tell anything about (RFC 8415 §18.3.3)");
    static final DropReason INFORMATION_IA =
            new DropReason(58, "dhcpv6-information-ia", "an Information-request for addresses (RFC 8415 §16.12)");
    static final DropReason RELAY_UNTRUSTED =
            new DropReason(59, "dhcpv6-relay-untrusted", "a relay agent behind a port with port security");
    static final DropReason RELAY_LINK =
            new DropReason(60, "dhcpv6-relay-link", "relayed from a link that is not served (RFC 8415 §13.1)");
    static final DropReason RELAY_CLIENT =
            new DropReason(61, "dhcpv6-relay-client", "relayed for a client that no port is known of");
    static final DropReason RELAY_MALFORMED =
            new DropReason(62, "dhcpv6-relay-malformed", "relayed, without a client's message (RFC 8415 §19.1)");
    static final DropReason SOURCE =
            new DropReason(63, "dhcpv6-source", "from an address that cannot be answered to (RFC 8415 §18.2)");
    static final DropReason TAGGED =
            new DropReason(64, "dhcpv6-tagged", "in a VLAN of the port's own, which is not of the network");
    static final DropReason OTHER_PORT =
            new DropReason(65, "dhcpv6-other-port", "fragments to the server that are not to port 547");
    static final DropReason NOT_SERVED =
            new DropReason(66, "dhcpv6-not-served", "its network has just lost its DHCPv6 server");

    static final List<DropReason> ALL = List.of(
            MALFORMED,
            MESSAGE_TYPE,
            NO_CLIENT_ID,
            SERVER_ID,
            NO_SERVER_ID,
            OTHER_SERVER,
            UNICAST,
            UNDECIDED,
            INFORMATION_IA,
            RELAY_UNTRUSTED,
            RELAY_LINK,
            RELAY_CLIENT,
            RELAY_MALFORMED,
            SOURCE,
            TAGGED,
            OTHER_PORT,
            NOT_SERVED);

    private Dhcpv6Drop() {}

    static DropReason of(MalformedReason reason) {
        return reason == MalformedReason.DHCPV6_MESSAGE_TYPE ? MESSAGE_TYPE : MALFORMED;
    }
}
