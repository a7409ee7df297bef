package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DomainNameTest {
    private static final String LAB = "036c6162076578616d706c65036f726700";

    private static void assertMalformed(String octets, MalformedReason reason) {
        assertThat(DomainName.decodeAll(Bytes.ofHex(octets))).isEqualTo(Decoded.malformed(reason));
    }

    @Test
    void encodesLabels() {
        DomainName name = DomainName.of("lab.example.org");
        assertThat(name.encode()).isEqualTo(Bytes.ofHex(LAB));
        assertThat(name.length()).isEqualTo(17);
        assertThat(name).hasToString("lab.example.org");
        assertThat(DomainName.of("lab.example.org.")).isEqualTo(name);
        assertThat(DomainName.of("_sip._udp.xn--bcher-kva.example").labels()).hasSize(4);
    }

    @Test
    void decodesAsManyAsThereAre() {
        DomainName name = DomainName.of("lab.example.org");
        assertThat(DomainName.decodeAll(Bytes.ofHex(LAB + "016100" + LAB)))
                .isEqualTo(Decoded.ok(List.of(name, DomainName.of("a"), name)));
        assertThat(DomainName.decodeAll(Bytes.EMPTY)).isEqualTo(Decoded.ok(List.of()));
    }

    /** Names on the wire have labels of any octets (RFC 2181 §11). */
    @Test
    void keepsAnyOctets() {
        Bytes octets = Bytes.ofHex("06" + "612e5c00ff20" + "00");
        DomainName name = DomainName.decodeAll(octets).orElseThrow().get(0);
        assertThat(name.encode()).isEqualTo(octets);
        assertThat(name).hasToString("a\\.\\\\\\000\\255\\032");
    }

    @Test
    void discardsWhatIsNoName() {
        assertMalformed("0361", MalformedReason.DOMAIN_NAME_TRUNCATED);
        assertMalformed("0161", MalformedReason.DOMAIN_NAME_TRUNCATED);
        assertMalformed("00", MalformedReason.DOMAIN_NAME_EMPTY);
        assertMalformed("01610000", MalformedReason.DOMAIN_NAME_EMPTY);
        assertMalformed("0161c000", MalformedReason.DOMAIN_NAME_COMPRESSED);
        assertMalformed("40" + "61".repeat(64) + "00", MalformedReason.DOMAIN_NAME_COMPRESSED);
        assertMalformed("0161".repeat(127) + "016100", MalformedReason.DOMAIN_NAME_LENGTH);
    }

    @Test
    void takesNamesUpToTheLimits() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);
        assertThat(DomainName.of(longest).length()).isEqualTo(255);
        assertThat(DomainName.decodeAll(DomainName.of(longest).encode()).orElseThrow())
                .containsExactly(DomainName.of(longest));
        assertThatThrownBy(() -> DomainName.of(longest + "a")).hasMessageContaining("256 octets");
        assertThatThrownBy(() -> DomainName.of(label + "a.org")).hasMessageContaining("63 characters");
    }

    @Test
    void refusesOtherText() {
        for (String text : List.of("", ".", "a..b", ".a", "a b", "-a", "a-", "a.b!")) {
            assertThatThrownBy(() -> DomainName.of(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("domain name " + text);
        }
        assertThatThrownBy(() -> DomainName.of("bücher.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bücher.example")
                .hasMessageContaining("xn--");
        assertThatThrownBy(() -> new DomainName(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DomainName(List.of(Bytes.EMPTY))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decodesWhatItEncodes() {
        SplittableRandom random = new SplittableRandom(1035);
        for (int i = 0; i < 5_000; i++) {
            List<DomainName> names = new ArrayList<>();
            byte[] octets = new byte[0];
            for (int n = random.nextInt(4); n > 0; n--) {
                List<Bytes> labels = new ArrayList<>();
                for (int l = random.nextInt(1, 4); l > 0; l--) {
                    byte[] label = new byte[random.nextInt(1, 64)];
                    random.nextBytes(label);
                    labels.add(Bytes.of(label));
                }
                names.add(new DomainName(labels));
                octets = concat(octets, new DomainName(labels).encode().toByteArray());
            }
            assertThat(DomainName.decodeAll(Bytes.of(octets))).isEqualTo(Decoded.ok(names));
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
