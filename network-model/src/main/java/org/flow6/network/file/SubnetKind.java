package org.flow6.network.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Ipv6Mode;
import org.flow6.network.Network;
import org.flow6.network.Route;
import org.flow6.network.Subnet;
import org.flow6.network.SubnetSettings;
import org.flow6.network.file.AllocationPools.Pool;
import org.flow6.network.file.Readers.OrNone;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/** Subnets. */
final class SubnetKind extends NeutronKind {
    /** SLAAC makes an interface identifier of 64 bits (RFC 4862, RFC 4291 §2.5.1). */
    static final int SLAAC_LENGTH = 64;

    private static final ValueReader<Ipv6Mode> MODE = Readers.oneOf(Map.of(
            "slaac", Ipv6Mode.SLAAC,
            "dhcpv6-stateful", Ipv6Mode.DHCPV6_STATEFUL,
            "dhcpv6-stateless", Ipv6Mode.DHCPV6_STATELESS));

    final SubnetSettingsShape settings;
    final Attribute<String> name = optional("name", "For people.", Readers.TEXT, "");
    final Attribute<String> networkId = required("network_id", "The network that it is a subnet of.", Readers.ID);
    final Attribute<Boolean> ipv6 =
            required("ip_version", "The family of the cidr.", Readers.oneOf(Map.of("4", false, "6", true)));
    final Attribute<IpPrefix> cidr = required("cidr", "Its addresses; overlaps no other of its network.", Readers.CIDR);
    final Attribute<OrNone<IPAddress<?>>> gatewayIp = optional(
            "gateway_ip",
            "The router of the hosts; may be link-local or outside the cidr; null: none. Default: the first "
                    + "address of the cidr (RFC 4291 §2.6.1), or with IPv4 the next.",
            Readers.orNone(Readers.ADDRESS));
    final Attribute<Boolean> enableDhcp =
            optional("enable_dhcp", "Whether hosts are served by DHCP; both modes need it.", Readers.BOOLEAN, true);
    final Attribute<Ipv6Mode> raMode = optional(
            "ipv6_ra_mode",
            "What Router Advertisements tell hosts: where addresses come from. Default: Flow6 sends none.",
            MODE);
    final Attribute<Ipv6Mode> addressMode = optional(
            "ipv6_address_mode",
            "Where addresses come from; what ipv6_ra_mode says if both are stated. Default: ipv6_ra_mode.",
            MODE);
    final Attribute<List<IPAddress<?>>> dnsNameservers =
            optional("dns_nameservers", "DNS servers for hosts.", Readers.list(Readers.HOST_ADDRESS), List.of());
    final Attribute<List<Route>> hostRoutes = optional("host_routes", "Routes for hosts.", Readers.ROUTES, List.of());
    final Attribute<List<Pool>> allocationPools = optional(
            "allocation_pools",
            "Which addresses are for hosts. Default: all but the gateway, the first and with IPv4 the last.",
            Readers.list(AllocationPools.POOL));

    SubnetKind() {
        this(new SubnetSettingsShape());
    }

    private SubnetKind(SubnetSettingsShape settings) {
        super("subnets", "subnet", settings, "What else hosts are told; for IPv6 subnets alone.");
        this.settings = settings;
        ignore("service_types", "subnetpool_id", "use_default_subnetpool", "prefixlen", "segment_id");
        ignore("dns_publish_fixed_ip");
    }

    @Override
    void declare(Item subnet, Consumer<Key> keys) {
        super.declare(subnet, keys);
        if (subnet.has(networkId)) {
            keys.accept(Key.subnetsOf(networkOf(subnet)));
        }
    }

    /** Whether each port has the address there that SLAAC makes of its MAC address, as Neutron decides it. */
    boolean isAutoAddress(Item subnet) {
        Ipv6Mode ra = subnet.find(raMode);
        Ipv6Mode address = subnet.find(addressMode);
        return (ra != null && ra.isAutoAddress()) || (address != null && address.isAutoAddress());
    }

    /** Whether ports may have other addresses there than the one that SLAAC makes. */
    boolean isChosen(Item subnet) {
        Values stated = subnet.find(flow6);
        return stated != null && Boolean.TRUE.equals(stated.get(settings.chosenAddresses));
    }

    boolean isIpv6(Item subnet) {
        IpPrefix prefix = subnet.find(cidr);
        return prefix != null && prefix.isIpv6();
    }

    @Override
    void resolve(Item subnet, Resolving resolving) {
        Item network = subnet.has(networkId)
                ? resolving.refer(Kinds.NETWORKS, subnet.get(networkId), subnet.place(networkId))
                : null;
        if (subnet.has(cidr)) {
            checkCidr(subnet, resolving);
            checkFamilies(subnet, resolving);
            if (subnet.has(networkId)) {
                checkOverlaps(subnet, resolving);
            }
        }
        checkModes(subnet, resolving);
        IPAddress<?> gateway = gatewayOf(subnet);
        if (subnet.has(cidr, allocationPools)) {
            AllocationPools.check(subnet, gateway, resolving);
        }
        SubnetSettings told = settings.of(subnet, network, resolving);
        if (subnet.complaints().isEmpty()) {
            resolving.produce(subnetOf(subnet, gateway, told));
        }
    }

