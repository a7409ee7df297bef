package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

class MessageTest {
    private static final IPv6Address LINK = IPv6Address.of("2001:db8::1");
    private static final IPv6Address PEER = IPv6Address.of("fe80::a");
    private static final String ADDRESSES = "20010db8000000000000000000000001" + "fe80000000000000000000000000000a";
    private static final ClientServerMessage SOLICIT = new ClientServerMessage(MessageType.SOLICIT, 1, List.of());

    private static void refuses(MalformedReason reason, String octets) {
        assertThat(Dhcpv6Message.decode(Bytes.ofHex(octets))).isEqualTo(Decoded.malformed(reason));
    }

    private static Dhcpv6Message relayed(int times) {
        Dhcpv6Message message = SOLICIT;
        for (int hops = 0; hops < times; hops++) {
            message = new RelayAgentMessage(
                    MessageType.RELAY_FORWARD, Math.min(hops, 8), LINK, PEER, List.of(new RelayMessage(message)));
        }
        return message;
    }

    /** Octets made by scapy. */
    @Test
    void readsAndWritesAClientsMessage() {
        Bytes octets = Bytes.ofHex("011234560001000a0003000102000000000a000e0000");
        ClientServerMessage message = new ClientServerMessage(
                MessageType.SOLICIT,
                0x123456,
                List.of(new ClientId(Duid.linkLayer(MacAddress.of("02:00:00:00:00:0a"))), new RapidCommit()));
        assertThat(Dhcpv6Message.decode(octets)).isEqualTo(Decoded.ok(message));
        assertThat(message.encode()).isEqualTo(octets);
    }

    /** Octets made by scapy. */
    @Test
    void readsAndWritesARelayAgentsMessage() {
        Bytes octets = Bytes.ofHex("0c00" + ADDRESSES + "0009000401000001");
        RelayAgentMessage message =
                new RelayAgentMessage(MessageType.RELAY_FORWARD, 0, LINK, PEER, List.of(new RelayMessage(SOLICIT)));
        assertThat(Dhcpv6Message.decode(octets)).isEqualTo(Decoded.ok(message));
        assertThat(message.encode()).isEqualTo(octets);
        assertThat(message.relayed()).contains(SOLICIT);
    }

    @Test
    void knowsTheTypesOfTheRfc() {
        for (int value = 1; value <= 11; value++) {
            MessageType type = MessageType.of(value).orElseThrow();
            assertThat(type.value()).isEqualTo(value);
            assertThat(type.isRelay()).isFalse();
            assertThat(Dhcpv6Message.decode(Bytes.ofHex("%02xffffff".formatted(value))))
                    .isEqualTo(Decoded.ok(new ClientServerMessage(type, 0xffffff, List.of())));
        }
        assertThat(MessageType.RELAY_FORWARD.value()).isEqualTo(12);
        assertThat(MessageType.RELAY_REPLY.value()).isEqualTo(13);
        for (String type : List.of("00", "0e", "ff")) {
            refuses(MalformedReason.DHCPV6_MESSAGE_TYPE, type + "000001");
        }
    }

    @Test
    void refusesWhatIsNotWhole() {
        for (String octets : List.of("", "01", "010000", "0c", "0c00" + ADDRESSES.substring(2))) {
            refuses(MalformedReason.DHCPV6_TRUNCATED, octets);
        }
        for (String options : List.of("00", "0008", "000800", "00080002", "0008000200", "0008ffff00", "000e00000008")) {
            refuses(MalformedReason.DHCPV6_OPTION_TRUNCATED, "01000001" + options);
        }
    }

    @Test
    void refusesMoreHopsThanAgentsMake() {
        refuses(MalformedReason.DHCPV6_HOP_COUNT, "0c09" + ADDRESSES);
        refuses(MalformedReason.DHCPV6_HOP_COUNT, "0dff" + ADDRESSES);
        assertThat(Dhcpv6Message.decode(Bytes.ofHex("0c08" + ADDRESSES))).isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void refusesMoreAgentsThanTheLimit() {
        assertThat(Dhcpv6Message.decode(relayed(9).encode())).isEqualTo(Decoded.ok(relayed(9)));
        for (int times : List.of(10, 11, 1000)) {
            assertThat(Dhcpv6Message.decode(relayed(times).encode()))
                    .isEqualTo(Decoded.malformed(MalformedReason.DHCPV6_RELAY_NESTING));
        }
    }

    @Test
    void refusesAMalformedMessageWithin() {
        refuses(MalformedReason.DHCPV6_TRUNCATED, "0c00" + ADDRESSES + "00090000");
        refuses(MalformedReason.DHCPV6_MESSAGE_TYPE, "0c00" + ADDRESSES + "000900040e000001");
    }

    @Test
    void keepsRepeatedOptionsAndTakesTheFirst() {
        List<Dhcpv6Option> options = List.of(new Preference(1), new RapidCommit(), new Preference(2));
        ClientServerMessage message = new ClientServerMessage(MessageType.ADVERTISE, 0, options);
        assertThat(Dhcpv6Message.decode(message.encode())).isEqualTo(Decoded.ok(message));
        assertThat(message.option(Preference.class)).contains(new Preference(1));
        assertThat(message.options(Preference.class)).containsExactly(new Preference(1), new Preference(2));
        assertThat(message.option(ServerId.class)).isEmpty();
        assertThat(message.has(RapidCommit.class)).isTrue();
        assertThat(message.has(ServerId.class)).isFalse();
        assertThat(message.options(EmptyOption.class)).containsExactly(new RapidCommit());
    }

    @Test
    void refusesToBeMadeOfWhatHasNoForm() {
        List<Dhcpv6Option> none = List.of();
        assertThatThrownBy(() -> new ClientServerMessage(MessageType.RELAY_REPLY, 0, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientServerMessage(MessageType.REPLY, 1 << 24, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RelayAgentMessage(MessageType.REPLY, 0, LINK, PEER, none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RelayAgentMessage(MessageType.RELAY_REPLY, 9, LINK, PEER, none))
                .isInstanceOf(IllegalArgumentException.class);
        Dhcpv6Option tooLong = new InterfaceId(Bytes.of(new byte[65536]));
        assertThatThrownBy(() -> new ClientServerMessage(MessageType.REPLY, 0, List.of(tooLong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option 18 of 65536 octets");
    }
}
