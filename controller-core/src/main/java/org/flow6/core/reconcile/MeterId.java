package org.flow6.core.reconcile;

import org.flow6.flow.PuntReason;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * The meter of a port and a reason. OVS has 65,535 meters at most, so the id is made of the port's number and the
 * reason's code, without anything to remember over a restart; ports whose numbers are {@value #PORTS} apart share.
 */
final class MeterId {
    private static final int PORTS = 2047;

    private MeterId() {}

    /** 1 to 65,503. */
    static int of(OFPort port, PuntReason reason) {
        return Integer.remainderUnsigned(port.getPortNumber(), PORTS) * PuntReason.CODES + reason.code();
    }
}
