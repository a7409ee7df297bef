package org.flow6.network.file;

import java.util.Comparator;
import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;

/** Networks. */
final class NetworkKind extends Kind {
    /** RFC 791: every host takes 68 octets. */
    private static final int MIN_MTU = 68;
    /** RFC 8200 §5. */
    private static final int MIN_IPV6_MTU = 1280;

    private static final int MAX_MTU = 65535;
    private static final int ETHERNET_MTU = 1500;

    final Attribute<String> name = optional("name", "For people.", Readers.TEXT, "");
    final Attribute<Boolean> adminStateUp = optional(
            "admin_state_up", "Whether it takes part: no port of a network that is down does.", Readers.BOOLEAN, true);
    final Attribute<Integer> mtu = optional(
            "mtu",
            "Octets that an IP packet may have; at least 1280 where a subnet is IPv6 (RFC 8200 §5).",
            Readers.integer(MIN_MTU, MAX_MTU),
            ETHERNET_MTU);
    final Attribute<Boolean> portSecurityEnabled =
            optional("port_security_enabled", "The default of its ports.", Readers.BOOLEAN, true);
    final Attribute<String> dnsDomain = optional(
            "dns_domain",
            "The domain of the names of its ports, and the default of domain_search. Default: none.",
            Readers.DOMAIN_NAME_OR_NONE,
            "");
    final Attribute<Boolean> external =
            optional("router:external", "Whether routers may have their gateway on it.", Readers.BOOLEAN, false);

    NetworkKind() {
        super("networks", "network");
        ignore("subnets", "is_default", "qos_policy_id", "l2_adjacency", "vlan_transparent", "segments");
        ignore("provider:network_type", "provider:physical_network", "provider:segmentation_id");
        ignore("ipv4_address_scope", "ipv6_address_scope", "availability_zones", "availability_zone_hints");
    }

    @Override
    void resolve(Item network, Resolving resolving) {
        if (!network.has(id)) {
            return;
        }
        Id<Network> key = Id.of(network.get(id));
        if (network.has(mtu) && network.get(mtu) < MIN_IPV6_MTU) {
            resolving.all(Key.subnetsOf(key)).stream()
                    .filter(subnet -> Kinds.SUBNETS.isIpv6(subnet))
                    .map(Item::id)
                    .min(Comparator.naturalOrder())
                    .ifPresent(subnet -> resolving.complain(
                            mtu,
                            network.get(mtu) + " is too small for IPv6 subnet " + subnet + ": at least " + MIN_IPV6_MTU
                                    + " (RFC 8200 §5)"));
        }
        if (network.complaints().isEmpty()) {
            resolving.produce(new Network(
                    key,
                    network.get(name),
                    network.get(adminStateUp),
                    network.get(mtu),
                    network.get(portSecurityEnabled),
                    network.get(external),
                    Optional.of(network.get(dnsDomain)).filter(domain -> !domain.isEmpty()),
                    network.project()));
        }
    }
}
