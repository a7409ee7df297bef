package org.flow6.apps.secgroup.groups;

import java.util.List;
import org.flow6.flow.DropReason;

/** Why security groups drop packets, beside the misses of their tables. */
final class SecurityGroupDrop {
    static final DropReason INVALID = new DropReason(
            100,
            "security-group-invalid",
            "of no connection and opening none: a TCP segment outside of its window, an ICMP error about nothing known");

    static final List<DropReason> ALL = List.of(INVALID);

    private SecurityGroupDrop() {}
}
