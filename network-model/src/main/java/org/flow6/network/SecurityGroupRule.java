package org.flow6.network;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a security group allows.
 *
 * @param protocol IP protocol number, 0 to 255; empty: any. With IPv6, every Neutron spelling of ICMP is 58
 * @param portRangeMin first port, or ICMP type (0 is a value)
 * @param portRangeMax last port, or ICMP code (0 is a value)
 * @param remote which peers; {@link Remote.Any} when the file has none, or ::/0 or 0.0.0.0/0
 */
public record SecurityGroupRule(
        Id<SecurityGroupRule> id,
        Id<SecurityGroup> securityGroupId,
        Direction direction,
        EtherType etherType,
        OptionalInt protocol,
        OptionalInt portRangeMin,
        OptionalInt portRangeMax,
        Remote remote,
        Optional<String> description)
        implements Resource {
    private static final int DCCP = 33;
    private static final int UDP_LITE = 136;

    /** Whether it is about ports that Open vSwitch does not see: it then allows nothing. */
    public boolean isBlind() {
        return portRangeMin.isPresent()
                && protocol.isPresent()
                && (protocol.getAsInt() == DCCP || protocol.getAsInt() == UDP_LITE);
    }

    /** Seen from the port. */
    public enum Direction {
        INGRESS,
        EGRESS
    }

    /** The address family. */
    public enum EtherType {
        IPV4,
        IPV6
    }

    /** The peers that a rule is about. */
    public sealed interface Remote {
        record Any() implements Remote {}

        record Prefix(IpPrefix prefix) implements Remote {}

        record Group(Id<SecurityGroup> id) implements Remote {}

        record Addresses(Id<AddressGroup> id) implements Remote {}
    }
}
