package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** A router solicitation (RFC 4861 §4.1). */
public record RouterSolicitation(List<NdOption> options) implements NdMessage {
    public static final int TYPE = 133;

    private static final int FIXED_LENGTH = 8;

    public RouterSolicitation {
        options = List.copyOf(options);
    }

    /** The packet's solicitation, if a router must take it as one: RFC 4861 §6.1.1, RFC 6980 §5. */
    public static Decoded<RouterSolicitation> validate(Ipv6 packet) {
        return NdValidity.receive(packet, RouterSolicitation.class)
                .then(solicitation -> packet.source().isUnspecified()
                                && solicitation.sourceLinkLayerAddress().isPresent()
                        ? Decoded.malformed(MalformedReason.RS_SOURCE_LINK_LAYER_ADDRESS)
                        : Decoded.ok(solicitation));
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH).then(options -> Decoded.ok(new RouterSolicitation(options)));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int fixedLength() {
        return FIXED_LENGTH;
    }

    @Override
    public void encodeFixed(ByteBuf out) {
        out.writeInt(0);
    }
}
