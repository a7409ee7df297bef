package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpProtocolsTest {
    @ParameterizedTest
    @CsvSource({
        "tcp, 6",
        "UDP, 17",
        "icmp, 1",
        "icmpv6, 58",
        "ipv6-icmp, 58",
        "hopopt, 0",
        "any, -1",
        "ip, -1",
        "0, 0",
        "58, 58",
        "255, 255"
    })
    void areKnownByNameAndNumber(String text, int number) {
        assertThat(IpProtocols.parse(text)).isEqualTo(OptionalInt.of(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "256", "-1", "+6", "6.0", "1000", "none", "tcp ", "٦"})
    void areNothingElse(String text) {
        assertThat(IpProtocols.parse(text)).isEmpty();
    }

    @Test
    void haveIcmpOfTheFamily() {
        assertThat(IpProtocols.within(1, true)).isEqualTo(58);
        assertThat(IpProtocols.within(1, false)).isEqualTo(1);
        assertThat(IpProtocols.within(58, false)).isEqualTo(58);
        assertThat(IpProtocols.isIcmp(58) && IpProtocols.isIcmp(1) && !IpProtocols.isIcmp(6))
                .isTrue();
    }

    @Test
    void haveNames() {
        assertThat(IpProtocols.names()).contains("tcp", "any", "vrrp").hasSize(26);
        assertThat(IpProtocols.names())
                .allSatisfy(name -> assertThat(IpProtocols.parse(name)).isPresent());
    }
}
