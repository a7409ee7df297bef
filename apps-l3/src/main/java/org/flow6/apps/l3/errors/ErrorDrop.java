package org.flow6.apps.l3.errors;

import java.util.List;
import org.flow6.flow.DropReason;

/** Why routers are silent about packets that they do not forward. */
public final class ErrorDrop {
    static final DropReason ABOUT_ERROR = new DropReason(
            130,
            "error-about-error",
            "an ICMP error or redirect, or a fragment that may be of one (RFC 4443 §2.4 e.1, e.2; RFC 1812 §4.3.2.7)");
    static final DropReason SOURCE = new DropReason(
            131, "error-source", "from an address that is no single host's (RFC 4443 §2.4 e.6, RFC 1812 §4.3.2.7)");
    static final DropReason DESTINATION =
            new DropReason(132, "error-destination", "to a multicast address (RFC 4443 §2.4 e.3, RFC 1812 §4.3.2.7)");
    static final DropReason LINK_MULTICAST = new DropReason(
            133,
            "error-link-multicast",
            "came by multicast or broadcast of the link (RFC 4443 §2.4 e.4, e.5; RFC 1812 §4.3.2.7)");
    static final DropReason FRAGMENT = new DropReason(
            134, "error-fragment", "a fragment, which no error is about, or which routers do not put together");
    static final DropReason MALFORMED = new DropReason(
            135, "error-malformed", "for a router, with wrong lengths or checksum (RFC 8200 §3, RFC 1812 §5.2.2)");
    static final DropReason NO_ADDRESS =
            new DropReason(136, "error-no-address", "the router has no IPv4 address to tell it from");
    static final DropReason NO_ROUTER =
            new DropReason(137, "error-no-router", "the router has just been removed, or its port");
    static final DropReason IGNORED = new DropReason(
            138,
            "router-ignores",
            "for a router, and to be discarded silently: no echo request, a TCP reset, nothing (RFC 4443 §2.4 b, RFC 9293"
                    + " §3.10.7.1)");
    static final DropReason OPTION = new DropReason(
            139, "router-unknown-option", "for a router, with an option that says to discard it (RFC 8200 §4.2)");

    public static final List<DropReason> ALL = List.of(
            ABOUT_ERROR,
            SOURCE,
            DESTINATION,
            LINK_MULTICAST,
            FRAGMENT,
            MALFORMED,
            NO_ADDRESS,
            NO_ROUTER,
            IGNORED,
            OPTION);

    private ErrorDrop() {}
}
