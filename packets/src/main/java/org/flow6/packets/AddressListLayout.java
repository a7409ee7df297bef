package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Options that end in one or more addresses: RFC 3122 §3.1 and RFC 8106 §5.1 lay them out alike. */
final class AddressListLayout {
    /** Where the addresses begin in an option's body. */
    static final int START = 6;

    private static final int MAX_SIZE = 127;

    private AddressListLayout() {}

    static int length(List<IPv6Address> addresses) {
        return NdOption.HEADER_LENGTH + START + addresses.size() * IPv6Address.LENGTH;
    }

    static void requireSize(List<IPv6Address> addresses) {
        if (addresses.isEmpty() || addresses.size() > MAX_SIZE) {
            throw new IllegalArgumentException(addresses.size() + " addresses (1-127)");
        }
    }

    /** The addresses of an option's body, if it is of a length that they fill. */
    static Optional<List<IPv6Address>> decode(Bytes body) {
        int octets = body.length() - START;
        if (octets == 0 || octets % IPv6Address.LENGTH != 0) {
            return Optional.empty();
        }
        List<IPv6Address> addresses = new ArrayList<>(octets / IPv6Address.LENGTH);
        for (int at = START; at < body.length(); at += IPv6Address.LENGTH) {
            addresses.add(body.ipv6Address(at));
        }
        return Optional.of(addresses);
    }
}
