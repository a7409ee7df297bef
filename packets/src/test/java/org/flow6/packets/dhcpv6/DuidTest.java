package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.MalformedReason;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.MacAddress;

class DuidTest {
    private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0a");

    /** Octets made by scapy. */
    @Test
    void isMadeAsScapyMakesIt() {
        assertThat(Duid.linkLayerTime(MAC, 0x1b000000)).hasToString("000100011b00000002000000000a");
        assertThat(Duid.enterprise(9, Bytes.ofHex("0cc084d3"))).hasToString("0002000000090cc084d3");
        assertThat(Duid.linkLayer(MAC)).hasToString("0003000102000000000a");
        assertThat(Duid.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")))
                .hasToString("000400112233445566778899aabbccddeeff");
    }

    @Test
    void tellsItsType() {
        assertThat(Duid.linkLayerTime(MAC, 0).type()).isEqualTo(Duid.LINK_LAYER_TIME);
        assertThat(Duid.enterprise(9, Bytes.ofHex("00")).type()).isEqualTo(Duid.ENTERPRISE);
        assertThat(Duid.linkLayer(MAC).type()).isEqualTo(Duid.LINK_LAYER);
        assertThat(Duid.of(new UUID(0, 0)).type()).isEqualTo(Duid.UNIVERSAL);
    }

    /** Opaque: one that is no good as its type says is as good a name as any (RFC 8415 §11). */
    @Test
    void isNotLookedInto() {
        for (String octets : new String[] {"000100", "0003ffff00", "000400", "ffff00", "00".repeat(130)}) {
            Bytes bytes = Bytes.ofHex(octets);
            assertThat(Duid.decode(bytes)).isEqualTo(Decoded.ok(new Duid(bytes)));
            assertThat(new Duid(bytes).encode()).isEqualTo(bytes);
        }
    }

    @Test
    void isOf3To130Octets() {
        for (int length : new int[] {0, 1, 2, 131, 65535}) {
            Bytes octets = Bytes.of(new byte[length]);
            assertThat(Duid.decode(octets)).isEqualTo(Decoded.malformed(MalformedReason.DHCPV6_DUID_LENGTH));
            assertThatThrownBy(() -> new Duid(octets)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Duid.enterprise(9, Bytes.of(new byte[125])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
