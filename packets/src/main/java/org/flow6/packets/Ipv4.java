package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;

/**
 * An IPv4 packet (RFC 791). The reserved flag is read as it comes and sent as zero.
 *
 * @param typeOfService 0 to 255
 * @param identification 0 to 65535
 * @param fragmentOffset of the payload in the whole packet's, in units of 8 octets, 0 to 8191
 * @param ttl 0 to 255
 * @param options as they are on the wire: a multiple of 4 octets, 40 at most
 * @param payload the whole packet's payload and the header are at most 65535 octets
 */
public record Ipv4(
        int typeOfService,
        int identification,
        boolean dontFragment,
        boolean moreFragments,
        int fragmentOffset,
        int ttl,
        NextHeader protocol,
        IPv4Address source,
        IPv4Address destination,
        Bytes options,
        Bytes payload)
        implements Encodable {
    /** Octets of a header without options. */
    public static final int HEADER_LENGTH = 20;

    private static final int MAX_LENGTH = 0xffff;
    private static final int MAX_OPTIONS = 40;
    private static final int CHECKSUM = 10;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET = 0x1fff;
    private static final int UNIT = 8;

    public Ipv4 {
        if (typeOfService >>> 8 != 0 || ttl >>> 8 != 0 || identification >>> 16 != 0) {
            throw new IllegalArgumentException(
                    "type of service " + typeOfService + ", TTL " + ttl + ", identification " + identification);
        }
        if (fragmentOffset < 0 || fragmentOffset > OFFSET) {
            throw new IllegalArgumentException("fragment offset " + fragmentOffset + " (13 bits)");
        }
        if (options.length() % 4 != 0 || options.length() > MAX_OPTIONS) {
            throw new IllegalArgumentException("options of " + options.length() + " octets");
        }
        if (HEADER_LENGTH + options.length() + fragmentOffset * UNIT + payload.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "payload of " + payload.length() + " octets at " + fragmentOffset + " units of 8");
        }
    }

    /** A whole packet without options that may be fragmented, with the upper layer's checksum. */
    public static Ipv4 of(int typeOfService, int ttl, IPv4Address source, IPv4Address destination, UpperLayer upper) {
        return new Ipv4(
                typeOfService,
                0,
                false,
                false,
                0,
                ttl,
                upper.nextHeader(),
                source,
                destination,
                Bytes.EMPTY,
                upper.encode(source, destination));
    }

    /** Decodes a frame's payload, if the frame says that it is an IPv4 packet. */
    public static Decoded<Ipv4> decode(Ethernet frame) {
        return frame.type().equals(EthType.IPv4)
                ? decode(frame.payload())
                : Decoded.malformed(MalformedReason.NOT_IPV4);
    }

    /** Decodes a packet by RFC 1812 §5.2.2; octets after its Total Length are a frame's padding and left out. */
    public static Decoded<Ipv4> decode(Bytes octets) {
        if (octets.length() < HEADER_LENGTH) {
            return Decoded.malformed(MalformedReason.IPV4_TRUNCATED);
        }
        if (octets.unsignedByte(0) >>> 4 != 4) {
            return Decoded.malformed(MalformedReason.IPV4_VERSION);
        }
        int header = (octets.unsignedByte(0) & 0xf) * 4;
        int length = octets.unsignedShort(2);
        if (header < HEADER_LENGTH || header > length) {
            return Decoded.malformed(MalformedReason.IPV4_HEADER_LENGTH);
        }
        if (length > octets.length()) {
            return Decoded.malformed(MalformedReason.IPV4_TRUNCATED);
        }
        if (!InternetChecksum.verifies(octets.slice(0, header))) {
            return Decoded.malformed(MalformedReason.IPV4_CHECKSUM);
        }
        int fragment = octets.unsignedShort(6);
        if ((fragment & OFFSET) * UNIT + length > MAX_LENGTH) {
            return Decoded.malformed(MalformedReason.FRAGMENT_BEYOND_PACKET);
        }
        return Decoded.ok(new Ipv4(
                octets.unsignedByte(1),
                octets.unsignedShort(4),
                (fragment & DONT_FRAGMENT) != 0,
                (fragment & MORE_FRAGMENTS) != 0,
                fragment & OFFSET,
                octets.unsignedByte(8),
                NextHeader.of(octets.unsignedByte(9)),
                octets.ipv4Address(12),
                octets.ipv4Address(16),
                octets.slice(HEADER_LENGTH, header),
                octets.slice(header, length)));
    }

    /** Whether it is a fragment of a packet rather than a whole one. */
    public boolean isPart() {
        return moreFragments || fragmentOffset > 0;
    }

    /** Octets of the header, options included. */
    public int headerLength() {
        return HEADER_LENGTH + options.length();
    }

    @Override
    public int length() {
        return headerLength() + payload.length();
    }

    @Override
    public void encode(ByteBuf out) {
        byte[] header = new byte[headerLength()];
        ByteBuf fields = Unpooled.wrappedBuffer(header).clear();
        fields.writeByte((4 << 4) | (headerLength() / 4))
                .writeByte(typeOfService)
                .writeShort(length())
                .writeShort(identification)
                .writeShort((dontFragment ? DONT_FRAGMENT : 0) | (moreFragments ? MORE_FRAGMENTS : 0) | fragmentOffset)
                .writeByte(ttl)
                .writeByte(protocol.value())
                .writeShort(0)
                .writeInt(source.getInt())
                .writeInt(destination.getInt());
        options.writeTo(fields);
        fields.setShort(CHECKSUM, InternetChecksum.of(Bytes.wrap(header)));
        out.writeBytes(header);
        payload.writeTo(out);
    }

    /**
     * The packet itself where it fits, or its fragments in order (RFC 791 §3.2): those after the first one have only the
     * options that say so.
     *
     * @param mtu octets that a packet may have, at least 68
     * @throws IllegalArgumentException for a smaller MTU, or a larger packet that must not be fragmented
     */
    public List<Ipv4> fragments(int mtu) {
        if (length() <= mtu) {
            return List.of(this);
        }
        if (mtu < 68 || dontFragment) {
            throw new IllegalArgumentException("a packet of " + length() + " octets, MTU " + mtu);
        }
        List<Ipv4> fragments = new ArrayList<>();
        int at = 0;
        while (at < payload.length()) {
            Bytes these = at == 0 && fragmentOffset == 0 ? options : Ipv4Options.copied(options);
            int room = (mtu - HEADER_LENGTH - these.length()) / UNIT * UNIT;
            int end = Math.min(at + room, payload.length());
            fragments.add(new Ipv4(
                    typeOfService,
                    identification,
                    false,
                    moreFragments || end < payload.length(),
                    fragmentOffset + at / UNIT,
                    ttl,
                    protocol,
                    source,
                    destination,
                    these,
                    payload.slice(at, end)));
            at = end;
        }
        return fragments;
    }
}
