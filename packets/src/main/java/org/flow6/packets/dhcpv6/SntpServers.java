package org.flow6.packets.dhcpv6;

import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The SNTP servers to ask (RFC 4075 §4); {@link NtpServer} is what replaces it. */
public record SntpServers(List<IPv6Address> addresses) implements AddressList {
    public static final int CODE = 31;

    public SntpServers {
        addresses = List.copyOf(addresses);
    }

    @Override
    public int code() {
        return CODE;
    }
}
