package org.flow6.network.file;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.flow6.network.Dhcpv6Settings;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.NtpServer;
import org.flow6.network.PrefixDelegation;
import org.flow6.network.RoutePreference;
import org.flow6.network.SubnetSettings;
import org.flow6.network.file.Complaint.Place;
import org.jspecify.annotations.Nullable;

/** What an IPv6 subnet states under {@code flow6}. */
final class SubnetSettingsShape extends Shape {
    /** IRT_MINIMUM and IRT_DEFAULT of RFC 8415 §7.6. */
    private static final int MIN_REFRESH = 600;

    /** RFC 8415 §21.24 and §21.25. */
    private static final int MIN_MAX_RT = 60;

    private static final int MAX_MAX_RT = 86_400;

    /** So that a Reply with it fits the smallest MTU of IPv6. */
    private static final int MAX_BOOTFILE_URL = 1024;

    static final ValueReader<RoutePreference> PREFERENCE = Readers.oneOf(Map.of(
            "low", RoutePreference.LOW,
            "medium", RoutePreference.MEDIUM,
            "high", RoutePreference.HIGH));

    final Attribute<Boolean> onLink = optional(
            "on_link",
            "Whether hosts reach addresses of the cidr without a router: the prefix's L flag (RFC 4861 §4.6.2).",
            Readers.BOOLEAN,
            true);
    final Attribute<Boolean> autonomous = optional(
            "autonomous",
            "Whether hosts make addresses in the cidr, which must be a /64: the prefix's A flag (RFC 4862 §5.5.3). "
                    + "Default: as the modes say, `true` for slaac and dhcpv6-stateless.",
            Readers.BOOLEAN);
    final LifetimeAttributes lifetimes = LifetimeAttributes.of(
            this,
            "How long hosts may use addresses, and leases hold, after they last heard of them (RFC 4861 §4.6.2, "
                    + "RFC 8415 §21.6). Default: `86400`.",
            "How long they may begin connections with them; at most valid_lifetime. Default: `14400`, or "
                    + "valid_lifetime where that is less.");
    final Attribute<Long> dnsLifetime = optional(
            "dns_lifetime",
            "How long hosts may use dns_nameservers and domain_search as advertised (RFC 8106 §5.1, §5.2). Default: 3 "
                    + "times the router's max_interval.",
            Readers.SECONDS);
    final Attribute<List<String>> domainSearch = optional(
            "domain_search",
            "In which domains hosts look for names (RFC 8106 §5.2, RFC 3646 §4). Default: the network's dns_domain.",
            Readers.list(Readers.DOMAIN_NAME));
    final Attribute<List<NtpServer>> ntpServers = optional(
            "ntp_servers",
            "Where hosts get the time from; a multicast address is one on which servers send (RFC 5908).",
            Readers.list(Readers.NTP_SERVER),
            List.of());
    final Attribute<URI> bootfileUrl =
            optional("bootfile_url", "What hosts boot (RFC 5970 §3.1).", Readers.uri(MAX_BOOTFILE_URL));
    final Attribute<Long> informationRefreshTime = optional(
            "information_refresh_time",
            "When hosts without a lease ask again (RFC 8415 §21.23).",
            Readers.seconds(MIN_REFRESH),
            Dhcpv6Settings.DEFAULT.informationRefreshTime());
    final Attribute<Long> renewalTime = optional(
            "renewal_time",
            "T1: when hosts renew a lease with the server that gave it; 0 leaves it to them (RFC 8415 §21.4). Default: "
                    + "half of the preferred lifetime.",
            Readers.SECONDS);
    final Attribute<Long> rebindingTime = optional(
            "rebinding_time",
            "T2: when they ask any server; 0 leaves it to them, else at least renewal_time (RFC 8415 §21.4). Default: "
                    + "0.8 of the preferred lifetime.",
            Readers.SECONDS);
    final Attribute<Boolean> rapidCommit = optional(
            "rapid_commit",
            "Whether a lease takes two messages, not four, where the host asks for it (RFC 8415 §21.14).",
            Readers.BOOLEAN,
            true);
    final Attribute<Integer> serverPreference = optional(
            "server_preference",
            "Which of several servers hosts take: that of the highest; they wait for no other with 255 (RFC 8415 "
                    + "§21.8). Default: not sent.",
            Readers.integer(0, 255));
    final Attribute<Integer> solMaxRt = optional(
            "sol_max_rt",
            "Seconds between a host's Solicits at most (RFC 8415 §21.24). Default: not sent.",
            Readers.integer(MIN_MAX_RT, MAX_MAX_RT));
    final Attribute<Integer> infMaxRt = optional(
            "inf_max_rt",
            "Seconds between a host's Information-requests at most (RFC 8415 §21.25). Default: not sent.",
            Readers.integer(MIN_MAX_RT, MAX_MAX_RT));
    final Attribute<Long> routeLifetime = optional(
            "route_lifetime",
            "How long hosts may use host_routes as advertised (RFC 4191 §2.3). Default: the router's router_lifetime.",
            Readers.SECONDS);
    final Attribute<RoutePreference> routePreference = optional(
            "route_preference",
            "Which of several routes of one length hosts take (RFC 4191 §2.3).",
            PREFERENCE,
            RoutePreference.MEDIUM);
    final DelegationShape delegation = new DelegationShape();
    final Attribute<Values> prefixDelegation = optional(
            "prefix_delegation",
            "Which prefixes routers on the subnet may get by DHCPv6 (RFC 8415 §6.3). Default: none.",
            delegation.reader());

