package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.NdOption.Nonce;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A neighbor solicitation (RFC 4861 §4.3). */
public record NeighborSolicitation(IPv6Address target, List<NdOption> options) implements NdMessage {
    public static final int TYPE = 135;

    private static final int TARGET = 8;
    private static final int FIXED_LENGTH = TARGET + IPv6Address.LENGTH;

    public NeighborSolicitation {
        options = List.copyOf(options);
    }

    /** The packet's solicitation, if a node must take it as one: RFC 4861 §7.1.1, RFC 6980 §5. */
    public static Decoded<NeighborSolicitation> validate(Ipv6 packet) {
        return NdValidity.receive(packet, NeighborSolicitation.class).then(solicitation -> {
            if (solicitation.target.isMulticast()) {
                return Decoded.malformed(MalformedReason.ND_TARGET_MULTICAST);
            }
            if (packet.source().isUnspecified()) {
                if (!SolicitedNode.includes(packet.destination())) {
                    return Decoded.malformed(MalformedReason.DAD_DESTINATION);
                }
                if (solicitation.sourceLinkLayerAddress().isPresent()) {
                    return Decoded.malformed(MalformedReason.DAD_SOURCE_LINK_LAYER_ADDRESS);
                }
            }
            return Decoded.ok(solicitation);
        });
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NdValidity.options(message, FIXED_LENGTH)
                .then(options -> Decoded.ok(new NeighborSolicitation(message.ipv6Address(TARGET), options)));
    }

    /** The first nonce. */
    public Optional<Nonce> nonce() {
        return option(Nonce.class);
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
        target.write16Bytes(out);
    }
}
