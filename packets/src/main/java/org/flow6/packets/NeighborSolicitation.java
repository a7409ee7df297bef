package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.NdOption.Nonce;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** A neighbor solicitation (RFC 4861 §4.3). */
public record NeighborSolicitation(IPv6Address target, List<NdOption> options) implements Icmpv6 {
    public static final int TYPE = 135;

    public NeighborSolicitation {
        options = List.copyOf(options);
    }

    /** The packet's solicitation, if a node must take it as one: RFC 4861 §7.1.1, RFC 6980 §5. */
    public static Decoded<NeighborSolicitation> validate(Ipv6 packet) {
        return NeighborMessage.receive(packet).then(message -> {
            if (!(message instanceof NeighborSolicitation solicitation)) {
                return Decoded.malformed(MalformedReason.ICMPV6_TYPE);
            }
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
        return NeighborMessage.options(message)
                .then(options ->
                        Decoded.ok(new NeighborSolicitation(message.ipv6Address(NeighborMessage.TARGET), options)));
    }

    /** The first source link-layer address. */
    public Optional<MacAddress> sourceLinkLayerAddress() {
        for (NdOption option : options) {
            if (option instanceof SourceLinkLayerAddress source) {
                return Optional.of(source.address());
            }
        }
        return Optional.empty();
    }

    /** The first nonce. */
    public Optional<Nonce> nonce() {
        for (NdOption option : options) {
            if (option instanceof Nonce nonce) {
                return Optional.of(nonce);
            }
        }
        return Optional.empty();
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int code() {
        return 0;
    }

    @Override
    public int length() {
        return NeighborMessage.length(options);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        NeighborMessage.encodeBody(out, 0, target, options);
    }
}
