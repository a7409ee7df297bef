package org.flow6.network.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.Port.AddressPair;
import org.flow6.network.Port.ExtraDhcpOption;
import org.flow6.network.Port.FixedIp;
import org.flow6.network.RouterAdvertisementSettings;
import org.flow6.network.SecurityGroup;
import org.flow6.network.file.FixedIps.StatedIp;
import org.flow6.network.text.Node.Entry;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.MacAddress;

/** Ports. */
final class PortKind extends NeutronKind {
    /** Neutron trusts what attaches to such ports: no port security, no security groups. */
    private static final String TRUSTED_OWNERS = "network:";

    private static final PairShape PAIR = new PairShape();
    private static final ProfileShape PROFILE = new ProfileShape();

    final RouterAdvertisementShape advertisement;
    final Attribute<String> name = optional("name", "For people.", Readers.TEXT, "");
    final Attribute<String> networkId = required("network_id", "The network that it is on.", Readers.ID);
    final Attribute<MacAddress> macAddress = required("mac_address", "Unique on its network.", Readers.MAC);
    final Attribute<List<StatedIp>> fixedIps = optional(
            "fixed_ips",
            "Its addresses; those that hosts make of the MAC address in slaac and dhcpv6-stateless subnets "
                    + "are added by themselves.",
            Readers.list(FixedIps.STATED),
            List.of());
    final Attribute<String> deviceOwner = optional(
            "device_owner",
            "What is attached, such as `compute:nova`; `network:router_interface` or another of "
                    + "`network:router_…` for a router. Default: none.",
            Readers.TEXT,
            "");
    final Attribute<String> deviceId = optional(
            "device_id",
            "Which device is attached; for a router its id, without which no router uses the port. Default: none.",
            Readers.TEXT,
            "");
    final Attribute<Boolean> adminStateUp =
            optional("admin_state_up", "Whether it takes part in its network.", Readers.BOOLEAN, true);
    final Attribute<Boolean> portSecurityEnabled = optional(
            "port_security_enabled",
            "Whether it may send from its own addresses alone, and security groups apply. Default: the "
                    + "network's; `false` for device_owner `network:…`.",
            Readers.BOOLEAN);
    final Attribute<List<Values>> allowedAddressPairs = optional(
            "allowed_address_pairs",
            "What else it may send from; needs port security.",
            Readers.list(PAIR.reader()),
            List.of());
    final Attribute<List<String>> securityGroups = optional(
            "security_groups",
            "The groups whose rules apply, all stateful or none; needs port security. Default: its project's "
                    + "default group; none for device_owner `network:…`.",
            Readers.list(Readers.ID));
    final Attribute<String> hostId = optional(
            "binding:host_id",
            "The only host that it is bound on; one of `hosts`, if there are any. Default: any.",
            Readers.TEXT,
            "");
    final Attribute<String> dnsName = optional(
            "dns_name",
            "The host's name within the network's dns_domain. Default: none.",
            Readers.DOMAIN_NAME_OR_NONE,
            "");
    final Attribute<List<ExtraDhcpOption>> extraDhcpOptions = optional(
            "extra_dhcp_opts", "What DHCP tells this port alone.", Readers.list(DhcpOptions.OPTION), List.of());
    final Attribute<Values> profile = optional(
            "binding:profile", "More about the binding; what is not listed here is let pass.", PROFILE.reader());

    PortKind() {
        this(new RouterAdvertisementShape());
    }

    private PortKind(RouterAdvertisementShape advertisement) {
        super("ports", "port", advertisement, "How the router advertises itself; for ports of routers alone.");
        this.advertisement = advertisement;
        ignore("binding:vif_details", "binding:vif_type", "binding:vnic_type", "dns_assignment", "dns_domain");
        ignore("qos_policy_id", "qos_network_policy_id", "data_plane_status");
        ignore("propagate_uplink_status", "mac_learning_enabled", "numa_affinity_policy", "resource_request");
        ignore("ip_allocation", "device_profile", "hints", "trunk_details", "security_group_ids");
    }

