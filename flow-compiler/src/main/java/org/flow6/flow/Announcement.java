package org.flow6.flow;

import java.time.Duration;

/**
 * A packet to send unasked, once a flow is newly in the switch.
 *
 * @param times how often, 1 to 3 (RFC 4861 §10 MAX_NEIGHBOR_ADVERTISEMENT)
 * @param interval from one to the next, at least a second (RFC 4861 §10 RETRANS_TIMER)
 */
public record Announcement(PacketOut packet, int times, Duration interval) {
    public Announcement {
        if (times < 1 || times > 3 || interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(times + " times every " + interval);
        }
    }
}
