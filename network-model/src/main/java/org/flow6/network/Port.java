package org.flow6.network;

import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * A port of a network: where a virtual machine, a container or a router is attached.
 *
 * @param macAddress its own; all zeros for a {@link ProviderPort}, which has none
 * @param deviceOwner what is attached, such as {@code compute:nova} or {@code network:router_interface}; may be empty
 * @param portSecurityEnabled whether source guard and security groups apply
 * @param hostId {@code binding:host_id}; empty: any host
 * @param interfaceName {@code binding:profile}'s {@code interface_name}: the name of the OpenFlow port it is bound to,
 *     where no OVS database tells
 * @param dnsName the host's name within the network's domain ({@code dns_name})
 * @param extraDhcpOptions what DHCP tells this port alone ({@code extra_dhcp_opts})
 * @param routerAdvertisement how the router advertises itself, from {@code flow6}; empty: by default, or no router's port
 */
public record Port(
        Id<Port> id,
        String name,
        Id<Network> networkId,
        MacAddress macAddress,
        List<FixedIp> fixedIps,
        String deviceOwner,
        String deviceId,
        boolean adminStateUp,
        boolean portSecurityEnabled,
        List<AddressPair> allowedAddressPairs,
        List<Id<SecurityGroup>> securityGroups,
        Optional<String> hostId,
        Optional<String> interfaceName,
        Optional<String> dnsName,
        List<ExtraDhcpOption> extraDhcpOptions,
        Optional<RouterAdvertisementSettings> routerAdvertisement,
        String projectId)
        implements Resource {

    public Port {
        fixedIps = List.copyOf(fixedIps);
        allowedAddressPairs = List.copyOf(allowedAddressPairs);
        securityGroups = List.copyOf(securityGroups);
        extraDhcpOptions = List.copyOf(extraDhcpOptions);
    }

    /** Whether a router is attached: its Neighbor Advertisements carry the router flag (RFC 4861 §4.4). */
    public boolean isRouterInterface() {
        return isRouterInterface(deviceOwner);
    }

    /** Whether it is Neutron's port for the network's DHCP server. */
    public boolean isDhcpServer() {
        return deviceOwner.equals("network:dhcp");
    }

    /** Whether it leads to the rest of a physical network: see {@link ProviderPort}. */
    public boolean isProvider() {
        return deviceOwner.equals(ProviderPort.OWNER);
    }

    /** Whether a {@code device_owner} says that a router is attached. */
    public static boolean isRouterInterface(String deviceOwner) {
        return deviceOwner.startsWith("network:router_")
                || deviceOwner.equals("network:ha_router_replicated_interface");
    }

    /**
     * A DHCP option for one port, as text.
     *
     * @param name as dnsmasq's, such as {@code bootfile-url} or {@code option6:dns-server}, or a number; not empty
     * @param ipVersion which DHCP it is for
     */
    public record ExtraDhcpOption(String name, String value, IPVersion ipVersion) {}

    /** An address that the port has on a subnet. */
    public record FixedIp(Id<Subnet> subnetId, IPAddress<?> ipAddress) {}

    /**
     * An address, or a prefix of them, that the port may use beside its own.
     *
     * @param macAddress the MAC address that goes with it; the port's own where the file has none
     */
    public record AddressPair(IpPrefix ipAddress, MacAddress macAddress) {}
}
