package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** When frames arrive at the ports of a real switch, and at which. */
class BeaconTest extends BeaconScene {
    @Test
    void sendsEarlyOnesAndThenAtItsInterval() throws Exception {
        start(timing(Duration.ofMillis(1500), Duration.ofMillis(1500), 3, 1));
        network("r1:hello");
        awaitTexts(1, "hello", "hello", "hello", "hello");
        awaitTexts(2, "hello", "hello", "hello", "hello");
        awaitTexts(3, "hello", "hello", "hello", "hello");
        List<Long> intervals = app.intervals();
        assertThat(intervals.subList(0, 2)).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS && millis < 1500);
        assertThat(intervals.get(2)).isGreaterThan(1500 - LATE_MILLIS);
    }

    @Test
    void sendsAtRandomIntervalsWithinBounds() throws Exception {
        start(timing(Duration.ofMillis(500), Duration.ofMillis(1000), 1, 1));
        network("r1:hello");
        await("many", () -> frames(2).size() > 8);
        List<Long> intervals = app.intervals();
        assertThat(intervals).allMatch(millis -> millis > 500 - LATE_MILLIS);
        assertThat(Collections.min(intervals)).isLessThan(1500);
        // Eight within 40 ms of each other would be chance once in a hundred million times.
        assertThat(Collections.max(intervals) - Collections.min(intervals)).isGreaterThan(40);
    }

    @Test
    void sendsNothingBackToItsSource() throws Exception {
        start(timing(Duration.ofMillis(500), Duration.ofMillis(500), 1, 2));
        network("vm1:hello");
        await("sent", () -> frames(2).size() >= 3 && frames(3).size() >= 3);
        network("nobody");
        await("gone", () -> texts(2).contains("bye-hello"));
        mark("end");
        assertThat(texts(1)).containsExactly("end");
    }

    @Test
    void answersThePortThatAskedAloneAndKeepsTheGap() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        ask(1);
        ask(1);
        awaitAsked(2);
        awaitTexts(1, "hello", "hello");
        ask(1);
        ask(1);
        awaitAsked(4);
        awaitTexts(1, "hello", "hello", "hello");
        ask(2);
        awaitTexts(2, "hello", "hello");
        mark("end");
        assertThat(app.intervals().subList(0, 2)).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
        assertThat(texts(1)).containsExactly("hello", "hello", "hello", "end");
        assertThat(texts(2)).containsExactly("hello", "hello", "end");
        assertThat(texts(3)).containsExactly("hello", "end");
    }

    @Test
    void anAnswerDoesNotGoToAPortThatLeftTheNetwork() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        ask(1);
        awaitAsked(1);
        network("b", "r1:hello", "a", "", "a", "");
        ask(2);
        awaitTexts(2, "hello", "hello");
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "end");
    }

    @Test
    void whatComesToAllServesWhoAsked() throws Exception {
        start(timing(Duration.ofMillis(GAP_MILLIS), Duration.ofMillis(GAP_MILLIS), 1, 1));
        network("r1:hello");
        await("first", () -> !frames(1).isEmpty());
        for (int i = 0; i < 10; i++) {
            ask(1);
        }
        awaitAsked(10);
        await("some", () -> frames(3).size() > 5);
        mark("end");
        assertThat(texts(1)).isEqualTo(texts(3));
        assertThat(app.intervals()).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
    }

    @Test
    void startsAgainWhenAUnitChanges() throws Exception {
        start(timing(HOUR, HOUR, 2, 1));
        network("r1:hello");
        awaitTexts(1, "hello", "hello");
        network("r1:other");
        awaitTexts(1, "hello", "hello", "other", "other");
        assertThat(app.intervals()).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
        network("r1:other nothing");
        mark("end");
        assertThat(texts(1)).containsExactly("hello", "hello", "other", "other", "end");
    }

    @Test
    void changesThatFollowEachOtherDoNotPutItOff() throws Exception {
        start(once());
        network("r1:0");
        awaitTexts(1, "0");
        awaitInStep();
        long end = System.nanoTime() + PATIENCE;
        for (int i = 1; frames(1).size() < 3; i++) {
            network("r1:" + i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(System.nanoTime() - end).isNegative();
        }
        assertThat(app.intervals()).allMatch(millis -> millis > GAP_MILLIS - LATE_MILLIS);
    }

    @Test
    void startsAgainWithASwitchThatWasAway() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        controller.sessions().get(0).disconnect("test");
        awaitTexts(1, "hello", "hello");
        awaitTexts(2, "hello", "hello");
    }
}