    private Subnet subnetOf(Item subnet, @Nullable IPAddress<?> gateway, SubnetSettings told) {
        return new Subnet(
                Id.of(subnet.get(id)),
                subnet.get(name),
                networkOf(subnet),
                subnet.get(cidr),
                Optional.ofNullable(gateway),
                subnet.get(enableDhcp),
                Optional.ofNullable(subnet.find(raMode)),
                Optional.ofNullable(subnet.find(addressMode)),
                subnet.get(dnsNameservers),
                subnet.get(hostRoutes),
                AllocationPools.of(subnet, gateway),
                told,
                subnet.project());
    }

    private Id<Network> networkOf(Item subnet) {
        return Id.of(subnet.get(networkId));
    }

    /** The stated gateway, or Neutron's default: the prefix's first address for IPv6 (RFC 4291 §2.6.1), .1 for IPv4. */
    @Nullable
    IPAddress<?> gatewayOf(Item subnet) {
        OrNone<IPAddress<?>> stated = subnet.find(gatewayIp);
        if (stated != null) {
            return stated.value();
        }
        if (!subnet.has(cidr, gatewayIp)) {
            return null;
        }
        IPAddress<?> first = subnet.get(cidr).address();
        return Addresses.isIpv6(first) ? first : Addresses.next(first);
    }

    private void checkCidr(Item subnet, Resolving resolving) {
        IpPrefix prefix = subnet.get(cidr);
        if (prefix.length() == 0) {
            resolving.complain(cidr, prefix + " holds every address: a subnet needs a longer prefix");
        } else if (prefix.address().isMulticast()) {
            resolving.complain(cidr, prefix + " is multicast");
        } else if (prefix.address().isLoopback()) {
            resolving.complain(cidr, prefix + " is loopback");
        }
    }

    private void checkFamilies(Item subnet, Resolving resolving) {
        boolean v6 = subnet.get(cidr).isIpv6();
        if (subnet.has(ipv6) && subnet.get(ipv6) != v6) {
            resolving.complain(ipv6, "the cidr " + subnet.get(cidr) + " is " + Addresses.family(v6));
        }
        OrNone<IPAddress<?>> gateway = subnet.find(gatewayIp);
        IPAddress<?> address = gateway == null ? null : gateway.value();
        if (address != null) {
            String unfit = Addresses.unfitForHost(address);
            if (unfit != null) {
                resolving.complain(gatewayIp, address + " " + unfit);
            } else if (Addresses.isIpv6(address) != v6) {
                resolving.complain(gatewayIp, address + " is not " + Addresses.family(v6) + " as the cidr is");
            }
        }
        if (subnet.has(dnsNameservers)) {
            for (IPAddress<?> server : subnet.get(dnsNameservers)) {
                if (Addresses.isIpv6(server) != v6) {
                    resolving.complain(dnsNameservers, server + " is not " + Addresses.family(v6) + " as the cidr is");
                }
            }
        }
        if (subnet.has(hostRoutes)) {
            for (Route route : subnet.get(hostRoutes)) {
                if (route.destination().isIpv6() != v6) {
                    resolving.complain(
                            hostRoutes,
                            "the route to " + route.destination() + " is not " + Addresses.family(v6)
                                    + " as the cidr is");
                }
            }
        }
    }

    private void checkOverlaps(Item subnet, Resolving resolving) {
        IpPrefix mine = subnet.get(cidr);
        for (Item other : resolving.all(Key.subnetsOf(networkOf(subnet)))) {
            IpPrefix theirs = other.find(cidr);
            if (other != subnet && theirs != null && mine.overlaps(theirs)) {
                resolving.complainAgainst(
                        other,
                        cidr,
                        mine + " overlaps " + theirs + " of subnet " + other.id() + " on the same network");
            }
        }
    }

    private void checkModes(Item subnet, Resolving resolving) {
        if (!subnet.has(raMode, addressMode)) {
            return;
        }
        Ipv6Mode ra = subnet.find(raMode);
        Ipv6Mode address = subnet.find(addressMode);
        Attribute<?> stated = ra != null ? raMode : addressMode;
        if (ra == null && address == null) {
            return;
        }
        if (ra != null && address != null && ra != address) {
            resolving.complain(
                    addressMode, address + " is not ipv6_ra_mode's " + ra + ": state the same or leave one out");
        }
        if (subnet.has(enableDhcp) && !subnet.get(enableDhcp)) {
            resolving.complain(stated, "needs enable_dhcp: true");
        }
        if (!subnet.has(cidr)) {
            return;
        }
        IpPrefix prefix = subnet.get(cidr);
        if (!prefix.isIpv6()) {
            resolving.complain(stated, "is for IPv6 subnets, and the cidr " + prefix + " is IPv4");
        } else if (isAutoAddress(subnet) && prefix.length() != SLAAC_LENGTH) {
            resolving.complain(
                    cidr, prefix + " must be a /" + SLAAC_LENGTH + " for hosts to make addresses in it (SLAAC)");
        }
    }
}
