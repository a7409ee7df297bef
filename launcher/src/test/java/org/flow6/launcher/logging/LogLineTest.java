package org.flow6.launcher.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void isOneLine() {
        assertThat(line(false, Level.INFO, "ready", null)).isEqualTo("2026-11-21T03:04:05.678Z INFO  ready\n");
        assertThat(line(false, Level.ERROR, "gone", null)).isEqualTo("2026-11-21T03:04:05.678Z ERROR gone\n");
    }

    @Test
    void namesTheLoggerWhereMuchIsLogged() {
        assertThat(line(true, Level.DEBUG, "ready", null))
                .isEqualTo("2026-11-21T03:04:05.678Z DEBUG org.flow6.x: ready\n");
    }

    @Test
    void showsWhatOthersSentWithoutActingOnIt() {
        assertThat(line(false, Level.WARN, "from a\n2026 INFO  b\u001b[2J", null))
                .isEqualTo("2026-11-21T03:04:05.678Z WARN  from a\\n2026 INFO  b\\x1b[2J\n");
    }

    @Test
    void tellsOfAnExceptionInTheSameLine() {
        Exception thrown = new IllegalStateException("first", new IllegalArgumentException("second"));
        assertThat(line(false, Level.WARN, "failed", thrown).lines())
                .singleElement()
                .asString()
                .matches(".* WARN {2}failed: java.lang.IllegalStateException: first \\(.*LogLineTest.java.*\\),"
                        + " by java.lang.IllegalArgumentException: second \\(.*\\)");
    }

    @Test
    void tracesDefects() {
        assertThat(line(false, Level.ERROR, "failed", new IllegalStateException("first"))
                        .lines()
                        .count())
                .isGreaterThan(5);
    }

    private static String line(boolean detailed, Level level, String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("org.flow6.x"), level, message, thrown, new Object[0]);
        event.setInstant(Instant.parse("2026-11-21T03:04:05.678Z"));
        return new LogLine(detailed).doLayout(event);
    }
}
