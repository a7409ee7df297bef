package org.flow6.core.ovsdb;

/** Told of changes, on the client's event loop, in order. It must not block; what it throws is logged. */
public interface OvsdbListener {
    /**
     * The picture of the bridge changed. The first delta after the start is from {@link OvsdbPicture#EMPTY}; after a
     * reconnection it holds the differences only; while there is no connection, the last picture stands.
     */
    void changed(OvsdbDelta delta);

    /** The connection came up (all has been read) or went. */
    default void stateChanged(OvsdbState state) {}
}
