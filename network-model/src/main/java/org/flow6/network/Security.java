package org.flow6.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.GroupView.RemoteUse;
import org.flow6.network.RemoteView.RemoteUser;
import org.flow6.network.SecurityGroupRule.Remote;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Who is in security groups and what their rules are about, so that a change of one port, rule or group is a matter of
 * its groups and remotes.
 *
 * @param ports the ports of each group
 * @param boundPorts of these, those that {@link GroupView#boundPorts} shows
 * @param members the addresses of each group's ports, but claimed ones
 * @param rules of each group and remote
 * @param downNetworks those that are administratively down
 * @param aggregates what was made of members, shared by all snapshots that follow one another
 */
record Security(
        SetIndex<Id<SecurityGroup>, Id<Port>> ports,
        PMap<Id<SecurityGroup>, PSortedSet<PortKey>> boundPorts,
        PMap<Id<SecurityGroup>, PSortedSet<Member>> members,
        SetIndex<Use, Id<SecurityGroupRule>> rules,
        SetIndex<Id<SecurityGroup>, Remote> remotesOf,
        SetIndex<Remote, Id<SecurityGroup>> groupsWith,
        Keys<Use> keys,
        PSet<Id<Network>> downNetworks,
        Aggregates aggregates) {

    private static final Remote ANY = new Remote.Any();

    static final Security NONE = new Security(
            SetIndex.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            SetIndex.empty(),
            SetIndex.empty(),
            SetIndex.empty(),
            Keys.empty(Integer.SIZE),
            HashTreePSet.empty(),
            new Aggregates());

    /** An address, or a prefix of them, that a port of a group has. */
    record Member(IpPrefix prefix, Id<Port> port) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            int order = prefix.compareTo(other.prefix);
            return order != 0 ? order : port.compareTo(other.port);
        }
    }

    /** That rules of a group are about a remote. */
    record Use(Id<SecurityGroup> group, Remote remote) {
        static Use of(SecurityGroupRule rule) {
            return new Use(rule.securityGroupId(), rule.remote());
        }

        /** Whose key it has: a single prefix is part of what its rules match, so all of them are one. */
        Use keyed() {
            return remote instanceof Remote.Prefix ? new Use(group, ANY) : this;
        }

        /** What its key is made of. */
        @Override
        public String toString() {
            return group + " " + remote;
        }
    }

    /** The groups that a port is in: none without port security. */
    static Set<Id<SecurityGroup>> groupsOf(@Nullable Port port) {
        return port != null && port.portSecurityEnabled() ? new LinkedHashSet<>(port.securityGroups()) : Set.of();
    }

    /** The addresses that a port gives its groups, but claimed ones. */
    static Set<IpPrefix> prefixesOf(@Nullable Port port) {
        Set<IpPrefix> prefixes = new HashSet<>();
        if (port != null) {
            port.fixedIps().forEach(fixed -> prefixes.add(IpPrefix.host(fixed.ipAddress())));
            for (Port.AddressPair pair : port.allowedAddressPairs()) {
                // As Neutron: such a pair does not open a group to the world.
                if (pair.ipAddress().length() > 0) {
                    prefixes.add(pair.ipAddress());
                }
            }
        }
        return prefixes;
    }

    /** Every remote that rules are about, but any. */
    Set<Remote> remotes() {
        Set<Remote> remotes = new HashSet<>(groupsWith.keys());
        remotes.removeIf(Remote.Any.class::isInstance);
        return remotes;
    }

    /** The groups of a port that exist, ordered by id. */
    static List<SecurityGroup> groups(NetworkModel model, Port port) {
        return groupsOf(port).stream()
                .sorted()
                .flatMap(id -> Optional.ofNullable(model.securityGroups().get(id)).stream())
                .toList();
    }

    Optional<GroupView> group(NetworkModel model, Id<SecurityGroup> id) {
        SecurityGroup group = model.securityGroups().get(id);
        if (group == null) {
            return Optional.empty();
        }
        List<RemoteUse> remotes = new ArrayList<>();
        for (Remote remote : remotesOf.get(id)) {
            Use use = new Use(id, remote);
            remotes.add(new RemoteUse(remote, key(use), rules(model, use)));
        }
        remotes.sort(Comparator.comparing(RemoteUse::key)
                .thenComparing(use -> use.remote().toString()));
        return Optional.of(new GroupView(group, List.copyOf(boundPorts.getOrDefault(id, TreePSet.empty())), remotes));
    }

    Optional<RemoteView> remote(NetworkSnapshot snapshot, Remote remote) {
        List<RemoteUser> users = new ArrayList<>();
        for (Id<SecurityGroup> id : groupsWith.get(remote)) {
            SecurityGroup group = snapshot.model.securityGroups().get(id);
            if (group != null && boundPorts.containsKey(id)) {
                Use use = new Use(id, remote);
                users.add(new RemoteUser(group, key(use), rules(snapshot.model, use)));
            }
        }
        if (users.isEmpty() || remote instanceof Remote.Any) {
            return Optional.empty();
        }
        users.sort(Comparator.comparing(RemoteUser::key));
        return Optional.of(new RemoteView(remote, prefixes(snapshot, remote), users));
    }

    /** The addresses of a remote, aggregated. */
    private List<IpPrefix> prefixes(NetworkSnapshot snapshot, Remote remote) {
        if (remote instanceof Remote.Prefix stated) {
            return List.of(stated.prefix());
        } else if (remote instanceof Remote.Addresses addresses) {
            AddressGroup group = snapshot.model.addressGroups().get(addresses.id());
            return group == null ? List.of() : Prefixes.aggregate(group.addresses());
        } else if (remote instanceof Remote.Group group) {
            List<IpPrefix> stated = aggregates.of(group.id(), members.getOrDefault(group.id(), TreePSet.empty()));
            List<IPv6Address> claimed = claimed(snapshot, group.id());
            return claimed.isEmpty() ? stated : withHosts(stated, claimed);
        }
        return List.of();
    }

    private static List<IpPrefix> withHosts(List<IpPrefix> prefixes, List<IPv6Address> hosts) {
        List<IpPrefix> all = new ArrayList<>(prefixes);
        hosts.forEach(host -> all.add(IpPrefix.host(host)));
        return Prefixes.aggregate(all);
    }

    /** What ports of a group claimed and others may reach from afar. Few ports have claims. */
    private List<IPv6Address> claimed(NetworkSnapshot snapshot, Id<SecurityGroup> group) {
        List<IPv6Address> claimed = new ArrayList<>();
        for (Id<Port> id : snapshot.claims.of().keys()) {
            Port port = snapshot.model.ports().get(id);
            if (port != null && groupsOf(port).contains(group)) {
                snapshot.claims.heldBy(port, snapshot).stream()
                        .filter(address -> !address.isLinkLocal())
                        .forEach(claimed::add);
            }
        }
        return claimed;
    }

    private ConjunctionKey key(Use use) {
        return new ConjunctionKey(keys.key(use.keyed()));
    }

    private List<SecurityGroupRule> rules(NetworkModel model, Use use) {
        return rules.get(use).stream()
                .sorted()
                .map(id -> {
                    SecurityGroupRule rule = model.securityGroupRules().get(id);
                    if (rule == null) {
                        throw new IllegalStateException("index names rule " + id + ", which does not exist");
                    }
                    return rule;
                })
                .toList();
    }
}