    @Override
    void declare(Item port, Consumer<Key> keys) {
        super.declare(port, keys);
        String name = interfaceName(port);
        if (!name.isEmpty()) {
            keys.accept(Key.interfaceNamed(name));
        }
        if (isOfRouter(port)) {
            keys.accept(Key.portsOfRouter(port.get(deviceId)));
        }
    }

    @Override
    void resolve(Item port, Resolving resolving) {
        Item network = port.has(networkId)
                ? resolving.refer(Kinds.NETWORKS, port.get(networkId), port.place(networkId))
                : null;
        boolean secured = isSecured(port, network);
        List<Id<SecurityGroup>> groups = groups(port, secured, resolving);
        List<AddressPair> pairs = pairs(port, secured, resolving);
        checkRouter(port, resolving);
        checkHost(port, network, resolving);
        checkOwner(port, resolving);
        checkInterface(port, resolving);
        DhcpOptions.check(port, resolving);
        Optional<RouterAdvertisementSettings> advertised = advertisement.of(port, resolving);
        if (network == null) {
            return;
        }
        Id<Network> on = Id.of(port.get(networkId));
        if (port.has(macAddress)) {
            resolving.claim(Key.macOn(on, port.get(macAddress)), port.place(macAddress));
        }
        List<FixedIp> addresses = port.has(fixedIps) ? FixedIps.of(port, on, resolving) : List.of();
        if (port.complaints().isEmpty()) {
            resolving.produce(portOf(port, addresses, secured, pairs, groups, advertised));
        }
    }

    private Port portOf(
            Item port,
            List<FixedIp> addresses,
            boolean secured,
            List<AddressPair> pairs,
            List<Id<SecurityGroup>> groups,
            Optional<RouterAdvertisementSettings> advertised) {
        return new Port(
                Id.of(port.get(id)),
                port.get(name),
                Id.of(port.get(networkId)),
                port.get(macAddress),
                addresses,
                port.get(deviceOwner),
                port.get(deviceId),
                port.get(adminStateUp),
                secured,
                pairs,
                groups,
                Optional.of(port.get(hostId)).filter(host -> !host.isEmpty()),
                Optional.of(interfaceName(port)).filter(name -> !name.isEmpty()),
                Optional.of(port.get(dnsName)).filter(host -> !host.isEmpty()),
                port.get(extraDhcpOptions),
                advertised,
                port.project());
    }

    /** As stated; else off for what Neutron trusts, and the network's. */
    private boolean isSecured(Item port, @Nullable Item network) {
        Boolean stated = port.find(portSecurityEnabled);
        if (stated != null) {
            return stated;
        }
        if (network == null || isTrusted(port)) {
            return false;
        }
        Boolean inherited = network.find(Kinds.NETWORKS.portSecurityEnabled);
        return inherited == null || inherited;
    }

    private boolean isTrusted(Item port) {
        String owner = port.find(deviceOwner);
        return owner != null && owner.startsWith(TRUSTED_OWNERS);
    }

    private List<Id<SecurityGroup>> groups(Item port, boolean secured, Resolving resolving) {
        List<String> stated = port.find(securityGroups);
        if (stated == null) {
            return secured && !isTrusted(port) && !port.states(securityGroups)
                    ? List.of(SecurityGroupKind.defaultOf(port.project(), resolving))
                    : List.of();
        }
        List<Id<SecurityGroup>> groups = new ArrayList<>();
        Map<Boolean, String> byState = new HashMap<>();
        for (String group : stated) {
            Item found = resolving.refer(Kinds.SECURITY_GROUPS, group, port.place(securityGroups));
            if (!groups.contains(Id.<SecurityGroup>of(group))) {
                groups.add(Id.of(group));
            }
            Boolean stateful = found == null ? null : found.find(Kinds.SECURITY_GROUPS.stateful);
            if (stateful != null) {
                byState.putIfAbsent(stateful, group);
            }
        }
        if (byState.size() > 1) {
            resolving.complain(
                    securityGroups,
                    "group " + byState.get(true) + " is stateful and group " + byState.get(false)
                            + " is not: the groups of a port are all of one sort");
        }
        if (!secured && !groups.isEmpty() && port.has(portSecurityEnabled)) {
            resolving.complain(securityGroups, "needs port security, which is off for this port");
        }
        return groups;
    }

