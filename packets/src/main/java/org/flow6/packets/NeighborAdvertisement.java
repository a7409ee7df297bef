package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** A neighbor advertisement (RFC 4861 §4.4). */
public record NeighborAdvertisement(NdFlags flags, IPv6Address target, List<NdOption> options) implements Icmpv6 {
    public static final int TYPE = 136;

    public NeighborAdvertisement {
        options = List.copyOf(options);
    }

    /** The packet's advertisement, if a node must take it as one: RFC 4861 §7.1.2, RFC 6980 §5. */
    public static Decoded<NeighborAdvertisement> validate(Ipv6 packet) {
        return NeighborMessage.receive(packet).then(message -> {
            if (!(message instanceof NeighborAdvertisement advertisement)) {
                return Decoded.malformed(MalformedReason.ICMPV6_TYPE);
            }
            if (advertisement.target.isMulticast()) {
                return Decoded.malformed(MalformedReason.ND_TARGET_MULTICAST);
            }
            if (advertisement.flags.solicited() && packet.destination().isMulticast()) {
                return Decoded.malformed(MalformedReason.NA_SOLICITED_MULTICAST);
            }
            return Decoded.ok(advertisement);
        });
    }

    /** Decodes a message whose checksum holds. */
    static Decoded<Icmpv6> decode(Bytes message) {
        return NeighborMessage.options(message)
                .then(options -> Decoded.ok(new NeighborAdvertisement(
                        NdFlags.ofWord(message.unsignedInt(HEADER_LENGTH)),
                        message.ipv6Address(NeighborMessage.TARGET),
                        options)));
    }

    /** The first target link-layer address. */
    public Optional<MacAddress> targetLinkLayerAddress() {
        for (NdOption option : options) {
            if (option instanceof TargetLinkLayerAddress target) {
                return Optional.of(target.address());
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
        NeighborMessage.encodeBody(out, flags.word(), target, options);
    }
}
