package org.flow6.network.file;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import org.flow6.network.IpPrefix;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Addresses as text (RFC 4291 §2.2, RFC 6943 §3.1.1 strict for IPv4), and their order. */
final class Addresses {
    private Addresses() {}

    /** The address that a text stands for; empty if none does, or only with a zone. */
    static Optional<IPAddress<?>> parse(String text) {
        if (text.indexOf('%') >= 0 || !InetAddresses.isInetAddress(text)) {
            return Optional.empty();
        }
        InetAddress address = InetAddresses.forString(text);
        boolean colons = text.indexOf(':') >= 0;
        if (colons && address instanceof Inet6Address v6) {
            return Optional.of(IPv6Address.of(v6.getAddress()));
        }
        // An IPv4-mapped IPv6 address comes out as IPv4, and belongs on no wire.
        return !colons && address instanceof Inet4Address v4
                ? Optional.of(IPv4Address.of(v4.getAddress()))
                : Optional.empty();
    }

    /** The prefix that a text with a slash stands for, without the bits behind it; empty if none does. */
    static Optional<IpPrefix> parsePrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        int length = decimal(text.substring(slash + 1));
        return parse(text.substring(0, slash))
                .filter(address -> length >= 0 && length <= bits(address))
                .map(address -> IpPrefix.of(address, length));
    }

    private static int decimal(String digits) {
        boolean plain =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : -1;
    }

    static int bits(IPAddress<?> address) {
        return isIpv6(address) ? 128 : 32;
    }

    static boolean isIpv6(IPAddress<?> address) {
        return address.getIpVersion() == IPVersion.IPv6;
    }

    /** How a message names an address's family. */
    static String family(IPAddress<?> address) {
        return family(isIpv6(address));
    }

    static String family(boolean ipv6) {
        return ipv6 ? "IPv6" : "IPv4";
    }

    /** Orders addresses of one family as numbers. */
    static int compare(IPAddress<?> left, IPAddress<?> right) {
        return Arrays.compareUnsigned(left.getBytes(), right.getBytes());
    }

    /** The address one above; null above the last of all. */
    static @Nullable IPAddress<?> next(IPAddress<?> address) {
        return step(address, 1);
    }

    /** The address one below; null below the first of all. */
    static @Nullable IPAddress<?> previous(IPAddress<?> address) {
        return step(address, -1);
    }

    private static @Nullable IPAddress<?> step(IPAddress<?> address, int by) {
        byte[] bytes = address.getBytes().clone();
        int overflow = by > 0 ? 0 : -1;
        for (int i = bytes.length - 1; i >= 0; i--) {
            bytes[i] += (byte) by;
            if (bytes[i] != overflow) {
                return of(bytes);
            }
        }
        return null;
    }

    /** The last address of a prefix. */
    static IPAddress<?> last(IpPrefix prefix) {
        byte[] bytes = prefix.address().getBytes().clone();
        for (int bit = prefix.length(); bit < bytes.length * 8; bit++) {
            bytes[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return of(bytes);
    }

    private static IPAddress<?> of(byte[] bytes) {
        return bytes.length == IPv4Address.NONE.getLength() ? IPv4Address.of(bytes) : IPv6Address.of(bytes);
    }

    /** Why no host can have an address; null if one can. */
    static @Nullable String unfitForHost(IPAddress<?> address) {
        if (address.isUnspecified()) {
            return "is the unspecified address";
        }
        if (address.isMulticast()) {
            return "is a multicast address";
        }
        if (address.isLoopback()) {
            return "is a loopback address";
        }
        return address.isBroadcast() ? "is the broadcast address" : null;
    }
}
