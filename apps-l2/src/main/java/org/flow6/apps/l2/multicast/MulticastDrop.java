package org.flow6.apps.l2.multicast;

import java.util.List;
import org.flow6.flow.DropReason;

/** Why multicast, and messages about it, are dropped. */
final class MulticastDrop {
    static final DropReason SCOPE =
            new DropReason(162, "multicast-scope", "to a multicast address that no other host may get (RFC 4291 §2.7)");
    static final DropReason QUERIER = new DropReason(
            163,
            "multicast-querier",
            "asks who listens to multicast or says that it routes it, from a port that is no router's (RFC 4541 §2.1.1, "
                    + "RFC 4286 §7)");
    static final DropReason REPORT = new DropReason(
            164,
            "mld-malformed",
            "a message about listeners to multicast that says nothing, or comes from nowhere (RFC 3810 §5, §7.4)");
    static final DropReason ROUTER = new DropReason(
            165, "multicast-router-malformed", "a multicast router's message that says nothing (RFC 4286 §3.2, §5.1)");
    static final DropReason HOST = new DropReason(
            166, "multicast-host", "says for another host what is listened to there, but is not from Flow6 there");

    static final List<DropReason> ALL = List.of(SCOPE, QUERIER, REPORT, ROUTER, HOST);

    private MulticastDrop() {}
}
