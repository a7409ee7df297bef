package org.flow6.network.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.IpProtocols;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.SecurityGroupRule.Direction;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.network.text.Node.Scalar;
import org.jspecify.annotations.Nullable;

/** Rules of security groups. */
final class SecurityGroupRuleKind extends NeutronKind {
    final Attribute<String> securityGroupId = required("security_group_id", "The group whose rule it is.", Readers.ID);
    final Attribute<Direction> direction = required(
            "direction",
            "Seen from the port.",
            Readers.oneOf(Map.of("ingress", Direction.INGRESS, "egress", Direction.EGRESS)));
    final Attribute<EtherType> etherType = optional(
            "ethertype",
            "The family it is about.",
            Readers.oneOf(Map.of("ipv4", EtherType.IPV4, "ipv6", EtherType.IPV6)),
            EtherType.IPV4);
    final Attribute<Integer> protocol = optional(
            "protocol",
            "As Neutron names them; with IPv6, `icmp` is ICMPv6. Default: any.",
            Readers.form("a protocol's name or number from 0 to 255", SecurityGroupRuleKind::readProtocol));
    final Attribute<Integer> portRangeMin =
            optional("port_range_min", "The first port; with ICMP the type. Default: any.", Readers.integer(0, 65535));
    final Attribute<Integer> portRangeMax =
            optional("port_range_max", "The last port; with ICMP the code. Default: any.", Readers.integer(0, 65535));
    final Attribute<IpPrefix> remoteIpPrefix = optional(
            "remote_ip_prefix",
            "The peers, by address; one of the three remotes at most. Default: any.",
            Readers.PREFIX);
    final Attribute<String> remoteGroupId = optional("remote_group_id", "The peers: ports in this group.", Readers.ID);
    final Attribute<String> remoteAddressGroupId =
            optional("remote_address_group_id", "The peers: addresses of this address group.", Readers.ID);
    final Attribute<String> description = optional("description", "For people.", Readers.TEXT);

    SecurityGroupRuleKind() {
        super("security_group_rules", "security group rule");
        ignore("normalized_cidr", "belongs_to_default_sg");
    }

    private static @Nullable Integer readProtocol(Field field) {
        if (field.node() instanceof Scalar scalar) {
            OptionalInt number = IpProtocols.parse(scalar.text());
            if (number.isPresent()) {
                return number.getAsInt();
            }
        }
        return field.isNot("a protocol's name or number from 0 to 255");
    }

    @Override
    void resolve(Item rule, Resolving resolving) {
        if (rule.has(securityGroupId)) {
            resolving.refer(Kinds.SECURITY_GROUPS, rule.get(securityGroupId), rule.place(securityGroupId));
        }
        if (rule.has(etherType, protocol)) {
            checkProtocol(rule, resolving);
        }
        Remote remote = remote(rule, resolving);
        if (rule.complaints().isEmpty()) {
            SecurityGroupRule made = new SecurityGroupRule(
                    Id.of(rule.get(id)),
                    Id.of(rule.get(securityGroupId)),
                    rule.get(direction),
                    rule.get(etherType),
                    protocol(rule),
                    number(rule, portRangeMin),
                    number(rule, portRangeMax),
                    remote,
                    Optional.ofNullable(rule.find(description)));
            resolving.claim(Key.sameRule(made), rule.place(id));
            resolving.produce(made);
        }
    }

    private OptionalInt protocol(Item rule) {
        Integer stated = rule.find(protocol);
        return stated == null || stated == IpProtocols.ANY
                ? OptionalInt.empty()
                : OptionalInt.of(IpProtocols.within(stated, rule.get(etherType) == EtherType.IPV6));
    }

