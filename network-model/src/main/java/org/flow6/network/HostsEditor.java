package org.flow6.network;

import com.google.common.collect.Sets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps {@link Hosts} right while a snapshot is edited, and notes the views that it touches. */
final class HostsEditor {
    private final Touched touched;
    private final Set<Id<Host>> moved = new HashSet<>();
    private final Set<Id<Network>> links;
    private Hosts hosts;

    /** @param links networks of which more changes than their members, to which those are added */
    HostsEditor(Hosts from, Touched touched, Set<Id<Network>> links) {
        this.touched = touched;
        this.links = links;
        hosts = from;
    }

    Hosts hosts() {
        return hosts;
    }

    /** This switch is on a host. */
    void own(Id<Host> host, NetworkModel model) {
        Optional<Id<Host>> before = hosts.own();
        if (before.isPresent() && before.get().equals(host)) {
            return;
        }
        hosts = hosts.of(host);
        if (before.isEmpty()) {
            model.hosts().keySet().forEach(each -> touch(each, model));
        } else {
            touch(before.get(), model);
            touch(host, model);
        }
    }

    /** The end of tunnels is another port, or there is none any more. */
    void tunnel(Optional<Tunnel> tunnel, NetworkModel model) {
        if (tunnel.equals(hosts.tunnel())) {
            return;
        }
        hosts.tunnel().ifPresent(touched.tunnels::add);
        tunnel.ifPresent(touched.tunnels::add);
        model.networks().keySet().forEach(this::touchLink);
        touched.hosts.addAll(model.hosts().keySet());
        hosts = hosts.with(tunnel);
    }

    /** Other hosts are unreachable than before. */
    void unreachable(Set<Id<Host>> lost) {
        if (!lost.equals(hosts.unreachable())) {
            moved.addAll(Sets.symmetricDifference(lost, hosts.unreachable()));
            hosts = hosts.without(lost);
        }
    }

    /** Other ports than before have just moved, or from other hosts. */
    void movedFrom(Map<Id<Port>, Id<Host>> next, NetworkModel model) {
        Map<Id<Port>, Id<Host>> before = hosts.movedFrom();
        if (next.equals(before)) {
            return;
        }
        for (Id<Port> id : Sets.union(before.keySet(), next.keySet())) {
            Port port = model.ports().get(id);
            if (port != null && !Objects.equals(before.get(id), next.get(id))) {
                touched.macs(port);
            }
        }
        hosts = hosts.with(next);
    }

    /** Those whose gateways may be elsewhere than they were. */
    Set<Id<Host>> moved() {
        return moved;
    }

    /** Hosts come, go or change; ports are as they will be. */
    void model(ModelChanges changes, NetworkModel before, NetworkModel after) {
        for (Id<Host> id : changes.hosts()) {
            boolean was = before.hosts().containsKey(id);
            boolean is = after.hosts().containsKey(id);
            if (was != is) {
                hosts = hosts.with(is ? hosts.keys().with(id) : hosts.keys().without(id));
                touch(id, after);
            } else if (!Objects.equals(before.hosts().get(id), after.hosts().get(id))) {
                touched.hosts.add(id);
            }
        }
    }

    /** A host is from now on another one, or no other any more. */
    private void touch(Id<Host> host, NetworkModel model) {
        touched.hosts.add(host);
        moved.add(host);
        for (Id<Port> id : hosts.portsOf().get(host)) {
            Port port = Objects.requireNonNull(model.ports().get(id));
            touched.ports.add(id);
            touched.macs(port);
            touchLink(port.networkId());
        }
        hosts.movedFrom().forEach((id, from) -> {
            Port port = model.ports().get(id);
            if (port != null && from.equals(host)) {
                touched.macs(port);
            }
        });
    }

    /** A port comes, goes or changes; its own views are touched anyway. */
    void port(@Nullable Port before, @Nullable Port after) {
        Optional<Id<Host>> was = Optional.ofNullable(before).flatMap(Hosts::of);
        Optional<Id<Host>> is = Optional.ofNullable(after).flatMap(Hosts::of);
        if (was.equals(is)
                && (before == null || after == null || before.networkId().equals(after.networkId()))) {
            return;
        }
        if (before != null && was.isPresent()) {
            hosts = hosts.without(before, was.get());
            touchLast(before.networkId(), was.get());
        }
        if (after != null && is.isPresent()) {
            touchLast(after.networkId(), is.get());
            hosts = hosts.with(after, is.get());
        }
    }

    /** Notes a network that has no member on a host, where the first one comes or the last one has gone. */
    private void touchLast(Id<Network> network, Id<Host> host) {
        if (!hosts.hasMember(network, host)) {
            touchLink(network);
        }
    }

    /** What the largest packet is that gets to all of a network concerns its routers. */
    private void touchLink(Id<Network> network) {
        touched.networks.add(network);
        links.add(network);
    }
}
