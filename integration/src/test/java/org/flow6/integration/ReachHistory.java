package org.flow6.integration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flow6.flow.RandomHistory;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.Reach;
import org.projectfloodlight.openflow.types.OFPort;

/** A random history of a network, of which a host has what its own ports can reach, and another one like it has all. */
final class ReachHistory {
    private final RandomHistory history;
    private final String host;
    private final Reach reach;
    private int steps;
    private Map<Id<Port>, OFPort> bound = Map.of();
    private NetworkModel model = NetworkModel.EMPTY;
    private NetworkModel part = NetworkModel.EMPTY;
    private NetworkUpdate update = NetworkUpdate.all(NetworkSnapshot.EMPTY);
    private NetworkSnapshot wholly = NetworkSnapshot.EMPTY;

    /** @param host one that ports and routers name ({@code here}), or one that nobody does */
    ReachHistory(long seed, RandomHistory.Size size, String host) {
        history = new RandomHistory(seed, size);
        this.host = host;
        reach = new Reach(host);
    }

    void step() {
        history.step();
        NetworkSnapshot now = history.snapshot();
        model = now.model();
        bound = new HashMap<>(now.bindings());
        int round = steps++ / 20;
        bound.keySet().removeIf(id -> (id.hashCode() + round & 7) != 0);
        part = reach.of(model, bound.keySet());
        update = update(partly(), now, part);
        wholly = update(NetworkSnapshot.EMPTY, now, model).after();
    }

    private NetworkUpdate update(NetworkSnapshot from, NetworkSnapshot as, NetworkModel next) {
        NetworkEditor editor = from.edit()
                .host(host)
                .tunnel(as.tunnel())
                .unreachable(as.unreachable())
                .model(next);
        from.bindings().keySet().stream().filter(id -> !bound.containsKey(id)).forEach(editor::unbind);
        bound.forEach(editor::bind);
        return editor.update();
    }

    NetworkModel model() {
        return model;
    }

    /** What the host has of the model. */
    NetworkModel part() {
        return part;
    }

    /** The same, found without its history. */
    NetworkModel freshPart() {
        return new Reach(host).of(model, bound.keySet());
    }

    Map<Id<Port>, OFPort> bound() {
        return bound;
    }

    /** What the last step changed for the host. */
    NetworkUpdate update() {
        return update;
    }

    NetworkSnapshot partly() {
        return update.after();
    }

    NetworkSnapshot wholly() {
        return wholly;
    }

    /** The networks of which the host knows less than there is: those behind gateways on other hosts. */
    Set<Id<Network>> outlined() {
        Set<Id<Network>> outlined = model.ports().values().stream()
                .filter(port -> !part.ports().containsKey(port.id()))
                .map(Port::networkId)
                .collect(Collectors.toCollection(HashSet::new));
        outlined.retainAll(part.networks().keySet());
        return outlined;
    }
}
