package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** An Inverse Neighbor Discovery advertisement (RFC 3122 §2.2): the addresses of a link-layer address. */
public record InverseAdvertisement(List<NdOption> options) implements NdMessage {
    public static final int TYPE = 142;

    private static final int FIXED_LENGTH = 8;

    public InverseAdvertisement {
        options = List.copyOf(options);
    }

    /** The packet's advertisement, if a node must take it as one, with both link-layer addresses and the target's addresses: RFC 3122 §4.3.2. */
    public static Decoded<InverseAdvertisement> validate(Ipv6 packet) {
        return NdValidity.receive(packet, InverseAdvertisement.class)
                .then(message -> message.sourceLinkLayerAddress().isPresent()
                                && message.targetLinkLayerAddress().isPresent()
                                && message.option(AddressList.Target.class).isPresent()
                        ? Decoded.ok(message)
                        : Decoded.malformed(MalformedReason.INVERSE_ND_OPTION_MISSING));
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH).then(options -> Decoded.ok(new InverseAdvertisement(options)));
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
