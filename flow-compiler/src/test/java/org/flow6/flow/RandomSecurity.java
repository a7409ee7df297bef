package org.flow6.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.flow6.network.AddressClaim;
import org.flow6.network.AddressGroup;
import org.flow6.network.Dhcpv6Settings;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.PrefixDelegation;
import org.flow6.network.Resource;
import org.flow6.network.SecurityGroup;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.SecurityGroupRule.Direction;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.network.SubnetSettings;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Security groups, rules and claims of a random history, as a network file may have them. */
final class RandomSecurity {
    /** Of which the first half is stateful. */
    private static final int GROUPS = 4;

    private static final Id<AddressGroup> OFFICE = Id.of("office");
    private static final List<String> PREFIXES =
            List.of("::/0", "2001:db8::8/125", "2001:db8::7", "2001:db8::6", "10.0.0.0/24", "10.0.0.7");
    private static final List<Integer> WITH_PORTS = List.of(6, 17, 132);

    private final SplittableRandom random;

    RandomSecurity(SplittableRandom random) {
        this.random = random;
    }

    /** All groups, with rules of which no two of a group are the same, and an address group. */
    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            Id<SecurityGroup> id = group(group);
            resources.add(new SecurityGroup(id, "", group < GROUPS / 2, random.nextInt(4) == 0, ""));
            Set<SecurityGroupRule> rules = new HashSet<>();
            for (int number = random.nextInt(5); number > 0; number--) {
                long seed = random.nextLong();
                if (rules.add(rule(new SplittableRandom(seed), Id.of("any"), id))) {
                    resources.add(rule(new SplittableRandom(seed), Id.of(id + "-" + number), id));
                }
            }
        }
        List<IpPrefix> office = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> IpPrefix.parse(pick(random, PREFIXES)))
                .toList();
        resources.add(new AddressGroup(OFFICE, "", office, ""));
        return resources;
    }

    private static SecurityGroupRule rule(SplittableRandom random, Id<SecurityGroupRule> id, Id<SecurityGroup> group) {
        EtherType family = random.nextInt(4) == 0 ? EtherType.IPV4 : EtherType.IPV6;
        int icmp = family == EtherType.IPV6 ? 58 : 1;
        int protocol = pick(random, List.of(-1, icmp, icmp, 6, 17, 132, 47));
        OptionalInt first = OptionalInt.empty();
        OptionalInt last = OptionalInt.empty();
        if (protocol == icmp && random.nextBoolean()) {
            first = OptionalInt.of(random.nextInt(256));
            last = random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(3));
        } else if (WITH_PORTS.contains(protocol) && random.nextBoolean()) {
            int port = 1 + random.nextInt(2000);
            first = OptionalInt.of(port);
            last = OptionalInt.of(port + random.nextInt(2) * random.nextInt(2000));
        }
        return new SecurityGroupRule(
                id,
                group,
                pick(random, List.of(Direction.values())),
                family,
                protocol < 0 ? OptionalInt.empty() : OptionalInt.of(protocol),
                first,
                last,
                switch (random.nextInt(5)) {
                    case 0 -> new Remote.Any();
                    case 1 ->
                        new Remote.Prefix(IpPrefix.parse(family == EtherType.IPV6 ? "2001:db8::8/125" : "10.0.0.0/24"));
                    case 2 -> new Remote.Addresses(OFFICE);
                    default -> new Remote.Group(group(random.nextInt(GROUPS)));
                },
                Optional.empty());
    }

    private static Id<SecurityGroup> group(int number) {
        return Id.of(String.valueOf(number));
    }

    /** Some groups of one sort. */
    List<Id<SecurityGroup>> groups() {
        int first = random.nextBoolean() ? 0 : GROUPS / 2;
        return IntStream.range(first, first + GROUPS / 2)
                .filter(number -> random.nextBoolean())
                .mapToObj(RandomSecurity::group)
                .toList();
    }

    AddressClaim claim(Id<Network> network, Id<Port> port) {
        IPv6Address address = IPv6Address.of(pick(random, List.of("fe80::", "2001:db8::")) + (1 + random.nextInt(14)));
        return new AddressClaim(network, address, port, Instant.ofEpochSecond(random.nextInt(5)));
    }

    SubnetSettings settings(boolean autonomous) {
        SubnetSettings as = autonomous ? SubnetSettings.DEFAULT_AUTONOMOUS : SubnetSettings.DEFAULT;
        return new SubnetSettings(
                as.onLink(),
                as.autonomous(),
                as.lifetimes(),
                as.dnsLifetime(),
                as.domainSearch(),
                as.routeLifetime(),
                as.routePreference(),
                dhcpv6(as.dhcpv6()),
                random.nextBoolean());
    }

    private Dhcpv6Settings dhcpv6(Dhcpv6Settings as) {
        Optional<PrefixDelegation> delegation = random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new PrefixDelegation(IpPrefix.parse("2001:db8:f000::/52"), 56, Lifetimes.DEFAULT));
        return new Dhcpv6Settings(
                as.ntpServers(),
                as.bootfileUrl(),
                as.informationRefreshTime(),
                as.renewalTime(),
                as.rebindingTime(),
                random.nextBoolean(),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(256)),
                as.solMaxRt(),
                as.infMaxRt(),
                delegation);
    }

    private static <T> T pick(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
