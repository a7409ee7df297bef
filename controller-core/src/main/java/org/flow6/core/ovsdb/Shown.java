package org.flow6.core.ovsdb;

/** Text from outside, made fit for one log line. */
final class Shown {
    private static final int LIMIT = 200;

    private Shown() {}

    /** At most 200 characters, control characters replaced by {@code ?}. */
    static String clip(String text) {
        String head = text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…";
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
