package org.flow6.core;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flow6.core.multicast.Times;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.PortView;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A port that is bound here. One that is new is asked what is listened to behind it, twice and for a quick answer; until
 * then it gets everything. For the switch's thread.
 */
final class MulticastPort {
    /** How long it takes to answer what it is asked first, in nanoseconds. */
    static final long RESPONSE = TimeUnit.SECONDS.toNanos(1);

    private static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(500);

    private final Id<Network> network;
    private final Optional<OFPort> ofPort;
    private int questions;
    private boolean settled;
    private long next;

    /** What is to be done now. */
    enum Due {
        NOTHING,
        ASK,
        /** It has had time to answer. */
        SETTLE
    }

    private MulticastPort(Id<Network> network, Optional<OFPort> ofPort, boolean settled, long now) {
        this.network = network;
        this.ofPort = ofPort;
        this.settled = settled;
        questions = Times.ROBUSTNESS;
        next = now;
    }

    /** @param asked whether it was asked before, and what it answered is known */
    static MulticastPort of(PortView view, boolean asked, long now) {
        return new MulticastPort(view.network().id(), view.ofPort(), asked, now);
    }

    Id<Network> network() {
        return network;
    }

    /** Whether it is still the same: what is behind another OpenFlow port is somebody else. */
    boolean isSame(PortView view) {
        return view.network().id().equals(network) && view.ofPort().equals(ofPort);
    }

    Due advance(long now) {
        if (settled || next - now > 0) {
            return Due.NOTHING;
        }
        if (questions > 0) {
            questions--;
            next = now + RESPONSE + (questions == 0 ? MARGIN : 0);
            return Due.ASK;
        }
        settled = true;
        return Due.SETTLE;
    }

    Optional<Long> nextDeadline() {
        return settled ? Optional.empty() : Optional.of(next);
    }
}
