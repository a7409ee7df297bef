package org.flow6.network.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.network.Id;
import org.flow6.network.MulticastSettings;
import org.flow6.network.Network;
import org.flow6.network.NetworkKey;
import org.flow6.network.Port;
import org.flow6.network.ProviderPort;
import org.flow6.network.ProviderSegment;
import org.flow6.network.file.Complaint.Place;

/** Networks. */
final class NetworkKind extends NeutronKind {
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

    final ProviderAttributes provider;

    final TrustShape trust;

    NetworkKind() {
        this(new TrustShape());
    }

    private NetworkKind(TrustShape trust) {
        super("networks", "network", trust, "Which of its ports may do what port security refuses.");
        this.trust = trust;
        provider = ProviderAttributes.of(this);
        ignore("subnets", "is_default", "qos_policy_id", "l2_adjacency", "vlan_transparent", "segments");
        ignore("ipv4_address_scope", "ipv6_address_scope", "availability_zones", "availability_zone_hints");
    }

    @Override
    Collection<String> portsNamed(Item network) {
        Values stated = network.find(flow6);
        if (stated == null) {
            return List.of();
        }
        Values multicast = stated.find(trust.multicast);
        return Stream.of(
                        stated.find(trust.routers),
                        stated.find(trust.dhcpServers),
                        multicast == null ? null : multicast.find(trust.multicastShape.receivers))
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    void resolve(Item network, Resolving resolving) {
        if (!network.has(id)) {
            return;
        }
        Id<Network> key = Id.of(network.get(id));
        if (!resolving.all(Key.ANY_HOST).isEmpty()) {
            resolving.claim(Key.networkKey(NetworkKey.of(key)), network.place(id));
        }
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
        Optional<ProviderSegment> segment = provider.of(network, resolving);
        Values stated = network.find(flow6);
        Values trusted = stated == null ? trust.nothing() : stated;
        List<Id<Port>> routers = trusted(trusted, trust.routers, key, resolving);
        List<Id<Port>> dhcpServers = trusted(trusted, trust.dhcpServers, key, resolving);
        if (network.complaints().isEmpty()) {
            Network made = new Network(
                    key,
                    network.get(name),
                    network.get(adminStateUp),
                    network.get(mtu),
                    network.get(portSecurityEnabled),
                    network.get(external),
                    segment,
                    Optional.of(network.get(dnsDomain)).filter(domain -> !domain.isEmpty()),
                    routers,
                    dhcpServers,
                    multicast(trusted, key, resolving),
                    network.project());
            resolving.produce(made);
            if (segment.isPresent()) {
                resolving.produce(ProviderPort.of(made));
            }
        }
    }

    private static List<Id<Port>> trusted(
            Values stated, Attribute<List<String>> attribute, Id<Network> network, Resolving resolving) {
        List<String> ports = stated.find(attribute);
        return ports == null ? List.of() : own(ports, stated.place(FLOW6, attribute), network, resolving);
    }

    private MulticastSettings multicast(Values stated, Id<Network> network, Resolving resolving) {
        Values values = stated.find(trust.multicast);
        if (values == null) {
            return MulticastSettings.DEFAULT;
        }
        List<String> receivers = values.find(trust.multicastShape.receivers);
        Place place = stated.place(FLOW6, trust.multicast);
        return new MulticastSettings(
                values.get(trust.multicastShape.queryInterval),
                receivers == null ? List.of() : own(receivers, place, network, resolving));
    }

    /** The ports of these ids, which must be the network's. */
    private static List<Id<Port>> own(List<String> ports, Place place, Id<Network> network, Resolving resolving) {
        for (String port : ports) {
            Item found = resolving.refer(Kinds.PORTS, port, place);
            String theirs = found == null ? null : found.find(Kinds.PORTS.networkId);
            if (theirs != null && !theirs.equals(network.value())) {
                resolving.complain(place, "port " + port + " is of network " + theirs + ", not of network " + network);
            }
        }
        return ports.stream().distinct().map(Id::<Port>of).toList();
    }

    /** What a network states under {@code flow6}. */
    static final class TrustShape extends Shape {
        final Attribute<List<String>> routers = optional(
                "trusted_router",
                "Ports of the network that may send Router Advertisements and Redirects though they have port security.",
                Readers.oneOrMore(Readers.ID),
                List.of());
        final Attribute<List<String>> dhcpServers = optional(
                "trusted_dhcp_server",
                "Ports of the network that may answer as a DHCP server though they have port security.",
                Readers.oneOrMore(Readers.ID),
                List.of());

        private final MulticastShape multicastShape = new MulticastShape();
        final Attribute<Values> multicast =
                optional("multicast", "How multicast is kept to those who listen to it.", multicastShape.reader());

        TrustShape() {
            super("flow6");
        }
    }

    /** What a network states of multicast. */
    static final class MulticastShape extends Shape {
        /** What a query can tell as its interval in whole seconds without loss of less than a 16th (RFC 3810 §5.1.9). */
        private static final int LONGEST_QUERY_INTERVAL = 31744;

        final Attribute<Integer> queryInterval = optional(
                "query_interval",
                "Seconds from one question who listens to the next (RFC 3810 §9.2).",
                Readers.integer(2, LONGEST_QUERY_INTERVAL),
                MulticastSettings.DEFAULT.queryInterval());
        final Attribute<List<String>> receivers = optional(
                "receivers",
                "Ports of the network that get all multicast, whether they listen or not (RFC 4541 §2.1.2).",
                Readers.oneOrMore(Readers.ID),
                List.of());

        MulticastShape() {
            super("multicast");
        }
    }
}
