package org.flow6.network.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.flow6.network.file.Node.Entry;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPVersion;
import org.projectfloodlight.openflow.types.MacAddress;

/** Ports. */
final class PortKind extends Kind {
    /** Neutron trusts what attaches to such ports: no port security, no security groups. */
    private static final String TRUSTED_OWNERS = "network:";

    private static final PairShape PAIR = new PairShape();
    private static final ProfileShape PROFILE = new ProfileShape();
    private static final ValueReader<ExtraDhcpOption> DHCP_OPTION = DhcpOptionShape.option();

    final RouterAdvertisementShape advertisement;
    final Attribute<String> name = optional("name", Readers.TEXT, "");
    final Attribute<String> networkId = required("network_id", Readers.ID);
    final Attribute<MacAddress> macAddress = required("mac_address", Readers.MAC);
    final Attribute<List<StatedIp>> fixedIps = optional("fixed_ips", Readers.list(FixedIps.STATED), List.of());
    final Attribute<String> deviceOwner = optional("device_owner", Readers.TEXT, "");
    final Attribute<String> deviceId = optional("device_id", Readers.TEXT, "");
    final Attribute<Boolean> adminStateUp = optional("admin_state_up", Readers.BOOLEAN, true);
    final Attribute<Boolean> portSecurityEnabled = optional("port_security_enabled", Readers.BOOLEAN);
    final Attribute<List<Values>> allowedAddressPairs =
            optional("allowed_address_pairs", Readers.list(PAIR.reader()), List.of());
    final Attribute<List<String>> securityGroups = optional("security_groups", Readers.list(Readers.ID));
    final Attribute<String> hostId = optional("binding:host_id", Readers.TEXT, "");
    final Attribute<String> dnsName = optional("dns_name", Readers.DOMAIN_NAME_OR_NONE, "");
    final Attribute<List<ExtraDhcpOption>> extraDhcpOptions =
            optional("extra_dhcp_opts", Readers.list(DHCP_OPTION), List.of());
    final Attribute<Values> profile = optional("binding:profile", PROFILE.reader());

    PortKind() {
        this(new RouterAdvertisementShape());
    }

    private PortKind(RouterAdvertisementShape advertisement) {
        super("ports", "port", advertisement);
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
            keys.accept(new Key.InterfaceNamed(name));
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
        checkInterface(port, resolving);
        checkDhcpOptions(port, resolving);
        Optional<RouterAdvertisementSettings> advertised = advertisement.of(port, resolving);
        if (network == null) {
            return;
        }
        Id<Network> on = Id.of(port.get(networkId));
        if (port.has(macAddress)) {
            resolving.claim(new Key.MacOn(on, port.get(macAddress)), port.place(macAddress));
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
        String owner = port.find(deviceOwner);
        if (network == null || (owner != null && owner.startsWith(TRUSTED_OWNERS))) {
            return false;
        }
        Boolean inherited = network.find(Kinds.NETWORKS.portSecurityEnabled);
        return inherited == null || inherited;
    }

    private List<Id<SecurityGroup>> groups(Item port, boolean secured, Resolving resolving) {
        List<String> stated = port.find(securityGroups);
        if (stated == null) {
            return secured && !port.states(securityGroups)
                    ? List.of(SecurityGroupKind.defaultOf(port.project(), resolving))
                    : List.of();
        }
        List<Id<SecurityGroup>> groups = new ArrayList<>();
        for (String group : stated) {
            resolving.refer(Kinds.SECURITY_GROUPS, group, port.place(securityGroups));
            if (!groups.contains(Id.<SecurityGroup>of(group))) {
                groups.add(Id.of(group));
            }
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

    private void checkRouter(Item port, Resolving resolving) {
        if (!port.has(deviceOwner, deviceId) || !Port.isRouterInterface(port.get(deviceOwner))) {
            return;
        }
        if (port.get(deviceId).isEmpty()) {
            resolving.complain(deviceId, "is missing: a " + port.get(deviceOwner) + " port names its router there");
        } else {
            resolving.refer(Kinds.ROUTERS, port.get(deviceId), port.place(deviceId));
        }
    }

    /** On one host, an OpenFlow port is one port's. */
    private void checkInterface(Item port, Resolving resolving) {
        String name = interfaceName(port);
        if (name.isEmpty() || !port.has(hostId)) {
            return;
        }
        String host = port.get(hostId);
        for (Item other : resolving.all(new Key.InterfaceNamed(name))) {
            String theirs = other.find(hostId);
            if (other != port && theirs != null && (host.isEmpty() || theirs.isEmpty() || host.equals(theirs))) {
                resolving.complainAgainst(
                        other, profile, "interface_name " + name + " is also that of port " + other.id());
            }
        }
    }

    /** Neutron keeps one value of an option for each version. */
    private void checkDhcpOptions(Item port, Resolving resolving) {
        List<ExtraDhcpOption> options = port.find(extraDhcpOptions);
        if (options == null || options.isEmpty()) {
            return;
        }
        Set<List<Object>> seen = new HashSet<>();
        for (ExtraDhcpOption option : options) {
            if (!seen.add(List.of(option.name(), option.ipVersion()))) {
                resolving.complain(extraDhcpOptions, option.name() + " is there twice for " + option.ipVersion());
            }
        }
    }

    private String interfaceName(Item port) {
        Values stated = port.find(profile);
        return stated == null ? "" : stated.get(PROFILE.interfaceName);
    }

    private static final class PairShape extends Shape {
        final Attribute<IpPrefix> ipAddress = required("ip_address", Readers.HOST_PREFIX);
        final Attribute<MacAddress> macAddress = optional("mac_address", Readers.MAC);

        PairShape() {
            super("an allowed address pair");
            ignore("active");
        }
    }

    private static final class DhcpOptionShape extends Shape {
        final Attribute<String> name =
                required("opt_name", "As dnsmasq names it, such as `bootfile-url`, or its number.", Readers.NAME);
        final Attribute<String> value = required("opt_value", "As dnsmasq writes it.", Readers.TEXT);
        final Attribute<IPVersion> ipVersion = optional(
                "ip_version",
                "Which DHCP it is for.",
                Readers.oneOf(Map.of("4", IPVersion.IPv4, "6", IPVersion.IPv6)),
                IPVersion.IPv4);

        private DhcpOptionShape() {
            super("a DHCP option");
        }

        static ValueReader<ExtraDhcpOption> option() {
            DhcpOptionShape shape = new DhcpOptionShape();
            ValueReader<Values> reader = shape.reader();
            return Readers.mapping(shape, field -> {
                Values option = reader.read(field);
                return option == null
                        ? null
                        : new ExtraDhcpOption(
                                option.get(shape.name), option.get(shape.value), option.get(shape.ipVersion));
            });
        }
    }

    /** Neutron's binding profile: whatever the one who binds wants to know. */
    private static final class ProfileShape extends Shape {
        final Attribute<String> interfaceName = optional("interface_name", Readers.TEXT, "");

        ProfileShape() {
            super("a binding profile");
        }

        @Override
        void unknown(Entry entry, Field field) {}
    }
}
