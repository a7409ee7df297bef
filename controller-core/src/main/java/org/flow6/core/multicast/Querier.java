package org.flow6.core.multicast;

import org.flow6.network.MulticastSettings;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPv6Address;

/** When general queries are due on one network, and whether others send them (RFC 3810 §7.1, §7.6). For one thread. */
public final class Querier {
    private final IPv6Address own;
    private Times times;
    private Times ownTimes;
    private long next;
    private int startup;
    private @Nullable Long otherUntil;

    /**
     * @param own address that it asks from
     * @param first when it asks first
     */
    public Querier(IPv6Address own, MulticastSettings settings, long first) {
        this.own = own;
        ownTimes = Times.of(settings.queryInterval());
        times = ownTimes;
        next = first;
        startup = Times.ROBUSTNESS;
    }

    /** The network's settings are these from now on. */
    public void settings(MulticastSettings settings, long now) {
        Times changed = Times.of(settings.queryInterval());
        if (!changed.equals(ownTimes)) {
            ownTimes = changed;
            if (isQuerier()) {
                times = ownTimes;
                startAgain(now);
            }
        }
    }

    /** Asks soon, and again before long (RFC 3810 §9.6, §9.7). */
    public void startAgain(long first) {
        startup = Times.ROBUSTNESS;
        next = first;
    }

    /**
     * Somebody else asked: the one of the lower address goes on (RFC 3810 §7.6.2), and all take over his times (§7.6.1).
     *
     * @param seconds from one of his general queries to the next; 0: he does not tell
     * @param robustness of his; 0: he does not tell
     */
    public void heard(IPv6Address from, int seconds, int robustness, long now) {
        if (from.compareTo(own) >= 0) {
            return;
        }
        times = new Times(
                seconds == 0 ? ownTimes.interval() : Times.of(seconds).interval(),
                robustness == 0 ? ownTimes.robustness() : robustness);
        otherUntil = now + times.otherQuerier();
    }

    /** Whether it is the one who asks. */
    public boolean isQuerier() {
        return otherUntil == null;
    }

    /** Whether a general query is due. If so it is taken to be sent. */
    public boolean advance(long now) {
        Long until = otherUntil;
        if (until != null) {
            if (until - now > 0) {
                return false;
            }
            otherUntil = null;
            times = ownTimes;
            next = now;
        }
        if (next - now > 0) {
            return false;
        }
        startup = Math.max(0, startup - 1);
        next = now + (startup > 0 ? times.startup() : times.interval());
        return true;
    }

    /** When {@link #advance} has something to do next. */
    public long nextDeadline() {
        Long until = otherUntil;
        return until == null ? next : until;
    }

    /** The times that hold on the network: those of who asks. */
    public Times times() {
        return times;
    }
}
