package org.flow6.network;

import java.util.List;
import java.util.stream.IntStream;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * An IPv4 or IPv6 prefix, or a single address as a prefix of full length. IPv6 comes before IPv4, a lower address before
 * a higher one, a shorter prefix before a longer one.
 *
 * @param address the first address; no bit is set behind the prefix
 * @param length 0 to 32 (IPv4) or 128 (IPv6) bits
 */
public record IpPrefix(IPAddress<?> address, int length) implements Comparable<IpPrefix> {

    public static final IpPrefix ALL_IPV6 = new IpPrefix(IPv6Address.NONE, 0);
    public static final IpPrefix ALL_IPV4 = new IpPrefix(IPv4Address.NONE, 0);

    private static final List<IPv6Address> IPV6_BITS = IntStream.rangeClosed(1, 128)
            .mapToObj(number -> IPv6Address.ofCidrMaskLength(number)
                    .and(IPv6Address.ofCidrMaskLength(number - 1).not()))
            .toList();

    public IpPrefix {
        if (length < 0 || length > bits(address)) {
            throw new IllegalArgumentException("prefix length " + length + " of " + address);
        }
        if (length < bits(address) && !masked(address, length).equals(address)) {
            throw new IllegalArgumentException(address + "/" + length + " has bits behind its prefix");
        }
    }

    /** The prefix of the given length that holds the address, whose other bits are dropped. */
    public static IpPrefix of(IPAddress<?> address, int length) {
        return new IpPrefix(masked(address, length), length);
    }

    /** A prefix of full length: this address alone. */
    public static IpPrefix host(IPAddress<?> address) {
        return new IpPrefix(address, bits(address));
    }

    /**
     * Reads an address ({@code 2001:db8::1}) or a prefix ({@code 2001:db8::/32}); bits behind the prefix are dropped,
     * as Neutron does.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(IPAddress.of(text));
        }
        IPAddress<?> address = IPAddress.of(text.substring(0, slash));
        int length;
        try {
            length = Integer.parseInt(text.substring(slash + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("prefix length of " + text + " is not a number", e);
        }
        if (length < 0 || length > bits(address)) {
            throw new IllegalArgumentException("prefix length of " + text + " is not in 0.." + bits(address));
        }
        return of(address, length);
    }

    public boolean isIpv6() {
        return address.getIpVersion() == IPVersion.IPv6;
    }

    /** Whether this is a single address. */
    public boolean isHost() {
        return length == bits(address);
    }

    public boolean contains(IPAddress<?> other) {
        if (isHost()) {
            return other.equals(address);
        }
        return other.getIpVersion() == address.getIpVersion()
                && masked(other, length).equals(address);
    }

    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.address);
    }

    public boolean overlaps(IpPrefix other) {
        return contains(other) || other.contains(this);
    }

    /** The prefix that is one bit shorter, of which this is one half. */
    IpPrefix whole() {
        return of(address, length - 1);
    }

    /** Whether the other and this are the two halves of one prefix. */
    boolean isOtherHalfOf(IpPrefix other) {
        return length == other.length
                && length > 0
                && isIpv6() == other.isIpv6()
                && !address.equals(other.address)
                && (withLastBit().equals(other.address) || other.withLastBit().equals(address));
    }

    /** The address with the last bit of the prefix set. */
    private IPAddress<?> withLastBit() {
        return address instanceof IPv6Address v6
                ? v6.or(IPV6_BITS.get(length - 1))
                : ((IPv4Address) address).or(IPv4Address.of(1 << (32 - length)));
    }

    // By hand: thousands of them are compared where one of a group changes.

    @Override
    public boolean equals(Object other) {
        return other instanceof IpPrefix prefix && length == prefix.length && address.equals(prefix.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + length;
    }

    @Override
    public int compareTo(IpPrefix other) {
        int order = compare(address, other.address);
        return order != 0 ? order : Integer.compare(length, other.length);
    }

    private static int compare(IPAddress<?> left, IPAddress<?> right) {
        if (left instanceof IPv6Address v6) {
            return right instanceof IPv6Address other ? v6.compareTo(other) : -1;
        }
        return right instanceof IPv4Address other
                ? Integer.compareUnsigned(((IPv4Address) left).getInt(), other.getInt())
                : 1;
    }

    private static int bits(IPAddress<?> address) {
        return address.getIpVersion() == IPVersion.IPv6 ? 128 : 32;
    }

    private static IPAddress<?> masked(IPAddress<?> address, int length) {
        if (address instanceof IPv6Address v6) {
            return v6.and(IPv6Address.ofCidrMaskLength(length));
        }
        return ((IPv4Address) address).and(IPv4Address.ofCidrMaskLength(length));
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
