package org.flow6.launcher.configuration;

/** A text that is not YAML, or more than Flow6 is willing to read. */
final class SyntaxError extends Exception {
    private final int line;

    SyntaxError(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
