package org.flow6.core.ovsdb;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Flow6 sets on its bridge besides {@code fail_mode=secure} and OpenFlow 1.3.
 *
 * @param prefixes for each OpenFlow table (0 to 254), the fields whose longest-prefix lookups are to stay narrow (column
 *     prefixes of table Flow_Table), such as {@code ipv6_dst} and {@code ipv6_src}; at most 3 for a table
 * @param controllerTarget where the bridge finds its controller if it has none, such as {@code tcp:127.0.0.1:6653};
 *     empty: its controllers are left alone
 * @param tunnel the port for packets to and from other hosts; empty: one that Flow6 made is removed
 * @param patches the ways to physical networks; empty: not known yet, and those that there are stay
 */
public record BridgeSettings(
        Map<Integer, List<String>> prefixes,
        Optional<String> controllerTarget,
        Optional<TunnelPort> tunnel,
        Optional<Set<PatchPair>> patches) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a table, the number of its prefixes or the target is not as said
     */
    public BridgeSettings {
        Map<Integer, List<String>> copy = new TreeMap<>();
        prefixes.forEach((table, fields) -> {
            if (table < 0 || table > 254 || fields.isEmpty() || fields.size() > 3) {
                throw new IllegalArgumentException("prefixes of table " + table + ": " + fields);
            }
            copy.put(table, List.copyOf(fields));
        });
        prefixes = Collections.unmodifiableMap(copy);
        patches = patches.map(Set::copyOf);
        controllerTarget
                .filter(t -> !t.matches("(tcp|ssl|unix|ptcp|pssl|punix):\\S+"))
                .ifPresent(t -> {
                    throw new IllegalArgumentException("controller target: " + t);
                });
    }

    /** Without a tunnel. */
    public BridgeSettings(Map<Integer, List<String>> prefixes, Optional<String> controllerTarget) {
        this(prefixes, controllerTarget, Optional.empty(), Optional.empty());
    }

    /** The same with another tunnel, or without one. */
    BridgeSettings with(Optional<TunnelPort> next) {
        return new BridgeSettings(prefixes, controllerTarget, next, patches);
    }

    /** The same with other ways to physical networks. */
    BridgeSettings withPatches(Optional<Set<PatchPair>> next) {
        return new BridgeSettings(prefixes, controllerTarget, tunnel, next);
    }
}
