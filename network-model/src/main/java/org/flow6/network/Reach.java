package org.flow6.network;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a network that one host is concerned with: what its own ports can reach, and what security groups' rules need
 * to know of the rest. A host that is alone has all of it. A change of the network or of the own ports costs as much as it
 * changes, and what own ports come to reach or reach no more.
 *
 * <p>The network need not have all its ports for it to be known how far the own ones reach, but for the part. So the one is
 * {@linkplain #follow followed}, and tells what the other depends on; then the {@linkplain #part part} is taken, unless more
 * has to be known first. For one thread.
 */
public final class Reach {
    private final String host;
    private ReachIndex index;
    private NetworkModel whole = NetworkModel.EMPTY;
    private Set<Id<Port>> plugged = Set.of();
    private Extent extent = Extent.NONE;
    private Wanted wanted = Wanted.NONE;

    // Taken last, and what has changed since.
    private NetworkModel part = NetworkModel.EMPTY;
    private Extent taken = Extent.NONE;
    private ModelChanges changed = new ModelChanges();

    /** @param host the name that {@code binding:host_id} gives it */
    public Reach(String host) {
        this.host = host;
        index = new ReachIndex(host);
    }

    /**
     * The part of a network that the host is concerned with. From one call to the next only what differs is new.
     *
     * @param next with all ports that {@link #follow} tells of
     */
    public NetworkModel of(NetworkModel next, Set<Id<Port>> own) {
        follow(next, own);
        return part();
    }

    /**
     * Follows a network, in which ports may be left out, but no router's and none that names the host.
     *
     * @param own the ports that are plugged at the host, whichever host they name; those that name it count anyway
     * @return the ports that have to be there for its part to be right
     */
    public Wanted follow(NetworkModel next, Set<Id<Port>> own) {
        if (next.hosts().isEmpty()) {
            forget();
            whole = next;
            return Wanted.ALL;
        }
        if (whole.hosts().isEmpty()) {
            whole = NetworkModel.EMPTY;
        }
        ModelChanges changes = next.since(whole);
        index.update(changes, whole, next);
        if (!own.equals(plugged) || mayMove(changes, own, next)) {
            extent = Extent.of(next, index, own, Id.of(host));
            wanted = new Wanted(false, extent.networks(), extent.remotes(), Set.of());
        }
        changed.addAll(changes);
        whole = next;
        plugged = Set.copyOf(own);
        return wanted;
    }

    private void forget() {
        index = new ReachIndex(host);
        plugged = Set.of();
        extent = Extent.NONE;
        wanted = Wanted.NONE;
        part = NetworkModel.EMPTY;
        taken = Extent.NONE;
        changed = new ModelChanges();
    }

    /** The part of what was followed last. */
    public NetworkModel part() {
        if (whole.hosts().isEmpty()) {
            return whole;
        }
        Edit edit = new Edit(whole, taken, changed);
        taken = extent;
        changed = new ModelChanges();
        if (!edit.isEmpty()) {
            part = part.edited(edit.gone, edit.put);
        }
        return part;
    }

    /** Whether changes are of what the extent depends on. */
    private boolean mayMove(ModelChanges changes, Set<Id<Port>> own, NetworkModel next) {
        return !changes.networks().isEmpty()
                || !changes.routers().isEmpty()
                || !changes.hosts().isEmpty()
                || !changes.securityGroupRules().isEmpty()
                || changes.ports().stream()
                        .anyMatch(id -> own.contains(id)
                                || Stream.of(whole, next)
                                        .map(model -> model.ports().get(id))
                                        .filter(Objects::nonNull)
                                        .anyMatch(port -> index.names(port) || Routing.isOfRouter(port)));
    }

    /** What is to be taken from the part, and what put in. */
    private final class Edit {
        final List<Resource> gone = new ArrayList<>();
        final List<Resource> put = new ArrayList<>();

        Edit(NetworkModel next, Extent before, ModelChanges changes) {
            Set<Id<Network>> networks = new HashSet<>(Sets.symmetricDifference(before.networks(), extent.networks()));
            networks.addAll(Sets.symmetricDifference(before.outlines(), extent.outlines()));
            Set<Id<Router>> routers = Sets.symmetricDifference(before.routers(), extent.routers());
            Set<Id<SecurityGroup>> groups = Sets.symmetricDifference(before.groups(), extent.groups());
            Set<Id<AddressGroup>> addressGroups =
                    Sets.symmetricDifference(before.addressGroups(), extent.addressGroups());
            sort(changes.hosts(), NetworkModel::hosts, next, any -> true);
            sort(Sets.union(changes.networks(), networks), NetworkModel::networks, next, extent::has);
            sort(with(changes.subnets(), networks, index.subnetsOn::get), NetworkModel::subnets, next, extent::has);
            sort(Sets.union(changes.routers(), routers), NetworkModel::routers, next, router -> extent.routers()
                    .contains(router.id()));
            sort(
                    Sets.union(changes.securityGroups(), groups),
                    NetworkModel::securityGroups,
                    next,
                    group -> extent.groups().contains(group.id()));
            sort(
                    with(changes.securityGroupRules(), groups, index.rulesOf::get),
                    NetworkModel::securityGroupRules,
                    next,
                    extent::has);
            sort(
                    Sets.union(changes.addressGroups(), addressGroups),
                    NetworkModel::addressGroups,
                    next,
                    group -> extent.addressGroups().contains(group.id()));
            Set<Id<Port>> ports = with(changes.ports(), networks, index.portsOn::get);
            routers.forEach(router -> ports.addAll(index.portsOf.get(router)));
            sort(ports, NetworkModel::ports, next, extent::has);
            Sets.symmetricDifference(before.remotes(), extent.remotes())
                    .forEach(group -> ports.addAll(index.portsIn.get(group)));
            ports.forEach(id -> sortDistant(id, next.ports().get(id)));
        }

        boolean isEmpty() {
            return gone.isEmpty() && put.isEmpty();
        }

        private static <T extends Resource, K> Set<Id<T>> with(
                Set<Id<T>> changed, Set<K> parts, Function<K, Set<Id<T>>> members) {
            Set<Id<T>> all = new HashSet<>(changed);
            parts.forEach(each -> all.addAll(members.apply(each)));
            return all;
        }

        private <T extends Resource> void sort(
                Set<Id<T>> ids,
                Function<NetworkModel, ? extends Map<Id<T>, T>> of,
                NetworkModel next,
                Predicate<T> has) {
            for (Id<T> id : ids) {
                T known = of.apply(part).get(id);
                T now = of.apply(next).get(id);
                if (now != null && has.test(now)) {
                    if (!now.equals(known)) {
                        put.add(now);
                    }
                } else if (known != null) {
                    gone.add(known);
                }
            }
        }

        private void sortDistant(Id<Port> id, @Nullable Port now) {
            DistantPort known = part.distantPorts().get(Id.<DistantPort>of(id.value()));
            if (now != null && !extent.has(now) && extent.asksFor(now)) {
                if (known == null || !known.port().equals(now)) {
                    put.add(new DistantPort(now));
                }
            } else if (known != null) {
                gone.add(known);
            }
        }
    }
}
