package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;

/** Whatever arrives, decoding returns; and what it accepts, encoding reproduces. */
class Dhcpv6FuzzTest {
    @FuzzTest(maxDuration = "1m")
    void decodesAnything(byte[] octets) {
        if (Dhcpv6Message.decode(Bytes.of(octets)) instanceof Decoded.Ok<Dhcpv6Message> ok) {
            Bytes encoded = ok.value().encode();
            assertThat(encoded.length()).isEqualTo(octets.length);
            assertThat(encoded.length()).isEqualTo(ok.value().length());
            assertThat(Dhcpv6Message.decode(encoded)).isEqualTo(ok);
        }
    }
}
