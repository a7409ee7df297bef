package org.flow6.packets;

import org.projectfloodlight.openflow.types.IPv6Address;

/** Prefixes in options: their bits after the prefix length are sent as zero and not read. */
final class PrefixBits {
    static final int MAX_LENGTH = 128;

    private PrefixBits() {}

    /** The address with the bits after the prefix length, 0 to 128, cleared. */
    static IPv6Address of(IPv6Address address, int prefixLength) {
        return address.and(IPv6Address.ofCidrMaskLength(prefixLength));
    }

    static void require(IPv6Address prefix, int prefixLength) {
        if (prefixLength < 0
                || prefixLength > MAX_LENGTH
                || !of(prefix, prefixLength).equals(prefix)) {
            throw new IllegalArgumentException("prefix " + prefix + "/" + prefixLength);
        }
    }
}
