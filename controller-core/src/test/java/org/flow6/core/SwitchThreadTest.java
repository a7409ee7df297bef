package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.DatapathId;

class SwitchThreadTest {
    private final SwitchThread thread = new SwitchThread(DatapathId.of(1), new ErrorLog());

    @Test
    void goesOnAfterATaskThatFailed() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        thread.run(() -> {
            throw new IllegalStateException("a defect");
        });
        thread.runIn(1, done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        thread.close();
    }

    /** A task that runs when the thread is closed may schedule others. */
    @Test
    void leavesOutWhatComesAfterItsEnd() {
        thread.close();
        assertThatCode(() -> {
                    thread.run(() -> {});
                    thread.runIn(1, () -> {});
                    thread.runEvery(1, () -> {});
                })
                .doesNotThrowAnyException();
    }
}
