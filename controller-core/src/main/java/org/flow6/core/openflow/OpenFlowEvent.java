package org.flow6.core.openflow;

/** What is counted. */
public enum OpenFlowEvent {
    /** A handshake was completed. */
    SESSION_UP,
    /** A session ended. */
    SESSION_DOWN,
    /** A connection was closed at once, since there were as many as allowed. */
    CONNECTION_REFUSED,
    /** A connection ended before its handshake was complete. */
    HANDSHAKE_FAILED,
    /** A stream was not OpenFlow, or not that of the agreed version, and its connection was closed. */
    NOT_OPENFLOW,
    /** A message made no sense and was skipped. */
    MALFORMED_MESSAGE,
    /** A message is of a kind that nobody waited for, and was skipped. */
    UNEXPECTED_MESSAGE,
    /** A connection was closed because its peer was silent for too long. */
    DEAD_PEER,
    /** A request was not answered in time. */
    REQUEST_TIMEOUT,
    /** A listener or consumer threw. */
    LISTENER_FAILED
}
