package org.flow6.apps.nd;

import java.util.List;
import org.flow6.flow.DropReason;

/** Why echo requests to routers are dropped. */
final class EchoDrop {
    static final DropReason CODE = new DropReason(40, "echo-code", "ICMP code is not 0 (RFC 4443 §4.1)");
    static final DropReason SOURCE =
            new DropReason(41, "echo-source", "from a multicast address or from :: (RFC 4291 §2.5.2, §2.7)");
    static final DropReason MALFORMED = new DropReason(
            42,
            "echo-malformed",
            "in fragments, and no echo request, wrong checksum or not to a router (RFC 4443 §2.3)");

    static final List<DropReason> ALL = List.of(CODE, SOURCE, MALFORMED);

    private EchoDrop() {}
}
