package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.DomainName;
import org.flow6.packets.MalformedReason;
import org.junit.jupiter.api.Test;

class ClientFqdnTest {
    private static List<Bytes> labels(String... labels) {
        return Stream.of(labels)
                .map(label -> Bytes.of(label.getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    private static void reads(String body, ClientFqdn option) {
        assertThat(ClientFqdn.decode(Bytes.ofHex(body))).isEqualTo(Decoded.ok(option));
        assertThat(option.bodyLength()).isEqualTo(body.length() / 2);
    }

    private static void refuses(String name) {
        assertThat(ClientFqdn.decode(Bytes.ofHex("01" + name)))
                .isEqualTo(Decoded.malformed(MalformedReason.DHCPV6_CLIENT_FQDN));
    }

    /** Octets made by scapy. */
    @Test
    void readsAndWritesAWholeName() {
        ClientFqdn option = new ClientFqdn(true, false, true, labels("host", "example"), true);
        reads("0504686f7374076578616d706c6500", option);
        assertThat(option.encode()).hasToString("0027000f0504686f7374076578616d706c6500");
        assertThat(option.domainName()).contains(DomainName.of("host.example"));
    }

    @Test
    void readsAPartOfANameOrNone() {
        ClientFqdn part = new ClientFqdn(false, true, false, labels("host"), false);
        reads("0204686f7374", part);
        assertThat(part.domainName()).isEmpty();
        reads("00", new ClientFqdn(false, false, false, List.of(), false));
    }

    @Test
    void ignoresBitsThatMustBeZero() {
        assertThat(ClientFqdn.decode(Bytes.ofHex("f9")))
                .isEqualTo(Decoded.ok(new ClientFqdn(true, false, false, List.of(), false)));
    }

    @Test
    void readsNamesUpToTheirLimit() {
        String name = "3f" + "61".repeat(63);
        reads("00" + name.repeat(3) + "3d" + "61".repeat(61) + "00", longest(true));
        reads("00" + name.repeat(3) + "3d" + "61".repeat(61), longest(false));
        refuses(name.repeat(3) + "3e" + "61".repeat(62));
        refuses(name.repeat(4) + "00");
    }

    private static ClientFqdn longest(boolean fullyQualified) {
        String label = "a".repeat(63);
        return new ClientFqdn(false, false, false, labels(label, label, label, "a".repeat(61)), fullyQualified);
    }

    @Test
    void refusesWhatIsNoName() {
        refuses("05686f7374");
        refuses("00");
        refuses("04686f73740000");
        refuses("04686f73740004686f7374");
        refuses("40" + "61".repeat(64));
        refuses("c000");
    }

    @Test
    void refusesToBeMadeOfWhatHasNoForm() {
        assertThatThrownBy(() -> new ClientFqdn(false, false, false, List.of(), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientFqdn(false, false, false, labels(""), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientFqdn(false, false, false, labels("a".repeat(64)), false))
                .isInstanceOf(IllegalArgumentException.class);
        String label = "a".repeat(63);
        assertThatThrownBy(() -> new ClientFqdn(false, false, false, labels(label, label, label, label), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
