package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.Routing;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

/**
 * An IPv6 packet (RFC 8200).
 *
 * @param trafficClass 0 to 255
 * @param nextHeader what the payload is: the upper layer, after all extension headers. In a fragment that is not the
 *     first one, what its Fragment header announces.
 * @param hopLimit 0 to 255
 * @param extensions in the order of the wire; hop-by-hop options first, nothing after a fragment of offset above 0
 * @param payload the upper layer's octets; with the extension headers at most 65535
 */
public record Ipv6(
        int trafficClass,
        IPv6FlowLabel flowLabel,
        NextHeader nextHeader,
        int hopLimit,
        IPv6Address source,
        IPv6Address destination,
        List<ExtensionHeader> extensions,
        Bytes payload)
        implements Encodable {
    /** Octets of the fixed header. */
    public static final int HEADER_LENGTH = 40;

    /** Octets of a packet that every link carries (RFC 8200 §5). */
    public static final int MIN_MTU = 1280;

    private static final int MAX_PAYLOAD_LENGTH = 0xffff;

    public Ipv6 {
        extensions = List.copyOf(extensions);
        if (trafficClass < 0 || trafficClass > 0xff || hopLimit < 0 || hopLimit > 0xff) {
            throw new IllegalArgumentException("traffic class " + trafficClass + ", hop limit " + hopLimit);
        }
        if (flowLabel.getIPv6FlowLabelValue() >>> 20 != 0) {
            throw new IllegalArgumentException("flow label " + flowLabel + " (20 bits)");
        }
        requireOrder(extensions, nextHeader);
        if (lengthOf(extensions) + payload.length() > MAX_PAYLOAD_LENGTH) {
            throw new IllegalArgumentException("payload of " + payload.length() + " octets, extensions " + extensions);
        }
    }

    /** A packet without extension headers, of traffic class and flow label 0, with its checksum where it has one. */
    public static Ipv6 of(int hopLimit, IPv6Address source, IPv6Address destination, UpperLayer upper) {
        return new Ipv6(
                0,
                IPv6FlowLabel.NONE,
                upper.nextHeader(),
                hopLimit,
                source,
                destination,
                List.of(),
                upper.encode(source, destination));
    }

    /** Decodes a frame's payload, if the frame says that it is an IPv6 packet. */
    public static Decoded<Ipv6> decode(Ethernet frame) {
        return frame.type().equals(EthType.IPv6)
                ? decode(frame.payload())
                : Decoded.malformed(MalformedReason.NOT_IPV6);
    }

    /** Decodes what is readable; the buffer's indices stay as they are. */
    public static Decoded<Ipv6> decode(ByteBuf packet) {
        return decode(Bytes.copyOf(packet));
    }

    /** Decodes a packet; octets after its Payload Length are a frame's padding and left out. */
    public static Decoded<Ipv6> decode(Bytes octets) {
        if (octets.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.IPV6_TRUNCATED);
        }
        if (octets.unsignedByte(0) >>> 4 != 6) {
            return Decoded.malformed(MalformedReason.IPV6_VERSION);
        }
        int length = HEADER_LENGTH + octets.unsignedShort(4);
        if (octets.length() < length) {
            return Decoded.malformed(MalformedReason.IPV6_TRUNCATED);
        }
        return decodeExtensions(octets.slice(0, length));
    }

    private static Decoded<Ipv6> decodeExtensions(Bytes packet) {
        List<ExtensionHeader> extensions = new ArrayList<>(0);
        NextHeader next = NextHeader.of(packet.unsignedByte(6));
        int at = HEADER_LENGTH;
        boolean upperLayer = false;
        while (!upperLayer && next.isExtension()) {
            if (next.equals(NextHeader.HOP_BY_HOP) && at != HEADER_LENGTH) {
                return Decoded.malformed(MalformedReason.HOP_BY_HOP_NOT_FIRST);
            }
            Decoded<ExtensionHeader> decoded = ExtensionHeader.decode(next, packet, at);
            if (decoded instanceof Decoded.Malformed<ExtensionHeader> malformed) {
                return Decoded.malformed(malformed.reason());
            }
            ExtensionHeader extension = decoded.orElseThrow();
            extensions.add(extension);
            next = NextHeader.of(packet.unsignedByte(at));
            at += extension.length();
            upperLayer = isLaterFragment(extension);
        }
        int first = (int) packet.unsignedInt(0);
        return Decoded.ok(new Ipv6(
                first >>> 20 & 0xff,
                IPv6FlowLabel.of(first & 0xfffff),
                next,
                packet.unsignedByte(7),
                packet.ipv6Address(8),
                packet.ipv6Address(24),
                extensions,
                packet.slice(at)));
    }

    /** The Fragment header, if there is one. */
    public Optional<Fragment> fragment() {
        for (ExtensionHeader extension : extensions) {
            if (extension instanceof Fragment fragment) {
                return Optional.of(fragment);
            }
        }
        return Optional.empty();
    }

    /** Whether it is a fragment of a packet, rather than a whole one or an atomic fragment (RFC 6946). */
    public boolean isPart() {
        for (ExtensionHeader extension : extensions) {
            if (extension instanceof Fragment fragment && !fragment.isWhole()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a fragment that does not begin with its upper layer's header. */
    boolean isLaterFragment() {
        return !extensions.isEmpty() && isLaterFragment(extensions.get(extensions.size() - 1));
    }

    /**
     * The destination that upper-layer checksums are made with: the last node of the last Routing header that has
     * segments left, or else the header's (RFC 8200 §8.1).
     */
    public IPv6Address finalDestination() {
        IPv6Address last = destination;
        for (ExtensionHeader extension : extensions) {
            if (extension instanceof Routing routing) {
                last = routing.finalDestination().orElse(last);
            }
        }
        return last;
    }

    @Override
    public int length() {
        return HEADER_LENGTH + lengthOf(extensions) + payload.length();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(6 << 28 | trafficClass << 20 | flowLabel.getIPv6FlowLabelValue());
        out.writeShort(length() - HEADER_LENGTH);
        out.writeByte(following(0).value()).writeByte(hopLimit);
        source.write16Bytes(out);
        destination.write16Bytes(out);
        for (int i = 0; i < extensions.size(); i++) {
            extensions.get(i).encode(out, following(i + 1));
        }
        payload.writeTo(out);
    }

    /** What the header before the extension of that index announces. */
    private NextHeader following(int index) {
        return index < extensions.size() ? extensions.get(index).protocol() : nextHeader;
    }

    private static int lengthOf(List<ExtensionHeader> extensions) {
        int length = 0;
        for (ExtensionHeader extension : extensions) {
            length += extension.length();
        }
        return length;
    }

    private static boolean isLaterFragment(ExtensionHeader extension) {
        return extension instanceof Fragment fragment && fragment.offset() > 0;
    }

    private static void requireOrder(List<ExtensionHeader> extensions, NextHeader nextHeader) {
        boolean upperLayer = false;
        for (int i = 0; i < extensions.size(); i++) {
            if (upperLayer || (i > 0 && extensions.get(i) instanceof ExtensionHeader.HopByHop)) {
                throw new IllegalArgumentException("extension headers out of order: " + extensions);
            }
            upperLayer = isLaterFragment(extensions.get(i));
        }
        if (!upperLayer && nextHeader.isExtension()) {
            throw new IllegalArgumentException("an extension header as payload: " + nextHeader);
        }
    }
}
