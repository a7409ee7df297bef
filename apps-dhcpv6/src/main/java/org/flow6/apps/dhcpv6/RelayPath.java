package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.InterfaceId;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientLinkLayerAddress;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.RelayAgentMessage;
import org.flow6.packets.dhcpv6.RelayMessage;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * The relay agents that a client's message came by, and its answer goes back by (RFC 8415 §19).
 *
 * @param relays that of the client's link last
 */
record RelayPath(List<RelayAgentMessage> relays, ClientServerMessage message) {
    private static final int ETHERNET = 1;
    private static final int LINK_LAYER_TIME_HEADER = 8;
    private static final int LINK_LAYER_HEADER = 4;
    private static final int MAC_LENGTH = 6;

    /** Takes a message out of all it is in; empty if there is none that a client may have sent. */
    static Optional<RelayPath> of(RelayAgentMessage outer) {
        List<RelayAgentMessage> relays = new ArrayList<>();
        Optional<Dhcpv6Message> inner = Optional.of(outer);
        while (inner.isPresent() && inner.get() instanceof RelayAgentMessage relay) {
            if (relay.type() != MessageType.RELAY_FORWARD) {
                return Optional.empty();
            }
            relays.add(relay);
            inner = relay.relayed();
        }
        return inner.map(message -> new RelayPath(List.copyOf(relays), (ClientServerMessage) message));
    }

    /** An address of the client's link: of the relay agent next to it that gives one (§13.1, RFC 6221 §5.3.1). */
    Optional<IPv6Address> linkAddress() {
        for (int i = relays.size() - 1; i >= 0; i--) {
            IPv6Address address = relays.get(i).linkAddress();
            if (!address.isUnspecified()) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** What may be the client's MAC address, the surest first: RFC 6939, the DUID, the address it sent from. */
    List<MacAddress> clientMacs() {
        RelayAgentMessage next = relays.get(relays.size() - 1);
        Optional<MacAddress> seen = next.option(ClientLinkLayerAddress.class).flatMap(ClientLinkLayerAddress::mac);
        if (seen.isPresent()) {
            return List.of(seen.get());
        }
        List<MacAddress> macs = new ArrayList<>();
        message.option(ClientId.class).flatMap(id -> mac(id.duid())).ifPresent(macs::add);
        mac(next.peerAddress()).ifPresent(macs::add);
        return macs;
    }

    /** The MAC address that a DUID-LLT or DUID-LL is made of (§11.2, §11.4). */
    private static Optional<MacAddress> mac(Duid duid) {
        int header =
                switch (duid.type()) {
                    case Duid.LINK_LAYER_TIME -> LINK_LAYER_TIME_HEADER;
                    case Duid.LINK_LAYER -> LINK_LAYER_HEADER;
                    default -> 0;
                };
        return header > 0
                        && duid.length() == header + MAC_LENGTH
                        && duid.octets().unsignedShort(2) == ETHERNET
                ? Optional.of(duid.octets().macAddress(header))
                : Optional.empty();
    }

    /** The MAC address that a link-local address is made of (RFC 4291 appendix A). */
    private static Optional<MacAddress> mac(IPv6Address address) {
        byte[] octets = address.getBytes();
        byte[] mac = {(byte) (octets[8] ^ 2), octets[9], octets[10], octets[13], octets[14], octets[15]};
        MacAddress candidate = MacAddress.of(mac);
        return LinkLocal.includes(address)
                        && InterfaceId.eui64(candidate).under(address).equals(address)
                ? Optional.of(candidate)
                : Optional.empty();
    }

    /** The answer for the client in one for each relay agent, each with its own Interface-Id (§19.3). */
    RelayAgentMessage wrap(ClientServerMessage answer) {
        Dhcpv6Message inner = answer;
        for (int i = relays.size() - 1; i > 0; i--) {
            inner = wrap(relays.get(i), inner);
        }
        return wrap(relays.get(0), inner);
    }

    private static RelayAgentMessage wrap(RelayAgentMessage relay, Dhcpv6Message inner) {
        List<Dhcpv6Option> options = new ArrayList<>();
        relay.option(org.flow6.packets.dhcpv6.InterfaceId.class).ifPresent(options::add);
        options.add(new RelayMessage(inner));
        return new RelayAgentMessage(
                MessageType.RELAY_REPLY, relay.hopCount(), relay.linkAddress(), relay.peerAddress(), options);
    }
}
