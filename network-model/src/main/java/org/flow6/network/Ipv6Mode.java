package org.flow6.network;

/**
 * How hosts of an IPv6 subnet get their addresses and other settings (Neutron's {@code ipv6_ra_mode} and
 * {@code ipv6_address_mode}).
 */
public enum Ipv6Mode {
    /** Addresses by SLAAC (RFC 4862), everything else from Router Advertisements. */
    SLAAC("slaac"),
    /** Addresses and everything else by DHCPv6 (RFC 8415). */
    DHCPV6_STATEFUL("dhcpv6-stateful"),
    /** Addresses by SLAAC, everything else by DHCPv6. */
    DHCPV6_STATELESS("dhcpv6-stateless");

    private final String neutronName;

    Ipv6Mode(String neutronName) {
        this.neutronName = neutronName;
    }

    /** Whether each port has the address that SLAAC makes of its MAC address. */
    public boolean isAutoAddress() {
        return this != DHCPV6_STATEFUL;
    }

    @Override
    public String toString() {
        return neutronName;
    }
}