    private List<AddressPair> pairs(Item port, boolean secured, Resolving resolving) {
        if (!port.has(allowedAddressPairs, macAddress)) {
            return List.of();
        }
        List<AddressPair> pairs = new ArrayList<>();
        for (Values pair : port.get(allowedAddressPairs)) {
            MacAddress mac = pair.find(PAIR.macAddress);
            pairs.add(new AddressPair(pair.get(PAIR.ipAddress), mac != null ? mac : port.get(macAddress)));
        }
        if (!secured && !pairs.isEmpty() && port.has(portSecurityEnabled)) {
            resolving.complain(allowedAddressPairs, "needs port security, which is off for this port");
        }
        return pairs;
    }

    private boolean isOfRouter(Item port) {
        return port.has(deviceOwner, deviceId) && Port.isRouterInterface(port.get(deviceOwner));
    }

    private void checkRouter(Item port, Resolving resolving) {
        // One that names no router yet is to become a router's.
        if (isOfRouter(port) && !port.get(deviceId).isEmpty()) {
            resolving.refer(Kinds.ROUTERS, port.get(deviceId), port.place(deviceId));
        }
    }

    /** Where hosts are listed, a port of another one would be reached by nobody. */
    private void checkHost(Item port, @Nullable Item network, Resolving resolving) {
        if (!port.has(hostId)
                || port.get(hostId).isEmpty()
                || resolving.all(Key.ANY_HOST).isEmpty()) {
            return;
        }
        Item host = resolving.refer(Kinds.HOSTS, port.get(hostId), port.place(hostId));
        String physical = network == null ? null : Kinds.NETWORKS.provider.physicalNetworkOf(network);
        List<String> attached = host == null ? null : host.find(Kinds.HOSTS.physicalNetworks);
        if (network != null && physical != null && attached != null && !attached.contains(physical)) {
            resolving.complain(
                    hostId,
                    "network " + network.id() + " is part of physical network " + physical + ", to which host "
                            + port.get(hostId) + " is not attached: add it to the host's physical_networks");
        }
    }

    private void checkOwner(Item port, Resolving resolving) {
        if (port.has(deviceOwner) && port.get(deviceOwner).startsWith("flow6:")) {
            resolving.complain(deviceOwner, "'flow6:…' is said of ports that Flow6 makes by itself");
        }
    }

    /** On one host, an OpenFlow port is one port's. */
    private void checkInterface(Item port, Resolving resolving) {
        String name = interfaceName(port);
        if (name.isEmpty() || !port.has(hostId)) {
            return;
        }
        String host = port.get(hostId);
        for (Item other : resolving.all(Key.interfaceNamed(name))) {
            String theirs = other.find(hostId);
            if (other != port && theirs != null && (host.isEmpty() || theirs.isEmpty() || host.equals(theirs))) {
                resolving.complainAgainst(
                        other, profile, "interface_name " + name + " is also that of port " + other.id());
            }
        }
    }

    private String interfaceName(Item port) {
        Values stated = port.find(profile);
        return stated == null ? "" : stated.get(PROFILE.interfaceName);
    }

    private static final class PairShape extends Shape {
        final Attribute<IpPrefix> ipAddress =
                required("ip_address", "An address, or a prefix of them.", Readers.HOST_PREFIX);
        final Attribute<MacAddress> macAddress =
                optional("mac_address", "The MAC address that goes with it. Default: the port's.", Readers.MAC);

        PairShape() {
            super("an allowed address pair");
            ignore("active");
        }
    }

    /** Neutron's binding profile: whatever the one who binds wants to know. */
    private static final class ProfileShape extends Shape {
        final Attribute<String> interfaceName = optional(
                "interface_name",
                "The OpenFlow port that it is bound to, where no OVS database tells; no other port of its host "
                        + "has it. Default: none.",
                Readers.TEXT,
                "");

        ProfileShape() {
            super("a binding profile");
        }

        @Override
        void unknown(Entry entry, Field field) {}
    }
}
