package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.flow6.apps.dhcpv6.Remembered.Delegation;
import org.flow6.apps.dhcpv6.Remembered.Holder;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberedTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Holder HOLDER = Holder.of(Scene.DUID, 0xffff_ffffL);

    @Test
    void readsWhatItWrote() {
        Delegation delegation = new Delegation(IpPrefix.parse("2001:db8::/48"), HOLDER, Id.of("a port of some name"));
        assertThat(Delegation.of(delegation.fact(BLUE, Optional.empty()))).contains(delegation);
        assertThat(Holder.parse(HOLDER.toString())).contains(HOLDER);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::/48,''", "2001:db8::/48,00 1", "2001:db8::/48,00 x port", "nothing,00 1 port", "'',00 1 port"
    })
    void ignoresWhatItDidNotWrite(String name, String value) {
        Fact.Key key = new Fact.Key(Remembered.PREFIX, BLUE, name);
        assertThat(Delegation.of(new Fact(key, value, Optional.empty()))).isEmpty();
    }

    @Test
    void keepsALeaseForeverOrSomewhatLongerThanItsClient() {
        Instant now = Instant.EPOCH;
        assertThat(Remembered.end(now, new Lifetimes(Lifetimes.INFINITE, 5))).isEmpty();
        assertThat(Remembered.end(now, new Lifetimes(100, 5)).orElseThrow()).isAfter(now.plusSeconds(100));
    }
}
