package org.flow6.network;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that an app learned from packets and that outlives a restart: a delegated prefix, an address that a host
 * declined.
 *
 * @param value text that the app writes and reads back
 * @param until when it ends by itself; empty: never
 */
public record Fact(Key key, String value, Optional<Instant> until) {

    /**
     * What a fact is about; there is one fact for a key.
     *
     * @param kind what the app calls facts of this kind, such as {@code dhcpv6-declined}; unique among all apps
     * @param name unique among the facts of this kind on the network
     */
    public record Key(String kind, Id<Network> network, String name) {}

    /** Whether it still holds at a moment. */
    public boolean holdsAt(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }
}
