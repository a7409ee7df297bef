package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/** A Neighbor Discovery message: a fixed part, then options (RFC 4861 §4, RFC 3122 §2). */
public sealed interface NdMessage extends Icmpv6
        permits InverseAdvertisement,
                InverseSolicitation,
                NeighborAdvertisement,
                NeighborSolicitation,
                Redirect,
                RouterAdvertisement,
                RouterSolicitation {
    /** In the order of the wire. */
    List<NdOption> options();

    /** Octets before the options, the ICMPv6 header included. */
    int fixedLength();

    /** Appends what is between the checksum and the options. */
    void encodeFixed(ByteBuf out);

    /** The first option of that kind. */
    default <O extends NdOption> Optional<O> option(Class<O> kind) {
        for (NdOption option : options()) {
            if (kind.isInstance(option)) {
                return Optional.of(kind.cast(option));
            }
        }
        return Optional.empty();
    }

    /** The first source link-layer address. */
    default Optional<MacAddress> sourceLinkLayerAddress() {
        return option(SourceLinkLayerAddress.class).map(SourceLinkLayerAddress::address);
    }

    /** The first target link-layer address. */
    default Optional<MacAddress> targetLinkLayerAddress() {
        return option(TargetLinkLayerAddress.class).map(TargetLinkLayerAddress::address);
    }

    /** Always 0. */
    @Override
    default int code() {
        return 0;
    }

    @Override
    default int length() {
        int length = fixedLength();
        for (NdOption option : options()) {
            length += option.length();
        }
        return length;
    }

    @Override
    default void encodeBody(ByteBuf out) {
        encodeFixed(out);
        for (NdOption option : options()) {
            option.encode(out);
        }
    }
}
