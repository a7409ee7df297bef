package org.flow6.flow;

import com.google.common.primitives.Longs;
import org.flow6.network.IpPrefix;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.U128;

/** The bits of values of fields, right-aligned. */
final class Bits {
    private Bits() {}

    /** As many bits, right-aligned. */
    static U128 ones(int bits) {
        // No field has more than 64 and less than 128 bits.
        return bits == 128 ? U128.of(-1, -1) : U128.of(0, -1L >>> (64 - bits));
    }

    /** Whether no bit of the value is outside the mask. */
    static boolean isWithin(U128 value, U128 mask) {
        return (value.getMsb() & ~mask.getMsb()) == 0 && (value.getLsb() & ~mask.getLsb()) == 0;
    }

    /** The mask of the prefix's length, right-aligned. */
    static U128 prefixMask(IpPrefix prefix) {
        IPAddress<?> mask = prefix.isIpv6()
                ? IPv6Address.ofCidrMaskLength(prefix.length())
                : IPv4Address.ofCidrMaskLength(prefix.length());
        return ip(mask);
    }

    static U128 ip(IPAddress<?> address) {
        return address instanceof IPv6Address v6 ? ip6(v6) : ip4((IPv4Address) address);
    }

    static U128 mac(MacAddress mac) {
        return U128.of(0, mac.getLong());
    }

    static U128 ip4(IPv4Address address) {
        return number(address.getInt());
    }

    static U128 ip6(IPv6Address address) {
        byte[] b = address.getBytes();
        return U128.of(
                Longs.fromBytes(b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]),
                Longs.fromBytes(b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]));
    }

    static U128 number(int value) {
        return U128.of(0, Integer.toUnsignedLong(value));
    }

    static U128 bit(boolean value) {
        return number(value ? 1 : 0);
    }

    static U128 longNumber(long value) {
        return U128.of(0, value);
    }
}
