package org.flow6.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.core.multicast.HostListeners;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.MulticastListener;
import org.flow6.network.MulticastRole;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.Receiver;
import org.flow6.network.SourceFilter;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Keeps as facts who listens to what. What comes close together is kept together: each time costs a look at everyone who
 * listens, and many hosts start at once. For the switch's thread.
 */
final class MulticastMemory implements HostListeners.Ledger {
    private static final long TOGETHER_MILLIS = 5;

    private final SwitchThread thread;
    private final FactStore facts;
    private final Map<Fact.Key, Optional<Fact>> pending = new LinkedHashMap<>();

    MulticastMemory(SwitchThread thread, FactStore facts) {
        this.thread = thread;
        this.facts = facts;
    }

    @Override
    public void wants(NetworkAddress group, Receiver at, SourceFilter filter) {
        change(
                MulticastListener.key(group, at),
                filter.isNone()
                        ? Optional.empty()
                        : Optional.of(new MulticastListener(group.network(), (IPv6Address) group.address(), at, filter)
                                .fact()));
    }

    @Override
    public void role(Id<Network> network, Receiver at, Optional<MulticastRole.Kind> kind) {
        change(MulticastRole.key(network, at), kind.map(is -> new MulticastRole(network, at, is).fact()));
    }

    private void change(Fact.Key key, Optional<Fact> to) {
        if (pending.isEmpty()) {
            thread.runIn(TOGETHER_MILLIS, this::keep);
        }
        pending.put(key, to);
    }

    private void keep() {
        List<Fact> remembered = new ArrayList<>();
        List<Fact.Key> forgotten = new ArrayList<>();
        pending.forEach((key, fact) -> fact.ifPresentOrElse(remembered::add, () -> forgotten.add(key)));
        pending.clear();
        var unused = facts.apply(new Facts.Change(remembered, forgotten));
    }
}
