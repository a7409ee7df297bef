package org.flow6.core.reconcile;

import org.flow6.flow.Meter;
import org.flow6.flow.PuntReason;

/**
 * The id of a meter. OVS has 65,535 at most, so it is made of the reason's code and of the port's number or the host's
 * key, without anything to remember over a restart; ports whose numbers are {@value #PORTS} apart share, and so do
 * hosts whose keys are {@value #HOSTS} apart.
 */
final class MeterId {
    private static final int PORTS = 1791;
    private static final int HOSTS = 256;

    private MeterId() {}

    /** 1 to 65,503. */
    static int of(Meter meter) {
        return origin(meter) * PuntReason.CODES + meter.reason().code();
    }

    private static int origin(Meter meter) {
        return meter instanceof Meter.OfPort of
                ? Integer.remainderUnsigned(of.port().getPortNumber(), PORTS)
                : PORTS
                        + Integer.remainderUnsigned(
                                ((Meter.OfHost) meter).host().value(), HOSTS);
    }
}