    final Attribute<Boolean> allowSlaacPrefix = optional(
            "allow_slaac_prefix",
            "Whether ports with port security may use addresses in the cidr, which must be a /64, that they make by "
                    + "themselves (RFC 8981, RFC 7217): the first to claim one has it.",
            Readers.BOOLEAN,
            false);

    final Attribute<Boolean> chosenAddresses = optional(
            "chosen_addresses",
            "Whether ports may state any address of the cidr in place of that which hosts make of the MAC address (SLAAC).",
            Readers.BOOLEAN,
            false);

    SubnetSettingsShape() {
        super("flow6");
    }

    /** What a subnet's hosts are told, and what is wrong with it. */
    SubnetSettings of(Item subnet, @Nullable Item network, Resolving resolving) {
        boolean autonomousByMode = Kinds.SUBNETS.isAutoAddress(subnet);
        List<String> search = domainsOf(network);
        Values stated = subnet.find(Kinds.SUBNETS.flow6);
        IpPrefix cidr = subnet.find(Kinds.SUBNETS.cidr);
        if (stated == null && search.isEmpty()) {
            return autonomousByMode ? SubnetSettings.DEFAULT_AUTONOMOUS : SubnetSettings.DEFAULT;
        }
        if (cidr != null && !cidr.isIpv6()) {
            if (stated != null) {
                resolving.complainOfAll(this, stated, "is for IPv6 subnets, and the cidr " + cidr + " is IPv4");
            }
            return SubnetSettings.DEFAULT;
        }
        Values values = stated == null ? nothing() : stated;
        Boolean autonomy = values.find(autonomous);
        checkLength(values, autonomous, cidr, resolving);
        checkLength(values, allowSlaacPrefix, cidr, resolving);
        List<String> statedSearch = values.find(domainSearch);
        Lifetimes lives = lifetimes.of(values, Lifetimes.DEFAULT, Kind.FLOW6, resolving);
        return new SubnetSettings(
                values.get(onLink),
                autonomy == null ? autonomousByMode : autonomy,
                lives,
                optionalLong(values.find(dnsLifetime)),
                statedSearch == null ? search : statedSearch,
                optionalLong(values.find(routeLifetime)),
                values.get(routePreference),
                dhcpv6(values, lives, subnet, resolving),
                values.get(allowSlaacPrefix));
    }

    private static void checkLength(
            Values values, Attribute<Boolean> attribute, @Nullable IpPrefix cidr, Resolving resolving) {
        if (Boolean.TRUE.equals(values.find(attribute)) && cidr != null && cidr.length() != SubnetKind.SLAAC_LENGTH) {
            resolving.complain(
                    place(values, attribute),
                    "needs a cidr that is a /" + SubnetKind.SLAAC_LENGTH + ", not " + cidr + " (SLAAC)");
        }
    }

    private static List<String> domainsOf(@Nullable Item network) {
        String domain = network == null ? null : network.find(Kinds.NETWORKS.dnsDomain);
        return domain == null || domain.isEmpty() ? List.of() : List.of(domain);
    }

    private Dhcpv6Settings dhcpv6(Values values, Lifetimes lives, Item subnet, Resolving resolving) {
        Long renewal = values.find(renewalTime);
        Long rebinding = values.find(rebindingTime);
        if (renewal != null && rebinding != null && rebinding != 0 && renewal > rebinding) {
            resolving.complain(
                    place(values, renewalTime),
                    LifetimeAttributes.text(renewal) + " is more than rebinding_time, "
                            + LifetimeAttributes.text(rebinding) + " (RFC 8415 §21.4)");
        }
        return new Dhcpv6Settings(
                values.get(ntpServers),
                Optional.ofNullable(values.find(bootfileUrl)),
                values.get(informationRefreshTime),
                optionalLong(renewal),
                optionalLong(rebinding),
                values.get(rapidCommit),
                optionalInt(values.find(serverPreference)),
                optionalInt(values.find(solMaxRt)),
                optionalInt(values.find(infMaxRt)),
                delegation(values, lives, subnet, resolving));
    }

    private Optional<PrefixDelegation> delegation(Values values, Lifetimes lives, Item subnet, Resolving resolving) {
        Values stated = values.find(prefixDelegation);
        return stated == null ? Optional.empty() : delegation.of(stated, lives, subnet, resolving);
    }

    private static Place place(Values values, Attribute<?> attribute) {
        return values.place(Kind.FLOW6, attribute);
    }

    private static OptionalLong optionalLong(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt optionalInt(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
