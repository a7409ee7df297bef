package org.flow6.core;

/** What all switches of a controller have in common. */
record Shared(FactStore facts, BeaconCounts sent, ErrorLog errors) {}
