package org.flow6.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Port;
import org.flow6.network.PortSource;
import org.flow6.network.Wanted;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;

/** Which ports of the network the switches have to know, asked for where the network comes from. For all threads. */
final class PortDemand {
    private final Map<DatapathId, Wanted> bySwitch = new HashMap<>();
    /** Null: the network has all ports. */
    private volatile @Nullable PortSource source;

    /** Where the network comes from; before it does. */
    synchronized void from(PortSource next) {
        source = next;
        ask();
    }

    /** What a switch has to know, in place of what it had to before. */
    synchronized void of(DatapathId datapathId, Wanted wanted) {
        bySwitch.put(datapathId, wanted);
        ask();
    }

    synchronized void forget(DatapathId datapathId) {
        if (bySwitch.remove(datapathId) != null) {
            ask();
        }
    }

    private void ask() {
        PortSource asked = source;
        if (asked != null) {
            asked.want(bySwitch.values().stream().reduce(Wanted.NONE, Wanted::with));
        }
    }

    /** Whether the network has a port, besides those that it is known with. */
    boolean exists(Id<Port> port) {
        PortSource asked = source;
        return asked != null && asked.exists(port);
    }

    /** The host that a port names with which the network is not known. */
    Optional<String> hostOf(Id<Port> port) {
        PortSource asked = source;
        return asked == null ? Optional.empty() : asked.hostOf(port);
    }
}
