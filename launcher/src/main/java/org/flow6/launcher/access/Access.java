package org.flow6.launcher.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Knows who has a token. For all threads. */
public interface Access extends AutoCloseable {

    /**
     * Who has a token; empty: nobody who may do anything here. Does not block; the stage fails with {@link Unavailable} where
     * it cannot be told now, and may complete on any thread.
     */
    CompletionStage<Optional<Who>> who(String token);

    /** What clients are told that come without a token: the value of HTTP's WWW-Authenticate. */
    String challenge();

    @Override
    void close();

    /** It cannot be told now who has a token; for users. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String message) {
            super(message);
        }
    }
}
