package org.flow6.northbound;

import java.time.Instant;
import java.util.Optional;

/**
 * How a store fares, for people and their tools.
 *
 * @param kind file, embedded or etcd
 * @param connected whether it can be written as far as is known
 * @param known whether its state is known, if only from before
 * @param revision of the state that is known
 * @param since when it is connected, or is not
 * @param error why it is not connected
 */
public record StoreStatus(
        String kind, boolean connected, boolean known, long revision, Instant since, Optional<String> error) {}
