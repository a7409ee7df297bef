package org.flow6.core.ovsdb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.projectfloodlight.openflow.types.DatapathId;

/**
 * The managed bridge's own row.
 *
 * @param datapathId empty until the switch has set the bridge up
 * @param failMode {@code secure} or {@code standalone}; empty: the switch's default
 * @param protocols the OpenFlow versions allowed; empty: all the switch has
 */
public record OvsBridge(
        String name,
        Optional<DatapathId> datapathId,
        Optional<String> failMode,
        Set<String> protocols,
        Map<String, String> otherConfig,
        List<OvsController> controllers) {
    /** Copies the collections. */
    public OvsBridge {
        protocols = Set.copyOf(protocols);
        otherConfig = Map.copyOf(otherConfig);
        controllers = List.copyOf(controllers);
    }
}
