package org.flow6.core.ovsdb;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the database says about the managed bridge at one moment; immutable.
 *
 * @param ovsVersion Open vSwitch's version as its start script recorded it; empty if it did not
 * @param hostExternalIds the external_ids of the host (table Open_vSwitch)
 * @param bridge empty while there is no such bridge
 * @param interfaces the bridge's interfaces by name
 * @param bindings the attached interface that has each iface-id; every one has an {@code ofPort}
 * @param conflicts iface-ids claimed more than once, sorted
 * @param problems what could not be read, each a sentence; at most 100
 */
public record OvsdbPicture(
        Optional<String> ovsVersion,
        Map<String, String> hostExternalIds,
        Optional<OvsBridge> bridge,
        Map<String, OvsInterface> interfaces,
        Map<String, OvsInterface> bindings,
        List<IfaceIdConflict> conflicts,
        Set<String> problems) {
    /** Before anything is known: no bridge, no interface. */
    public static final OvsdbPicture EMPTY =
            new OvsdbPicture(Optional.empty(), Map.of(), Optional.empty(), Map.of(), Map.of(), List.of(), Set.of());

    /** Takes over the collections, which the caller must not change any more. */
    public OvsdbPicture {
        hostExternalIds = Collections.unmodifiableMap(hostExternalIds);
        interfaces = Collections.unmodifiableMap(interfaces);
        bindings = Collections.unmodifiableMap(bindings);
        conflicts = List.copyOf(conflicts);
        problems = Collections.unmodifiableSet(problems);
    }

    /** The interface of that name on the bridge. */
    public Optional<OvsInterface> ovsInterface(String name) {
        return Optional.ofNullable(interfaces.get(name));
    }

    /** The attached interface that has the logical port of that id. */
    public Optional<OvsInterface> binding(String ifaceId) {
        return Optional.ofNullable(bindings.get(ifaceId));
    }
}
