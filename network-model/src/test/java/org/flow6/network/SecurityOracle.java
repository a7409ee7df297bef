package org.flow6.network;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.minBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flow6.network.GroupView.RemoteUse;
import org.flow6.network.RemoteView.RemoteUser;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What the views of groups, remotes and claims should show, found by looking at everything. */
final class SecurityOracle {
    /** Both ends of what random prefixes hold, and what lies beyond. */
    private static final List<IPAddress<?>> ADDRESSES = Stream.<IPAddress<?>>concat(
                    IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256)
                            .mapToObj(i -> IPv6Address.of(RandomNetwork.PREFIX, i)),
                    Stream.of(IPv4Address.of(0), IPv4Address.of(2), IPv6Address.of("fe80::1")))
            .toList();

    private final NetworkSnapshot snapshot;
    private final NetworkModel model;
    private final String what;
    private final Map<Id<Port>, List<IPv6Address>> claimed;

    private SecurityOracle(NetworkSnapshot snapshot, String what) {
        this.snapshot = snapshot;
        this.model = snapshot.model();
        this.what = what;
        this.claimed = claimed();
    }

    /** Compares the views of a snapshot. */
    static void check(NetworkSnapshot snapshot, String what) {
        SecurityOracle oracle = new SecurityOracle(snapshot, what);
        oracle.model.ports().values().forEach(oracle::checkPort);
        oracle.model.securityGroups().keySet().forEach(oracle::checkGroup);
        oracle.model.securityGroupRules().values().stream()
                .map(SecurityGroupRule::remote)
                .distinct()
                .forEach(oracle::checkRemote);
        oracle.checkKeys();
    }

    private void checkPort(Port port) {
        PortView view = snapshot.port(port.id()).orElseThrow();
        assertThat(view.claimed()).as(what).isEqualTo(claimed.getOrDefault(port.id(), List.of()));
        assertThat(view.groups())
                .as(what)
                .isEqualTo(RandomNetwork.GROUPS.stream()
                        .filter(group -> isIn(port, group))
                        .flatMap(group ->
                                Optional.ofNullable(model.securityGroups().get(group)).stream())
                        .toList());
    }

    private static boolean isIn(Port port, Id<SecurityGroup> group) {
        return port.portSecurityEnabled() && port.securityGroups().contains(group);
    }

    private List<PortKey> boundPorts(Id<SecurityGroup> group) {
        return model.ports().keySet().stream()
                .map(id -> snapshot.port(id).orElseThrow())
                .filter(view -> view.ofPort().isPresent() && isIn(view.port(), group))
                .map(PortView::key)
                .sorted()
                .toList();
    }

    private Map<Remote, List<SecurityGroupRule>> rules(Id<SecurityGroup> group) {
        return model.securityGroupRules().values().stream()
                .filter(rule -> rule.securityGroupId().equals(group))
                .sorted(Comparator.comparing(SecurityGroupRule::id))
                .collect(groupingBy(SecurityGroupRule::remote));
    }

    private void checkGroup(Id<SecurityGroup> id) {
        GroupView view = snapshot.group(id).orElseThrow();
        assertThat(view.boundPorts()).as(what).isEqualTo(boundPorts(id));
        assertThat(view.remotes()).isSortedAccordingTo(Comparator.comparing(RemoteUse::key));
        assertThat(view.remotes().stream().collect(toMap(RemoteUse::remote, RemoteUse::rules)))
                .as(what)
                .isEqualTo(rules(id));
    }

    private void checkRemote(Remote remote) {
        Map<Id<SecurityGroup>, List<SecurityGroupRule>> users = new HashMap<>();
        for (Id<SecurityGroup> group : model.securityGroups().keySet()) {
            List<SecurityGroupRule> rules = rules(group).get(remote);
            if (rules != null && !boundPorts(group).isEmpty()) {
                users.put(group, rules);
            }
        }
        Optional<RemoteView> view = snapshot.remote(remote);
        assertThat(view.isPresent()).as(what).isEqualTo(!users.isEmpty() && !(remote instanceof Remote.Any));
        if (view.isPresent()) {
            assertThat(view.get().users()).isSortedAccordingTo(Comparator.comparing(RemoteUser::key));
            assertThat(view.get().users().stream()
                            .collect(toMap(user -> user.group().id(), RemoteUser::rules)))
                    .as(what)
                    .isEqualTo(users);
            List<IpPrefix> expected = prefixes(remote).toList();
            assertThat(ADDRESSES.stream()
                            .filter(address -> isHeld(address, view.get().prefixes()))
                            .toList())
                    .as("%s: %s", what, remote)
                    .isEqualTo(ADDRESSES.stream()
                            .filter(address -> isHeld(address, expected))
                            .toList());
        }
    }

    private static boolean isHeld(IPAddress<?> address, List<IpPrefix> by) {
        return by.stream().anyMatch(prefix -> prefix.contains(address));
    }

    private Stream<IpPrefix> prefixes(Remote remote) {
        if (remote instanceof Remote.Prefix stated) {
            return Stream.of(stated.prefix());
        }
        if (remote instanceof Remote.Addresses group) {
            return Optional.ofNullable(model.addressGroups().get(group.id())).stream()
                    .flatMap(found -> found.addresses().stream());
        }
        return model.ports().values().stream()
                .filter(port -> remote instanceof Remote.Group group && isIn(port, group.id()))
                .flatMap(port -> Stream.of(
                                port.fixedIps().stream().map(fixed -> IpPrefix.host(fixed.ipAddress())),
                                port.allowedAddressPairs().stream()
                                        .map(Port.AddressPair::ipAddress)
                                        .filter(pair -> pair.length() > 0),
                                claimed.getOrDefault(port.id(), List.of()).stream()
                                        .filter(address -> !address.isLinkLocal())
                                        .map(IpPrefix::host))
                        .flatMap(Function.identity()));
    }

    /** No two for one pair, and none for two; a group's single prefixes and any remote are one. */
    private void checkKeys() {
        Set<ConjunctionKey> keys = new HashSet<>();
        Set<List<?>> uses = new HashSet<>();
        for (Id<SecurityGroup> id : model.securityGroups().keySet()) {
            for (RemoteUse use : snapshot.group(id).orElseThrow().remotes()) {
                keys.add(use.key());
                boolean single = use.remote() instanceof Remote.Prefix || use.remote() instanceof Remote.Any;
                uses.add(single ? List.of(id) : List.of(id, use.remote()));
                snapshot.remote(use.remote()).ifPresent(view -> view.users().stream()
                        .filter(user -> user.group().id().equals(id))
                        .forEach(user -> assertThat(user.key()).as(what).isEqualTo(use.key())));
            }
        }
        assertThat(keys).as(what).hasSameSizeAs(uses);
    }

    private Map<Id<Port>, List<IPv6Address>> claimed() {
        Comparator<AddressClaim> precedence =
                Comparator.comparing(AddressClaim::since).thenComparing(claim -> snapshot.portKey(claim.port()));
        return snapshot
                .claims
                .of()
                .values()
                .filter(this::mayHold)
                .collect(groupingBy(ClaimedAddresses::addressOf, minBy(precedence)))
                .values()
                .stream()
                .map(Optional::orElseThrow)
                .sorted(Comparator.comparing(AddressClaim::address, IPv6Address::compareTo))
                .collect(groupingBy(AddressClaim::port, mapping(AddressClaim::address, toList())));
    }

    private boolean mayHold(AddressClaim claim) {
        Port port = model.ports().get(claim.port());
        return port != null
                && port.networkId().equals(claim.network())
                && port.adminStateUp()
                && port.portSecurityEnabled()
                && (claim.address().isLinkLocal()
                        || model.subnets().values().stream()
                                .anyMatch(subnet -> subnet.networkId().equals(claim.network())
                                        && subnet.settings().allowSlaacPrefix()
                                        && subnet.cidr().contains(claim.address())))
                && model.ports().values().stream()
                        .noneMatch(owner -> owner.networkId().equals(claim.network())
                                && owner.adminStateUp()
                                && owns(owner, claim.address()));
    }

    private static boolean owns(Port port, IPv6Address address) {
        return LinkLocal.of(port.macAddress()).equals(address)
                || port.fixedIps().stream().anyMatch(fixed -> fixed.ipAddress().equals(address))
                || port.allowedAddressPairs().stream()
                        .anyMatch(pair -> pair.ipAddress().equals(IpPrefix.host(address)));
    }
}
