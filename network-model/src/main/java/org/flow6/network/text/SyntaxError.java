package org.flow6.network.text;

/** A text that is neither YAML nor JSON, or more than Flow6 is willing to read. */
public final class SyntaxError extends Exception {
    private final int line;

    /** @param line in the text that was read, from 1 */
    public SyntaxError(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    public int line() {
        return line;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
