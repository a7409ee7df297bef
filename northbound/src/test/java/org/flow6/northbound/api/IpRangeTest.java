package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.flow6.network.IpPrefix;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPAddress;

class IpRangeTest {
    private static final IpRange FOUR = IpRange.of(IpPrefix.parse("192.0.2.0/24"));
    private static final IpRange SIX = IpRange.of(IpPrefix.parse("2001:db8::/64"));
    private static final IpRange HIGH = IpRange.of(IpPrefix.parse("ffff::/16"));

    private static IpRange pool(String start, String end) {
        return IpRange.of(ApiCalls.parsed("{start: '" + start + "', end: '" + end + "'}"));
    }

    @Test
    void isAllAddressesOfAPrefix() {
        assertThat(FOUR).isEqualTo(pool("192.0.2.0", "192.0.2.255"));
        assertThat(SIX).isEqualTo(pool("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"));
        assertThat(FOUR.size()).isEqualTo(256);
        assertThat(SIX.size()).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThat(IpRange.of(IpPrefix.parse("::1/128")).size()).isEqualTo(1);
    }

    @Test
    void makesAddressesOfNumbers() {
        for (String text :
                new String[] {"192.0.2.7", "::", "::1", "2001:db8::ff", "ffff:ffff::ffff", "255.255.255.255"}) {
            IPAddress<?> address = IPAddress.of(text);
            IpRange range = text.contains(":") ? SIX : FOUR;
            assertThat(range.address(IpRange.number(address)).toString()).isEqualTo(text);
        }
        assertThat(HIGH.address(HIGH.last()).toString()).isEqualTo("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    }

    @Test
    void knowsWhatItHolds() {
        assertThat(FOUR.contains(IPAddress.of("192.0.2.255"))).isTrue();
        assertThat(FOUR.contains(IPAddress.of("192.0.3.0"))).isFalse();
        assertThat(FOUR.contains(IPAddress.of("192.0.1.255"))).isFalse();
        assertThat(FOUR.contains(IPAddress.of("::c000:201"))).isFalse();
        assertThat(FOUR.contains(pool("192.0.2.0", "192.0.2.255"))).isTrue();
        assertThat(FOUR.contains(pool("192.0.2.1", "192.0.3.0"))).isFalse();
        assertThat(FOUR.contains(pool("192.0.1.255", "192.0.2.1"))).isFalse();
        assertThat(SIX.contains(FOUR)).isFalse();
    }

    @Test
    void knowsWhatItOverlaps() {
        assertThat(FOUR.overlaps(pool("192.0.2.255", "192.0.9.0"))).isTrue();
        assertThat(FOUR.overlaps(pool("192.0.1.0", "192.0.2.0"))).isTrue();
        assertThat(FOUR.overlaps(pool("192.0.1.0", "192.0.1.255"))).isFalse();
        assertThat(FOUR.overlaps(pool("192.0.3.0", "192.0.9.0"))).isFalse();
        assertThat(SIX.overlaps(FOUR)).isFalse();
    }

    @Test
    void isEmptyWhereItEndsBeforeItBegins() {
        IpRange none = pool("192.0.2.2", "192.0.2.1");
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.size()).isZero();
        assertThat(FOUR.isEmpty()).isFalse();
    }
}
