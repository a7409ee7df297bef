package org.flow6.packets;

/**
 * The flags of a router advertisement (RFC 5175 §3).
 *
 * @param managed M: addresses are available from DHCPv6 (RFC 4861 §4.2)
 * @param other O: other configuration is available from DHCPv6 (RFC 4861 §4.2)
 * @param homeAgent H: the router is a Mobile IPv6 home agent (RFC 6275 §7.1)
 * @param preference as a default router (RFC 4191 §2.2)
 * @param proxy P: a Neighbor Discovery proxy passed it on (RFC 4389 §4.1.3.3)
 */
public record RouterFlags(
        boolean managed, boolean other, boolean homeAgent, RouterPreference preference, boolean proxy) {
    private static final int MANAGED = 0x80;
    private static final int OTHER = 0x40;
    private static final int HOME_AGENT = 0x20;
    private static final int PROXY = 0x04;

    /** Without H and P. */
    public static RouterFlags of(boolean managed, boolean other, RouterPreference preference) {
        return new RouterFlags(managed, other, false, preference, false);
    }

    /** Reads the flags from their octet; the reserved preference is medium (RFC 4191 §2.2), reserved bits ignored. */
    public static RouterFlags ofOctet(int octet) {
        return new RouterFlags(
                (octet & MANAGED) != 0,
                (octet & OTHER) != 0,
                (octet & HOME_AGENT) != 0,
                RouterPreference.ofOctet(octet).orElse(RouterPreference.MEDIUM),
                (octet & PROXY) != 0);
    }

    /** The flags as they are sent, 0 to 255. */
    public int octet() {
        return (managed ? MANAGED : 0)
                | (other ? OTHER : 0)
                | (homeAgent ? HOME_AGENT : 0)
                | preference.octet()
                | (proxy ? PROXY : 0);
    }

    RouterFlags preferring(RouterPreference wanted) {
        return new RouterFlags(managed, other, homeAgent, wanted, proxy);
    }
}
