package org.flow6.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.flow6.flow.DropReason;
import org.flow6.network.PortKey;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.Reassembly;

/**
 * Puts packets together that come in fragments, those of each port by themselves and within bounds, so that no port fills
 * the memory or takes another one's place (RFC 8200 §4.5, RFC 5722). For one thread.
 */
final class Reassemblies {
    static final DropReason DISCARDED = new DropReason(
            0xfff8,
            "fragment-discarded",
            "a fragment that overlaps, or is of a wrong length (RFC 8200 §4.5, RFC 5722)");
    static final DropReason INCOMPLETE = new DropReason(
            0xfff7, "fragments-incomplete", "a packet whose fragments did not all come in time (RFC 8200 §4.5)");

    /** More than the largest packet has with its headers, at the smallest MTU. */
    private static final int OCTETS = 128 * 1024;

    private static final int PACKETS = 8;
    /** Beyond these, the port that sent none for the longest time gives way: 32 MiB in all. */
    private static final int PORTS = 256;

    private final ObjLongConsumer<DropReason> drops;
    /** In the order of their last fragments. */
    private final LinkedHashMap<PortKey, Reassembly> ports = new LinkedHashMap<>(16, 0.75f, true);

    /** @param drops told how many packets were dropped, for which reason */
    Reassemblies(ObjLongConsumer<DropReason> drops) {
        this.drops = drops;
    }

    /**
     * The frame itself if it is no fragment; of a fragment the whole frame that it completes, or nothing.
     *
     * @param now in nanoseconds, as of {@link System#nanoTime}
     */
    Optional<Ethernet> add(PortKey source, Ethernet frame, long now) {
        expire(now);
        Decoded<Ipv6> decoded = Ipv6.decode(frame);
        if (!(decoded instanceof Decoded.Ok<Ipv6> packet) || !packet.value().isPart()) {
            return Optional.of(frame);
        }
        Reassembly port = ports.computeIfAbsent(source, none -> new Reassembly(PACKETS, OCTETS));
        long evicted = port.evicted();
        Decoded<Optional<Ipv6>> result = port.add(packet.value(), now);
        count(INCOMPLETE, port.evicted() - evicted);
        if (port.packets() == 0) {
            ports.remove(source);
        }
        if (ports.size() > PORTS) {
            Iterator<Reassembly> eldest = ports.values().iterator();
            count(INCOMPLETE, eldest.next().packets());
            eldest.remove();
        }
        if (result instanceof Decoded.Malformed) {
            count(DISCARDED, 1);
            return Optional.empty();
        }
        return result.orElseThrow()
                .map(whole ->
                        new Ethernet(frame.destination(), frame.source(), frame.tags(), frame.type(), whole.encode()));
    }

    /** Gives up what waits for too long. */
    void expire(long now) {
        for (Iterator<Map.Entry<PortKey, Reassembly>> each = ports.entrySet().iterator(); each.hasNext(); ) {
            Reassembly port = each.next().getValue();
            int before = port.packets();
            port.expire(now);
            count(INCOMPLETE, before - port.packets());
            if (port.packets() == 0) {
                each.remove();
            }
        }
    }

    private void count(DropReason reason, long packets) {
        if (packets > 0) {
            drops.accept(reason, packets);
        }
    }
}
