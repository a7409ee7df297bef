package org.flow6.core.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flow6.network.MulticastSettings;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** RFC 3810 §7.1, §7.6, §9. */
class QuerierTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final IPv6Address OWN = IPv6Address.of("fe80::fcf6:ff:fe00:1");
    private static final IPv6Address LOWER = IPv6Address.of("fe80::1");
    private static final IPv6Address HIGHER = IPv6Address.of("fe80::ffff:ffff:ffff:ffff");

    private final Querier querier = new Querier(OWN, MulticastSettings.DEFAULT, 0);

    private long next() {
        long at = querier.nextDeadline();
        assertThat(querier.advance(at - 1)).isFalse();
        assertThat(querier.advance(at)).isTrue();
        return at;
    }

    @Test
    void asksTwiceSoonAndThenNowAndThen() {
        assertThat(next()).isZero();
        assertThat(next()).isEqualTo(125 * SECOND / 4);
        assertThat(next()).isEqualTo(125 * SECOND / 4 + 125 * SECOND);
    }

    @Test
    void stepsBackForALowerAddressAndTakesOverItsTimes() {
        next();
        querier.heard(LOWER, 60, 3, SECOND);
        assertThat(querier.isQuerier()).isFalse();
        assertThat(querier.times().listening()).isEqualTo((3 * 60 + 10) * SECOND);
        long until = SECOND + (3 * 60 + 5) * SECOND;
        assertThat(querier.nextDeadline()).isEqualTo(until);
        assertThat(querier.advance(until - 1)).isFalse();
        assertThat(querier.advance(until)).as("it is gone").isTrue();
        assertThat(querier.isQuerier()).isTrue();
        assertThat(querier.times()).isEqualTo(Times.of(125));
    }

    @Test
    void goesOnBesideAHigherAddress() {
        querier.heard(HIGHER, 60, 3, 0);
        querier.heard(OWN, 60, 3, 0);
        assertThat(querier.isQuerier()).isTrue();
        assertThat(querier.times()).isEqualTo(Times.of(125));
    }

    @Test
    void whoTellsNoTimesIsTakenToHaveTheNetworks() {
        querier.heard(LOWER, 0, 0, 0);
        assertThat(querier.times()).isEqualTo(Times.of(125));
        assertThat(querier.nextDeadline()).isEqualTo(255 * SECOND);
    }

    @Test
    void asksAtOnceWhenItsSettingsChange() {
        next();
        querier.settings(new MulticastSettings(10, List.of()), 7 * SECOND);
        assertThat(querier.times().listening()).isEqualTo(25 * SECOND);
        assertThat(next()).isEqualTo(7 * SECOND);
    }
}
