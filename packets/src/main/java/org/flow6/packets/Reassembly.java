package org.flow6.packets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Puts together the fragments of one port's packets (RFC 8200 §4.5, RFC 5722), within bounds: beyond them, the packet
 * that waits longest gives way. Not safe for several threads at once.
 *
 * <p>A packet put together keeps its Fragment header, as an atomic fragment's (RFC 6946): so that what must not come in
 * fragments is still refused (RFC 6980).
 */
public final class Reassembly {
    /** Nanoseconds from a packet's first fragment to arrive until the packet is given up (RFC 8200 §4.5). */
    public static final long TIMEOUT = TimeUnit.SECONDS.toNanos(60);

    private record Key(IPv6Address source, IPv6Address destination, long identification) {}

    private final int maxPackets;
    private final int maxOctets;
    /** In the order of their first fragments' arrival. */
    private final Map<Key, PartialPacket> packets = new LinkedHashMap<>();

    private int octets;
    private long evicted;

    /**
     * @param maxPackets that wait at once, at least 1
     * @param maxOctets of their fragments, headers included, at least 1280; a packet of which more must wait is lost
     */
    public Reassembly(int maxPackets, int maxOctets) {
        if (maxPackets < 1 || maxOctets < Ipv6.MIN_MTU) {
            throw new IllegalArgumentException("bounds of " + maxPackets + " packets, " + maxOctets + " octets");
        }
        this.maxPackets = maxPackets;
        this.maxOctets = maxOctets;
    }

    /**
     * Takes a packet that arrived.
     *
     * @param now by the caller's clock, in nanoseconds, as of {@link System#nanoTime}
     * @return the whole packet that it completes, or that it is already; nothing while fragments are missing, or for
     *     one that came twice; malformed, if it or its whole packet is discarded
     */
    public Decoded<Optional<Ipv6>> add(Ipv6 packet, long now) {
        if (!packet.isPart()) {
            return Decoded.ok(Optional.of(packet));
        }
        if (packet.extensions().stream().filter(Fragment.class::isInstance).count() > 1) {
            return Decoded.malformed(MalformedReason.FRAGMENT_NESTED);
        }
        FragmentPart part = FragmentPart.of(packet);
        if (part.length() == 0 || (part.more() && part.length() % 8 != 0)) {
            return Decoded.malformed(MalformedReason.FRAGMENT_LENGTH);
        }
        if (part.end() + part.headersLength() > 0xffff) {
            return Decoded.malformed(MalformedReason.FRAGMENT_BEYOND_PACKET);
        }
        Key key = new Key(packet.source(), packet.destination(), part.identification());
        PartialPacket partial = packets.get(key);
        if (partial != null && partial.isExpired(now)) {
            remove(key);
            partial = null;
        }
        if (partial == null) {
            partial = new PartialPacket(now);
            packets.put(key, partial);
        }
        return add(part, partial, key);
    }

    private Decoded<Optional<Ipv6>> add(FragmentPart part, PartialPacket partial, Key key) {
        octets -= partial.octets();
        Decoded<Optional<Ipv6>> result = partial.add(part);
        octets += partial.octets();
        if (result instanceof Decoded.Ok<Optional<Ipv6>> ok && ok.value().isPresent()) {
            remove(key);
        }
        while (packets.size() > maxPackets || octets > maxOctets) {
            remove(packets.keySet().iterator().next());
            evicted++;
        }
        return result;
    }

    /**
     * Gives up the packets whose time is over.
     *
     * @param now as in {@link #add}
     * @return their first fragments, where they arrived, each for a time exceeded of code {@link Icmpv6Error#REASSEMBLY}
     */
    public List<Ipv6> expire(long now) {
        List<Ipv6> starts = new ArrayList<>();
        Iterator<PartialPacket> eldest = packets.values().iterator();
        while (eldest.hasNext()) {
            PartialPacket partial = eldest.next();
            if (!partial.isExpired(now)) {
                break;
            }
            partial.first().ifPresent(starts::add);
            octets -= partial.octets();
            eldest.remove();
        }
        return starts;
    }

    /** How many packets wait for fragments, or for the rest of what is discarded. */
    public int packets() {
        return packets.size();
    }

    /** How many octets the fragments have that wait for others, headers included. */
    public int octets() {
        return octets;
    }

    /** How many packets gave way to others so far. */
    public long evicted() {
        return evicted;
    }

    private void remove(Key key) {
        PartialPacket removed = packets.remove(key);
        octets -= removed == null ? 0 : removed.octets();
    }
}
