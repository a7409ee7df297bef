package org.flow6.network;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.flow6.network.Security.Member;
import org.flow6.network.Security.Use;
import org.flow6.network.SecurityGroupRule.Remote;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** Keeps {@link Security} right while a snapshot is edited, and notes the views of groups and remotes that it touches. */
final class SecurityEditor {
    private final Touched touched;
    private final Aggregates aggregates;
    private SetIndex<Id<SecurityGroup>, Id<Port>> ports;
    private PMap<Id<SecurityGroup>, PSortedSet<PortKey>> boundPorts;
    private PMap<Id<SecurityGroup>, PSortedSet<Member>> members;
    private SetIndex<Use, Id<SecurityGroupRule>> rules;
    private SetIndex<Id<SecurityGroup>, Remote> remotesOf;
    private SetIndex<Remote, Id<SecurityGroup>> groupsWith;
    private Keys<Use> keys;
    private PSet<Id<Network>> downNetworks;

    SecurityEditor(Security from, Touched touched) {
        this.touched = touched;
        ports = from.ports();
        boundPorts = from.boundPorts();
        members = from.members();
        rules = from.rules();
        remotesOf = from.remotesOf();
        groupsWith = from.groupsWith();
        keys = from.keys();
        downNetworks = from.downNetworks();
        aggregates = from.aggregates();
    }

    Security security() {
        return new Security(ports, boundPorts, members, rules, remotesOf, groupsWith, keys, downNetworks, aggregates);
    }

    /** A network comes or changes, before its ports do. */
    void put(Network network) {
        downNetworks = network.adminStateUp() ? downNetworks.minus(network.id()) : downNetworks.plus(network.id());
    }

    /** A network goes, without any port. */
    void remove(Network network) {
        downNetworks = downNetworks.minus(network.id());
    }

    /** Groups, rules and address groups come, go or change. */
    void model(ModelChanges changes, NetworkModel before, NetworkModel after) {
        for (Id<SecurityGroup> id : changes.securityGroups()) {
            if (!Objects.equals(
                    before.securityGroups().get(id), after.securityGroups().get(id))) {
                group(id);
            }
        }
        for (Id<SecurityGroupRule> id : changes.securityGroupRules()) {
            rule(before.securityGroupRules().get(id), after.securityGroupRules().get(id));
        }
        changes.addressGroups().forEach(id -> touched.remote(new Remote.Addresses(id)));
    }

    private void group(Id<SecurityGroup> id) {
        touched.groups.add(id);
        touched.ports.addAll(ports.get(id));
        remotesOf.get(id).forEach(touched::remote);
    }

    private void rule(@Nullable SecurityGroupRule before, @Nullable SecurityGroupRule after) {
        if (Objects.equals(before, after)) {
            return;
        }
        // First the new one, so that a remote that stays keeps its key.
        if (after != null) {
            Use use = Use.of(after);
            rules = rules.with(use, after.id());
            keys = keys.with(use.keyed());
            remotesOf = remotesOf.with(use.group(), use.remote());
            groupsWith = groupsWith.with(use.remote(), use.group());
            touch(use);
        }
        if (before != null && (after == null || !Use.of(after).equals(Use.of(before)))) {
            Use use = Use.of(before);
            rules = rules.without(use, before.id());
            if (rules.get(use).isEmpty()) {
                remotesOf = remotesOf.without(use.group(), use.remote());
                groupsWith = groupsWith.without(use.remote(), use.group());
                if (remotesOf.get(use.group()).stream()
                        .noneMatch(
                                remote -> new Use(use.group(), remote).keyed().equals(use.keyed()))) {
                    keys = keys.without(use.keyed());
                }
            }
            touch(use);
        }
    }

    private void touch(Use use) {
        touched.groups.add(use.group());
        touched.remote(use.remote());
    }

    /** A port comes, goes or changes; who is bound is seen to by {@link #bound}. */
    void port(@Nullable Port before, @Nullable Port after) {
        Set<Id<SecurityGroup>> was = Security.groupsOf(before);
        Set<Id<SecurityGroup>> is = Security.groupsOf(after);
        if (was.isEmpty() && is.isEmpty()) {
            return;
        }
        Id<Port> id = Objects.requireNonNull(after != null ? after : before).id();
        Set<IpPrefix> had = Security.prefixesOf(before);
        Set<IpPrefix> has = Security.prefixesOf(after);
        for (Id<SecurityGroup> group : both(was, is)) {
            if (!is.contains(group)) {
                ports = ports.without(group, id);
            } else if (!was.contains(group)) {
                ports = ports.with(group, id);
            } else if (had.equals(has)) {
                continue;
            }
            members(group, id, was.contains(group) ? had : Set.of(), is.contains(group) ? has : Set.of());
            touched.members(group);
        }
    }

    /** Ports beyond reach go, or change; before ports of their ids come. */
    void without(Set<Id<DistantPort>> distant, NetworkModel before) {
        for (Id<DistantPort> id : distant) {
            DistantPort was = before.distantPorts().get(id);
            port(was == null ? null : was.port(), null);
        }
    }

    /** Ports beyond reach come, or have changed; after ports of their ids went. */
    void with(Set<Id<DistantPort>> distant, NetworkModel after) {
        for (Id<DistantPort> id : distant) {
            DistantPort is = after.distantPorts().get(id);
            port(null, is == null ? null : is.port());
        }
    }

    private void members(Id<SecurityGroup> group, Id<Port> port, Set<IpPrefix> had, Set<IpPrefix> has) {
        PSortedSet<Member> all = members.getOrDefault(group, TreePSet.empty());
        for (IpPrefix prefix : had) {
            if (!has.contains(prefix)) {
                all = all.minus(new Member(prefix, port));
            }
        }
        for (IpPrefix prefix : has) {
            if (!had.contains(prefix)) {
                all = all.plus(new Member(prefix, port));
            }
        }
        members = all.isEmpty() ? members.minus(group) : members.plus(group, all);
    }

    /**
     * A port is bound or not, or in other groups, or up or down.
     *
     * @param before as it was; null: new
     * @param after as it is; null: gone
     * @param bound whether it is bound on this switch now
     */
    void bound(@Nullable Port before, @Nullable Port after, PortKey key, boolean bound) {
        boolean active = bound && after != null && after.adminStateUp() && !downNetworks.contains(after.networkId());
        Set<Id<SecurityGroup>> shown = active ? Security.groupsOf(after) : Set.of();
        for (Id<SecurityGroup> group : both(Security.groupsOf(before), shown)) {
            PSortedSet<PortKey> keysBefore = boundPorts.getOrDefault(group, TreePSet.empty());
            PSortedSet<PortKey> keysAfter = shown.contains(group) ? keysBefore.plus(key) : keysBefore.minus(key);
            if (keysBefore.size() != keysAfter.size()) {
                boundPorts = keysAfter.isEmpty() ? boundPorts.minus(group) : boundPorts.plus(group, keysAfter);
                touched.groups.add(group);
                if (keysBefore.isEmpty() || keysAfter.isEmpty()) {
                    remotesOf.get(group).forEach(touched::remote);
                }
            }
        }
    }

    private static <T> Set<T> both(Set<T> some, Set<T> others) {
        if (others.isEmpty() || some.equals(others)) {
            return some;
        }
        Set<T> both = new HashSet<>(some);
        both.addAll(others);
        return both;
    }
}