    private static OptionalInt number(Item rule, Attribute<Integer> attribute) {
        Integer number = rule.find(attribute);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private void checkProtocol(Item rule, Resolving resolving) {
        OptionalInt number = protocol(rule);
        if (number.isPresent() && rule.get(etherType) == EtherType.IPV4 && IpProtocols.isIpv6Only(number.getAsInt())) {
            resolving.complain(protocol, "protocol " + number.getAsInt() + " is IPv6's: it needs ethertype: IPv6");
        }
        if (!rule.has(portRangeMin, portRangeMax) || (!rule.states(portRangeMin) && !rule.states(portRangeMax))) {
            return;
        }
        Attribute<?> stated = rule.states(portRangeMin) ? portRangeMin : portRangeMax;
        if (number.isEmpty()) {
            resolving.complain(stated, "needs a protocol: tcp, udp, sctp, dccp, udplite or icmp");
        } else if (IpProtocols.isIcmp(number.getAsInt())) {
            checkIcmp(rule, resolving);
        } else if (IpProtocols.hasPorts(number.getAsInt())) {
            checkPorts(rule, resolving);
        } else {
            resolving.complain(stated, "protocol " + number.getAsInt() + " has no ports");
        }
    }

    private void checkIcmp(Item rule, Resolving resolving) {
        for (Attribute<Integer> attribute : List.of(portRangeMin, portRangeMax)) {
            Integer value = rule.find(attribute);
            if (value != null && value > 255) {
                resolving.complain(
                        attribute,
                        value + " is no ICMP " + (attribute.equals(portRangeMin) ? "type" : "code") + ": 0 to 255");
            }
        }
        if (!rule.states(portRangeMin)) {
            resolving.complain(portRangeMax, "is an ICMP code, which needs its type in port_range_min");
        }
    }

    private void checkPorts(Item rule, Resolving resolving) {
        for (Attribute<Integer> attribute : List.of(portRangeMin, portRangeMax)) {
            Integer value = rule.find(attribute);
            if (value == null) {
                Attribute<Integer> other = attribute.equals(portRangeMin) ? portRangeMax : portRangeMin;
                resolving.complain(other, "needs " + attribute.name() + " too: state the same for a single port");
                return;
            }
            if (value == 0) {
                resolving.complain(attribute, "0 is no port: 1 to 65535");
                return;
            }
        }
        int min = rule.get(portRangeMin);
        int max = rule.get(portRangeMax);
        if (min > max) {
            resolving.complain(portRangeMin, min + " is more than port_range_max " + max);
        }
    }

    private Remote remote(Item rule, Resolving resolving) {
        List<Attribute<?>> stated = new ArrayList<>(List.of(remoteIpPrefix, remoteGroupId, remoteAddressGroupId));
        stated.removeIf(attribute -> !rule.states(attribute));
        if (stated.size() > 1) {
            resolving.complain(
                    stated.get(1), "is a second remote beside " + stated.get(0).name() + ": state only one of them");
        }
        Remote remote = new Remote.Any();
        String addresses = rule.find(remoteAddressGroupId);
        if (addresses != null) {
            resolving.refer(Kinds.ADDRESS_GROUPS, addresses, rule.place(remoteAddressGroupId));
            remote = new Remote.Addresses(Id.of(addresses));
        }
        String group = rule.find(remoteGroupId);
        if (group != null) {
            resolving.refer(Kinds.SECURITY_GROUPS, group, rule.place(remoteGroupId));
            remote = new Remote.Group(Id.of(group));
        }
        IpPrefix prefix = rule.find(remoteIpPrefix);
        if (prefix != null) {
            if (rule.has(etherType) && prefix.isIpv6() != (rule.get(etherType) == EtherType.IPV6)) {
                resolving.complain(
                        remoteIpPrefix,
                        prefix + " is " + Addresses.family(prefix.isIpv6()) + ", the ethertype is "
                                + Addresses.family(!prefix.isIpv6()));
            }
            remote = prefix.length() == 0 ? new Remote.Any() : new Remote.Prefix(prefix);
        }
        return remote;
    }
}
