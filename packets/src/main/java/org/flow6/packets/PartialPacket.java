package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flow6.packets.ExtensionHeader.Fragment;

/** A packet of which some fragments arrived, none of them over another. */
final class PartialPacket {
    private final long since;
    /** By start. */
    private final TreeMap<Integer, FragmentPart> parts = new TreeMap<>();
    /** Where the fragmentable part ends, once the last fragment tells. */
    private int end = Integer.MAX_VALUE;

    private int received;
    private int octets;
    private boolean discarded;

    PartialPacket(long now) {
        since = now;
    }

    boolean isExpired(long now) {
        return now - since >= Reassembly.TIMEOUT;
    }

    /** Of the fragments held, headers included. */
    int octets() {
        return octets;
    }

    /** The fragment of offset 0. */
    Optional<Ipv6> first() {
        return Optional.ofNullable(parts.get(0)).map(FragmentPart::packet);
    }

    Decoded<Optional<Ipv6>> add(FragmentPart part) {
        if (!discarded && isDuplicate(part)) {
            return Decoded.ok(Optional.empty());
        }
        if (discarded || overlaps(part)) {
            return discard(MalformedReason.FRAGMENT_OVERLAP);
        }
        parts.put(part.start(), part);
        received += part.length();
        octets += part.packet().length();
        if (!part.more()) {
            end = part.end();
        }
        return received == end ? whole() : Decoded.ok(Optional.empty());
    }

    /** What arrives later is discarded too (RFC 5722 §4): this stays, empty, until the time is over. */
    private Decoded<Optional<Ipv6>> discard(MalformedReason reason) {
        discarded = true;
        parts.clear();
        octets = 0;
        return Decoded.malformed(reason);
    }

    /** The network may deliver a fragment twice, which is no overlap (RFC 8200 §4.5). */
    private boolean isDuplicate(FragmentPart part) {
        FragmentPart same = parts.get(part.start());
        return same != null
                && same.more() == part.more()
                && same.packet().extensions().equals(part.packet().extensions())
                && same.packet().payload().equals(part.packet().payload());
    }

    private boolean overlaps(FragmentPart part) {
        Map.Entry<Integer, FragmentPart> before = parts.lowerEntry(part.end());
        boolean over = before != null && before.getValue().end() > part.start();
        boolean beyond = part.end() > end || (!part.more() && !parts.isEmpty() && part.end() < lastEnd());
        boolean secondEnd = !part.more() && end != Integer.MAX_VALUE;
        return over || beyond || secondEnd;
    }

    private int lastEnd() {
        return parts.lastEntry().getValue().end();
    }

    /** The first fragment's headers, and the data of all (RFC 8200 §4.5). */
    private Decoded<Optional<Ipv6>> whole() {
        FragmentPart start = parts.firstEntry().getValue();
        Ipv6 first = start.packet();
        if (start.headersLength() + end > 0xffff) {
            return discard(MalformedReason.FRAGMENT_BEYOND_PACKET);
        }
        List<ExtensionHeader> extensions = new ArrayList<>(first.extensions());
        extensions.replaceAll(each -> each instanceof Fragment ? new Fragment(0, false, start.identification()) : each);
        int length = parts.values().stream()
                .mapToInt(part -> part.packet().payload().length())
                .sum();
        byte[] payload = new byte[length];
        ByteBuf out = Unpooled.wrappedBuffer(payload).clear();
        parts.values().forEach(part -> part.packet().payload().writeTo(out));
        return Decoded.ok(Optional.of(new Ipv6(
                first.trafficClass(),
                first.flowLabel(),
                first.nextHeader(),
                first.hopLimit(),
                first.source(),
                first.destination(),
                extensions,
                Bytes.wrap(payload))));
    }
}
