package org.flow6.packets;

import java.util.Optional;

/** How a host prefers a router or route over others (RFC 4191 §2.1). */
public enum RouterPreference {
    HIGH(0b01),
    MEDIUM(0b00),
    LOW(0b11);

    private static final int SHIFT = 3;

    private final int bits;

    RouterPreference(int bits) {
        this.bits = bits;
    }

    /** The preference in an octet of flags, if it is not the reserved one. */
    static Optional<RouterPreference> ofOctet(int octet) {
        return switch (octet >>> SHIFT & 0b11) {
            case 0b01 -> Optional.of(HIGH);
            case 0b00 -> Optional.of(MEDIUM);
            case 0b11 -> Optional.of(LOW);
            default -> Optional.empty();
        };
    }

    /** The preference where an octet of flags has it. */
    int octet() {
        return bits << SHIFT;
    }
}
