package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** An Inverse Neighbor Discovery solicitation (RFC 3122 §2.1): which addresses has a link-layer address? */
public record InverseSolicitation(List<NdOption> options) implements NdMessage {
    public static final int TYPE = 141;

    private static final int FIXED_LENGTH = 8;

    public InverseSolicitation {
        options = List.copyOf(options);
    }

    /** The packet's solicitation, if a node must take it as one, with both link-layer addresses: RFC 3122 §4.3.1. */
    public static Decoded<InverseSolicitation> validate(Ipv6 packet) {
        return NdValidity.receive(packet, InverseSolicitation.class)
                .then(message -> message.sourceLinkLayerAddress().isPresent()
                                && message.targetLinkLayerAddress().isPresent()
                        ? Decoded.ok(message)
                        : Decoded.malformed(MalformedReason.INVERSE_ND_OPTION_MISSING));
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH).then(options -> Decoded.ok(new InverseSolicitation(options)));
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
