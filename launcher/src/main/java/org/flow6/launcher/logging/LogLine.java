package org.flow6.launcher.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * {@code 2026-11-21T03:04:05.678Z INFO  message}. An exception follows in the same line as its class, message and origin;
 * its whole trace in further lines only at level error, which is for defects, or where debug is logged.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final boolean detailed;

    /** @param detailed whether to name the logger and show all traces */
    LogLine(boolean detailed) {
        this.detailed = detailed;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(120);
        MILLIS.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(level.length() < 5 ? "  " : " ");
        if (detailed) {
            line.append(event.getLoggerName()).append(": ");
        }
        appendText(line, String.valueOf(event.getFormattedMessage()));
        IThrowableProxy thrown = event.getThrowableProxy();
        for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
            appendText(line.append(cause == thrown ? ": " : ", by "), describe(cause));
        }
        line.append('\n');
        if (thrown != null && (detailed || event.getLevel().isGreaterOrEqual(Level.ERROR))) {
            appendTrace(line, thrown);
        }
        return line.toString();
    }

    private static String describe(IThrowableProxy thrown) {
        StackTraceElementProxy[] trace = thrown.getStackTraceElementProxyArray();
        return thrown.getClassName()
                + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage())
                + (trace == null || trace.length == 0 ? "" : " (" + trace[0].getSTEAsString() + ")");
    }

    private static void appendTrace(StringBuilder lines, IThrowableProxy thrown) {
        for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
            appendText(lines.append("  "), describe(cause));
            lines.append('\n');
            for (StackTraceElementProxy element : cause.getStackTraceElementProxyArray()) {
                lines.append("    ").append(element.getSTEAsString()).append('\n');
            }
        }
    }

    // What others sent may be in a message: it must not look like lines of ours, nor move a terminal's cursor.
    private static void appendText(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                line.append(c == '\n' ? "\\n" : String.format("\\x%02x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
