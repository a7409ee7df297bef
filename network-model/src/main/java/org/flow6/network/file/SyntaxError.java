package org.flow6.network.file;

/** A text that is neither YAML nor JSON, or more than Flow6 is willing to read. */
final class SyntaxError extends Exception {
    private final int line;

    /** @param line in the text that was read, from 1 */
    SyntaxError(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
