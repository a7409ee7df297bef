package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * The low 64 bits of a unicast address (RFC 4291 §2.5.1).
 *
 * @param value the 64 bits, of which a long's sign means nothing
 */
public record InterfaceId(long value) {
    private static final IPv6Address MASK = IPv6Address.of(0, -1);

    /** The modified EUI-64 of a MAC address: ff:fe in the middle, the universal/local bit flipped (RFC 4291 appendix A). */
    public static InterfaceId eui64(MacAddress mac) {
        long octets = mac.getLong();
        return new InterfaceId(((octets & 0xffff_ff00_0000L) << 16 | 0xff_fe00_0000L | (octets & 0xff_ffffL))
                ^ 0x0200_0000_0000_0000L);
    }

    /** The address of this interface under the high 64 bits of another one. */
    public IPv6Address under(IPv6Address prefix) {
        return prefix.and(MASK.not()).or(IPv6Address.of(0, value));
    }
}
