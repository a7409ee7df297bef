package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.flow6.network.IpPrefix;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Addresses of one family from a first to a last one, as numbers.
 *
 * @param ipv6 whether they are of 128 bits, else of 32
 */
record IpRange(boolean ipv6, BigInteger first, BigInteger last) {

    static IpRange of(IpPrefix prefix) {
        BigInteger first = number(prefix.address());
        int free = (prefix.isIpv6() ? 128 : 32) - prefix.length();
        return new IpRange(
                prefix.isIpv6(),
                first,
                first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE));
    }

    /** Of an allocation pool. */
    static IpRange of(JsonNode pool) {
        IPAddress<?> start = IPAddress.of(pool.path("start").asText());
        return new IpRange(
                start instanceof IPv6Address,
                number(start),
                number(IPAddress.of(pool.path("end").asText())));
    }

    static BigInteger number(IPAddress<?> address) {
        return new BigInteger(1, address.getBytes());
    }

    IPAddress<?> address(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] whole = new byte[ipv6 ? 16 : 4];
        int length = Math.min(bytes.length, whole.length);
        System.arraycopy(bytes, bytes.length - length, whole, whole.length - length, length);
        return ipv6 ? IPv6Address.of(whole) : IPv4Address.of(whole);
    }

    boolean contains(IPAddress<?> address) {
        BigInteger number = number(address);
        return (address instanceof IPv6Address) == ipv6 && number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
    }

    boolean contains(IpRange other) {
        return ipv6 == other.ipv6 && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
    }

    boolean overlaps(IpRange other) {
        return ipv6 == other.ipv6 && first.compareTo(other.last) <= 0 && last.compareTo(other.first) >= 0;
    }

    boolean isEmpty() {
        return first.compareTo(last) > 0;
    }

    BigInteger size() {
        return last.subtract(first).add(BigInteger.ONE).max(BigInteger.ZERO);
    }
}
