package org.flow6.core;

import java.util.concurrent.CompletableFuture;

/**
 * What all switches of a controller have in common.
 *
 * @param inStep completed when the first of them has its flows
 */
record Shared(FactStore facts, PortDemand ports, BeaconCounts sent, ErrorLog errors, CompletableFuture<Void> inStep) {}
