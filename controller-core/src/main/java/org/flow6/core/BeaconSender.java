package org.flow6.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.flow6.flow.Beacon;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.jspecify.annotations.Nullable;

/**
 * When one unit's frames are sent (RFC 4861 §6.2.4, §6.2.6): early ones first, then at random intervals, and to single
 * ports that asked. Times are those of {@link System#nanoTime}, so only differences of them mean anything. For the
 * switch's thread.
 */
final class BeaconSender<U> {
    private final BeaconOutput output;
    private final Beacon<U> beacon;
    private final Id<Network> network;
    private final Id<Port> source;
    /** Answers to single ports that are due, and those of the last gap. */
    private final Map<Id<Port>, Future<?>> asked = new HashMap<>();

    private final Map<Id<Port>, Long> answered = new HashMap<>();
    private U unit;
    private Beacon.Timing timing;
    private int early;
    private long due;
    private @Nullable Future<?> next;
    /** When all were sent to the last time; null before. */
    private @Nullable Long last;

    /** @param last when somebody before sent to all */
    BeaconSender(BeaconOutput output, Beacon<U> beacon, Id<Network> network, U unit, @Nullable Long last) {
        this.output = output;
        this.beacon = beacon;
        this.network = network;
        this.source = beacon.source(unit);
        this.unit = unit;
        this.timing = beacon.timing(unit);
        this.last = last;
        startAgain();
    }

    U unit() {
        return unit;
    }

    Beacon.Timing timing() {
        return timing;
    }

    /** Another unit of the same port takes this one's place. */
    void change(U to, Beacon.Timing withTiming) {
        unit = to;
        timing = withTiming;
        startAgain();
    }

    /** Soon, and early ones again. What is due sooner stays so, or many changes would put it off for ever. */
    void startAgain() {
        early = timing.initialCount();
        long at = afterGap(last, random(timing.solicitedDelay().toNanos()));
        if (next == null || at - due < 0) {
            scheduleAt(at);
        }
    }

    private void sendToAll() {
        long now = System.nanoTime();
        early = Math.max(0, early - 1);
        scheduleAt(now + interval());
        if (output.isConnected()) {
            last = now;
            asked.values().forEach(answer -> answer.cancel(false));
            asked.clear();
            answered.clear();
            output.send(moment -> beacon.frames(unit, moment), output.ports(network, source));
        }
    }

    private long interval() {
        long least = timing.least().toNanos();
        long interval = least + random(timing.most().toNanos() - least);
        long most = early > 0 ? timing.initialMost().toNanos() : interval;
        return Math.max(timing.gap().toNanos(), Math.min(interval, most));
    }

    /** One port gets it alone; what comes to all by then serves it as well. */
    void solicited(Id<Port> asker) {
        if (asker.equals(source) || asked.containsKey(asker)) {
            return;
        }
        long delay = random(timing.solicitedDelay().toNanos());
        long at = afterGap(answered.getOrDefault(asker, last), delay);
        if (at - due < 0) {
            asked.put(asker, later(() -> answer(asker), at));
        }
    }

    private void answer(Id<Port> asker) {
        asked.remove(asker);
        long now = System.nanoTime();
        answered.values().removeIf(before -> now - before >= timing.gap().toNanos());
        answered.put(asker, now);
        output.port(network, asker)
                .ifPresent(port -> output.send(moment -> beacon.frames(unit, moment), List.of(port)));
    }

    private long afterGap(@Nullable Long before, long delay) {
        long at = System.nanoTime() + delay;
        return before == null ? at : before + Math.max(at - before, timing.gap().toNanos());
    }

    private void scheduleAt(long time) {
        if (next != null) {
            next.cancel(false);
        }
        due = time;
        next = later(this::sendToAll, time);
    }

    private Future<?> later(Runnable task, long time) {
        return output.later("of port " + source, task, time - System.nanoTime());
    }

    void cancel() {
        if (next != null) {
            next.cancel(false);
        }
        asked.values().forEach(answer -> answer.cancel(false));
    }

    private static long random(long most) {
        return most <= 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1);
    }
}
