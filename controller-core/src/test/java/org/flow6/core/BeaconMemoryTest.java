package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered and counted of what is sent, and what fails. */
class BeaconMemoryTest extends BeaconScene {
    @Test
    void remembersStartAndEnd() throws Exception {
        start(once());
        network("r1:hello");
        awaitTexts(1, "hello");
        assertThat(controller.status().join().facts()).isEqualTo(1);
        await("kept", () -> remembered("speaking").equals(Optional.of("hello")));
        network("r1:other");
        await("changed", () -> remembered("speaking").equals(Optional.of("other")));
        network("nobody");
        await("ended", () -> remembered("silent").equals(Optional.of("other")));
        assertThat(remembered("speaking")).isEmpty();
    }

    @Test
    void anAnswerLeavesWhenItsFactsAreKept() throws Exception {
        start(once());
        app.answering = true;
        network("nobody");
        awaitInStep();
        ask(2);
        awaitTexts(2, "answer");
        assertThat(remembered("asked", "vm2")).isPresent();
    }

    @Test
    void anAnswerLeavesAlsoIfItsFactsCannotBeKept() throws Exception {
        start(once());
        app.answering = true;
        network("nobody");
        awaitInStep();
        Files.delete(folder);
        ask(2);
        awaitTexts(2, "answer");
        ask(1);
        awaitTexts(1, "answer");
        assertThat(controller.status().join().facts()).isEqualTo(2);
        assertThat(messages())
                .filteredOn(message -> message.startsWith("facts cannot be kept"))
                .hasSize(1);
        Files.createDirectory(folder);
    }

    @Test
    void whatFailsStopsNothingElse() throws Exception {
        start(timing(Duration.ofMillis(GAP_MILLIS), Duration.ofMillis(GAP_MILLIS), 1, 1));
        app.failing.addAll(List.of(
                "units:r1:units", "timing:timing", "started:started", "frames:frames", "ended:ended", "farewell:bye"));
        network("a", "r1:timing r2:started r3:frames r4:ended r5:bye r6:good", "a", "r1:units", "a", "");
        await("sent", () -> Collections.frequency(texts(1), "good") >= 3);
        assertThat(texts(1)).contains("ended", "bye").doesNotContain("timing", "started", "frames");
        List<String> errors = new ArrayList<>(messages());
        assertThat(errors.toString()).contains("of timing", "of started", "of frames");

        network("nobody");
        await("gone", () -> texts(1).containsAll(List.of("bye-ended", "bye-good", "bye-frames")));
        mark("end");
        assertThat(texts(1)).doesNotContain("bye-bye", "bye-timing", "bye-started");
        assertThat(messages().toString()).contains("of bye", "of ended");

        app.failing.clear();
        network("r1:timing r2:started r3:frames");
        await("mended", () -> texts(1).containsAll(List.of("timing", "started", "frames")));
    }

    @Test
    void countsWhatItSends() throws Exception {
        start(once());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        controller.bindTo(registry);
        assertThat(controller.status().join().beacons()).isEqualTo(Map.of("speaker", Map.of(BeaconApp.BEACON, 0L)));
        network("vm1:hello");
        awaitTexts(2, "hello");
        awaitTexts(3, "hello");
        Status status = controller.status().join();
        assertThat(status.beacons()).isEqualTo(Map.of("speaker", Map.of(BeaconApp.BEACON, 2L)));
        assertThat(status.facts()).isEqualTo(1);
        assertThat(registry.get("flow6.beacon.frames")
                        .tags("app", "speaker", "beacon", BeaconApp.BEACON)
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("flow6.facts").gauge().value()).isEqualTo(1);
    }
}
