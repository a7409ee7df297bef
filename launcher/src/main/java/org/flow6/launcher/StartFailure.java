package org.flow6.launcher;

import java.util.List;

/** Something outside that keeps Flow6 from starting: a network file that is refused, a port that is taken. */
public final class StartFailure extends Exception {
    private final List<String> messages;

    /** @param messages for the user, each naming what it is about */
    public StartFailure(List<String> messages) {
        super(String.join("\n", messages), null, false, false);
        this.messages = List.copyOf(messages);
    }

    public List<String> messages() {
        return messages;
    }
}
