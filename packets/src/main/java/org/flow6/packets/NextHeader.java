package org.flow6.packets;

/**
 * What follows an IPv6 header or extension header (RFC 8200 §3), a number of IANA's protocol registry. openflowj's
 * IpProtocol is no substitute: it throws for 255, which is on the wire as easily as any other octet.
 *
 * @param value 0 to 255
 */
public record NextHeader(int value) {
    private static final NextHeader[] ALL = new NextHeader[256];

    static {
        for (int value = 0; value < ALL.length; value++) {
            ALL[value] = new NextHeader(value);
        }
    }

    public static final NextHeader HOP_BY_HOP = of(0);
    public static final NextHeader ICMPV4 = of(1);
    public static final NextHeader TCP = of(6);
    public static final NextHeader UDP = of(17);
    public static final NextHeader ROUTING = of(43);
    public static final NextHeader FRAGMENT = of(44);
    public static final NextHeader ICMPV6 = of(58);
    /** Nothing follows (RFC 8200 §4.7). */
    public static final NextHeader NONE = of(59);

    public static final NextHeader DESTINATION_OPTIONS = of(60);

    public NextHeader {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("next header " + value + " (0-255)");
        }
    }

    /**
     * The next header of that number, without allocating.
     *
     * @throws IllegalArgumentException outside 0 to 255
     */
    public static NextHeader of(int value) {
        return value >= 0 && value < ALL.length ? ALL[value] : new NextHeader(value);
    }

    /** Whether an {@link ExtensionHeader} record stands for it, rather than a payload. */
    boolean isExtension() {
        return switch (value) {
            case 0, 43, 44, 60 -> true;
            default -> false;
        };
    }
}
