package org.flow6.core.ovsdb;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of table Controller that the managed bridge refers to.
 *
 * @param target such as {@code tcp:127.0.0.1:6653}
 * @param connected whether the switch is connected to it
 * @param connectionMode {@code in-band} or {@code out-of-band}; empty: the switch's default
 * @param maxBackoff the longest wait between attempts to connect, in milliseconds
 */
public record OvsController(
        String target,
        boolean connected,
        Optional<String> connectionMode,
        OptionalLong maxBackoff,
        Map<String, String> externalIds) {
    /** Copies the map. */
    public OvsController {
        externalIds = Map.copyOf(externalIds);
    }
}
