package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
    private static final Id<Host> A = Id.of("hostA");
    private static final Id<Host> B = Id.of("hostB");
    private static final Id<Host> C = Id.of("hostC");

    private long now = -5_000_000_000L;
    private final Reachability atB = new Reachability("hostB", () -> now);

    private Set<Id<Host>> seen(boolean a, boolean c) {
        return atB.unreachable(Map.of(A, a, C, c));
    }

    private void after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void oneThatIsLostIsLostAtOnce() {
        assertThat(seen(true, true)).isEmpty();
        assertThat(seen(false, true)).containsExactly(A);
        assertThat(atB.settling()).isEmpty();
        assertThat(seen(true, true)).isEmpty();
    }

    @Test
    void whoWasCutOffWaitsForTheOthers() {
        assertThat(seen(false, false)).containsExactlyInAnyOrder(A, B, C);
        after(60_000);
        assertThat(seen(false, true)).isEmpty();
        assertThat(atB.settling()).contains(Duration.ofSeconds(4));
        after(900);
        assertThat(seen(true, true)).isEmpty();
        assertThat(atB.settling()).isEmpty();
        assertThat(seen(false, true)).as("lost again").containsExactly(A);
    }

    @Test
    void butNotForEver() {
        seen(false, false);
        seen(false, true);
        after(3_999);
        assertThat(seen(false, true)).isEmpty();
        assertThat(atB.settling()).contains(Duration.ofMillis(1));
        after(1);
        assertThat(seen(false, true)).containsExactly(A);
        assertThat(atB.settling()).isEmpty();
    }

    @Test
    void whoIsCutOffAgainIsCutOff() {
        seen(false, false);
        seen(false, true);
        assertThat(seen(false, false)).containsExactlyInAnyOrder(A, B, C);
        assertThat(atB.settling()).isEmpty();
    }

    @Test
    void whatItTellsOfIsWhatItSees() {
        seen(false, false);
        seen(false, true);
        assertThat(atB.hosts()).isEqualTo(Map.of(A, false, C, true));
    }

    @Test
    void oneOtherHostAloneIsNotWaitedFor() {
        Reachability ofTwo = new Reachability("hostB", () -> now);
        assertThat(ofTwo.unreachable(Map.of(A, false))).containsExactly(A);
        assertThat(ofTwo.unreachable(Map.of(A, true))).isEmpty();
        assertThat(ofTwo.settling()).isEmpty();
    }
}
