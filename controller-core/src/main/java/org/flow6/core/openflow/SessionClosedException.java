package org.flow6.core.openflow;

/** A request cannot be answered any more, since its session ended. */
public final class SessionClosedException extends Exception {
    SessionClosedException(String reason) {
        super(reason, null, false, false);
    }
}
