package org.flow6.northbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.flow6.network.Id;
import org.flow6.network.file.Violation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to a network that is shared, and whichever ports are plugged, a host has the part that it would have of
 * all of it: at every moment at which it has one, whether others wait meanwhile or not.
 */
class LiveNetworkRandomTest {
    private static final int STEPS = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void partsAreThoseOfTheWhole(long seed, @TempDir Path folder) {
        Follower follower = new Follower("host" + seed);
        ConcurrentLinkedQueue<Violation> violations = new ConcurrentLinkedQueue<>();
        try (EmbeddedStore store = EmbeddedStore.open(folder);
                LiveNetwork whole = LiveNetwork.of(store, picture -> {
                    violations.addAll(picture.violations());
                    follower.whole(picture);
                });
                LiveNetwork live = LiveNetwork.sharedBy("host" + seed, 20, follower::told)) {
            follower.ask(live);
            StoredCloud cloud = new StoredCloud(store, seed);
            live.follow(store);
            for (int step = 0; step < STEPS; step++) {
                if (step % 10 == 0) {
                    follower.plug(step % 50 == 0 ? Set.of() : cloud.some());
                }
                long moment = cloud.step();
                if (step % 3 == 0) {
                    follower.awaitTaken(moment);
                }
                if (step == STEPS / 2) {
                    live.wholly();
                    follower.await(picture -> picture.known().all() && picture.leftOut() == 0);
                    live.partly();
                    follower.await(picture -> !picture.known().all());
                }
                if (step == STEPS - 1) {
                    follower.awaitTaken(moment);
                }
            }
            for (int i = 1; i < STEPS; i++) {
                assertThat(live.exists(Id.of("p" + i))).isEqualTo(whole.exists(Id.of("p" + i)));
            }
            assertThat(violations).isEmpty();
            assertThat(follower.failures()).isEmpty();
            assertThat(follower.held()).as("how often it had to wait").isPositive();
            assertThat(follower.spared()).as("how often it had not all").isGreaterThan(STEPS / 10);
        }
    }
}
