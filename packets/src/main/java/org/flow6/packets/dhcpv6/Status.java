package org.flow6.packets.dhcpv6;

/**
 * The number of an outcome (RFC 8415 §21.13). A record and not an enum, for there are others' numbers too.
 *
 * @param value 0 to 65535
 */
public record Status(int value) {
    public static final Status SUCCESS = new Status(0);
    /** No reason is given. */
    public static final Status UNSPEC_FAIL = new Status(1);
    /** The server has no addresses for the identity association. */
    public static final Status NO_ADDRS_AVAIL = new Status(2);
    /** The server knows nothing of the client's identity association. */
    public static final Status NO_BINDING = new Status(3);
    /** A prefix is not right for the client's link. */
    public static final Status NOT_ON_LINK = new Status(4);
    /** The client is to send to {@link Dhcpv6Message#ALL_RELAY_AGENTS_AND_SERVERS}. */
    public static final Status USE_MULTICAST = new Status(5);
    /** The server has no prefixes for the identity association. */
    public static final Status NO_PREFIX_AVAIL = new Status(6);

    public Status {
        Unsigned.require("status", value, Short.SIZE);
    }

    public static Status of(int value) {
        return new Status(value);
    }

    /** The name of RFC 8415, or the number of an outcome that has none there. */
    @Override
    public String toString() {
        return switch (value) {
            case 0 -> "Success";
            case 1 -> "UnspecFail";
            case 2 -> "NoAddrsAvail";
            case 3 -> "NoBinding";
            case 4 -> "NotOnLink";
            case 5 -> "UseMulticast";
            case 6 -> "NoPrefixAvail";
            default -> "status " + value;
        };
    }
}
