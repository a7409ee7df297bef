package org.flow6.packets.dhcpv6;

import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The recursive name servers to ask (RFC 3646 §3). */
public record DnsServers(List<IPv6Address> addresses) implements AddressList {
    public static final int CODE = 23;

    public DnsServers {
        addresses = List.copyOf(addresses);
    }

    @Override
    public int code() {
        return CODE;
    }
}
