package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * An IPv6 extension header (RFC 8200 §4), without its Next Header field: that follows from its place in a packet. What
 * ends with an upper layer of its own (ESP, AH, Mobility, HIP, Shim6) is payload here.
 */
public sealed interface ExtensionHeader {
    /** The number by which the header before announces this one. */
    NextHeader protocol();

    /** Octets on the wire, a multiple of 8. */
    int length();

    /** Appends the header, announcing what follows it. */
    void encode(ByteBuf out, NextHeader following);

    /**
     * Hop-by-Hop Options (RFC 8200 §4.3), allowed in the first place only.
     *
     * @param options the TLVs with their padding as they are on the wire: 8n+6 octets, n 0 to 255
     */
    record HopByHop(Bytes options) implements ExtensionHeader {
        public HopByHop {
            requireUnits(options, 6);
        }

        @Override
        public NextHeader protocol() {
            return NextHeader.HOP_BY_HOP;
        }

        @Override
        public int length() {
            return 2 + options.length();
        }

        @Override
        public void encode(ByteBuf out, NextHeader following) {
            writeStart(out, following, this);
            options.writeTo(out);
        }
    }

    /**
     * Destination Options (RFC 8200 §4.6).
     *
     * @param options as in {@link HopByHop}
     */
    record DestinationOptions(Bytes options) implements ExtensionHeader {
        public DestinationOptions {
            requireUnits(options, 6);
        }

        @Override
        public NextHeader protocol() {
            return NextHeader.DESTINATION_OPTIONS;
        }

        @Override
        public int length() {
            return 2 + options.length();
        }

        @Override
        public void encode(ByteBuf out, NextHeader following) {
            writeStart(out, following, this);
            options.writeTo(out);
        }
    }

    /**
     * Routing (RFC 8200 §4.4).
     *
     * @param type the routing type, 0 to 255
     * @param segmentsLeft nodes still to be visited, 0 to 255
     * @param data type-specific data: 8n+4 octets, n 0 to 255
     */
    record Routing(int type, int segmentsLeft, Bytes data) implements ExtensionHeader {
        public Routing {
            if (type < 0 || type > 0xff || segmentsLeft < 0 || segmentsLeft > 0xff) {
                throw new IllegalArgumentException("routing type " + type + ", segments left " + segmentsLeft);
            }
            requireUnits(data, 4);
        }

        /**
         * Where the packet ends up, if the IPv6 destination is but a node on its way. Known for types 0 (RFC 5095
         * retires it), 2 (RFC 6275 §6.4) and 4 (RFC 8754 §2, whose list is in reverse).
         */
        public Optional<IPv6Address> finalDestination() {
            int start = 4;
            if (segmentsLeft == 0 || data.length() < start + IPv6Address.LENGTH) {
                return Optional.empty();
            }
            return switch (type) {
                case 0, 2 -> Optional.of(data.ipv6Address(data.length() - IPv6Address.LENGTH));
                case 4 -> Optional.of(data.ipv6Address(start));
                default -> Optional.empty();
            };
        }

        @Override
        public NextHeader protocol() {
            return NextHeader.ROUTING;
        }

        @Override
        public int length() {
            return 4 + data.length();
        }

        @Override
        public void encode(ByteBuf out, NextHeader following) {
            writeStart(out, following, this);
            out.writeByte(type).writeByte(segmentsLeft);
            data.writeTo(out);
        }
    }

    /**
     * Fragment (RFC 8200 §4.5). Its reserved bits are read as they come and sent as zero.
     *
     * @param offset of the payload in the whole packet's fragmentable part, in units of 8 octets, 0 to 8191
     * @param more whether fragments of higher offset exist
     * @param identification 0 to 2³²−1
     */
    record Fragment(int offset, boolean more, long identification) implements ExtensionHeader {
        private static final int LENGTH = 8;

        public Fragment {
            if (offset < 0 || offset > 0x1fff || identification < 0 || identification > 0xffff_ffffL) {
                throw new IllegalArgumentException("fragment offset " + offset + ", identification " + identification);
            }
        }

        /** Whether this is no fragment of anything, but a whole packet: an atomic fragment (RFC 6946). */
        public boolean isWhole() {
            return offset == 0 && !more;
        }

        @Override
        public NextHeader protocol() {
            return NextHeader.FRAGMENT;
        }

        @Override
        public int length() {
            return LENGTH;
        }

        @Override
        public void encode(ByteBuf out, NextHeader following) {
            out.writeByte(following.value()).writeByte(0).writeShort(offset << 3 | (more ? 1 : 0));
            out.writeInt((int) identification);
        }
    }

    /** Decodes the header of a protocol at an index of a packet. The protocol is an extension header's. */
    static Decoded<ExtensionHeader> decode(NextHeader protocol, Bytes packet, int at) {
        if (packet.length() < at + 8) {
            return Decoded.malformed(MalformedReason.EXTENSION_HEADER_TRUNCATED);
        }
        if (protocol.equals(NextHeader.FRAGMENT)) {
            int field = packet.unsignedShort(at + 2);
            return Decoded.ok(new Fragment(field >>> 3, (field & 1) != 0, packet.unsignedInt(at + 4)));
        }
        int end = at + (packet.unsignedByte(at + 1) + 1) * 8;
        if (packet.length() < end) {
            return Decoded.malformed(MalformedReason.EXTENSION_HEADER_TRUNCATED);
        }
        return Decoded.ok(
                switch (protocol.value()) {
                    case 0 -> new HopByHop(packet.slice(at + 2, end));
                    case 43 ->
                        new Routing(
                                packet.unsignedByte(at + 2), packet.unsignedByte(at + 3), packet.slice(at + 4, end));
                    case 60 -> new DestinationOptions(packet.slice(at + 2, end));
                    default -> throw new IllegalArgumentException("not an extension header: " + protocol);
                });
    }

    private static void writeStart(ByteBuf out, NextHeader following, ExtensionHeader header) {
        out.writeByte(following.value()).writeByte(header.length() / 8 - 1);
    }

    private static void requireUnits(Bytes body, int remainder) {
        if (body.length() % 8 != remainder || body.length() > 255 * 8 + remainder) {
            throw new IllegalArgumentException(
                    "extension header body of " + body.length() + " octets, not 8n+" + remainder + ", n 0-255");
        }
    }
}
