package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.flow6.packets.NdOption.Nonce;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.NdOption.UnknownOption;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.MacAddress;

/** Frames with any ICMPv6 message that the records allow, whole or as an atomic fragment. */
final class RandomFrame {
    private final SplittableRandom random;

    RandomFrame(SplittableRandom random) {
        this.random = random;
    }

    Frame next() {
        List<VlanTag> tags = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            EthType protocol = random.nextBoolean() ? EthType.VLAN_FRAME : EthType.BRIDGING;
            tags.add(new VlanTag(protocol, random.nextInt(8), random.nextBoolean(), random.nextInt(4096)));
        }
        Ethernet ethernet = new Ethernet(mac(), mac(), tags, EthType.IPv6, Bytes.EMPTY);
        Ipv6 packet = new Ipv6(
                random.nextInt(256),
                IPv6FlowLabel.of(random.nextInt(1 << 20)),
                NextHeader.ICMPV6,
                random.nextInt(256),
                address(),
                address(),
                extensions(),
                Bytes.EMPTY);
        return Frame.of(ethernet, packet, message());
    }

    private List<ExtensionHeader> extensions() {
        List<ExtensionHeader> extensions = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            extensions.add(new HopByHop(padding()));
        }
        for (int i = random.nextInt(8) - 4; i > 0; i--) {
            extensions.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new DestinationOptions(padding());
                        case 1 -> routing();
                        default -> new Fragment(0, false, random.nextLong(1L << 32));
                    });
        }
        return extensions;
    }

    /** One PadN option over the whole header. */
    private Bytes padding() {
        byte[] octets = new byte[random.nextInt(4) * 8 + 6];
        octets[0] = 1;
        octets[1] = (byte) (octets.length - 2);
        return Bytes.wrap(octets);
    }

    private Routing routing() {
        int addresses = random.nextInt(1, 4);
        byte[] data = new byte[4 + addresses * IPv6Address.LENGTH];
        random.nextBytes(data);
        if (random.nextBoolean()) {
            return new Routing(0, random.nextInt(addresses + 1), Bytes.wrap(data));
        }
        data[0] = (byte) (addresses - 1);
        return new Routing(4, random.nextInt(addresses), Bytes.wrap(data));
    }

    private Icmpv6 message() {
        return switch (random.nextInt(3)) {
            case 0 -> new NeighborSolicitation(address(), options());
            case 1 ->
                new NeighborAdvertisement(
                        new NdFlags(random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
                        address(),
                        options());
            default ->
                new Icmpv6.Other(random.nextBoolean() ? 128 : 200, random.nextInt(256), octets(random.nextInt(4, 100)));
        };
    }

    private List<NdOption> options() {
        List<NdOption> options = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            options.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new SourceLinkLayerAddress(mac());
                        case 1 -> new TargetLinkLayerAddress(mac());
                        case 2 -> new Nonce(octets(random.nextInt(3) * 8 + 6));
                        default -> new UnknownOption(200 + random.nextInt(50), octets(random.nextInt(5) * 8 + 6));
                    });
        }
        return options;
    }

    private MacAddress mac() {
        return MacAddress.of(random.nextLong(1L << 48));
    }

    private IPv6Address address() {
        long high = 0x2001_0db8_0000_0000L;
        return switch (random.nextInt(5)) {
            case 0 -> IPv6Address.NONE;
            case 1 -> LinkLocalMulticast.ALL_NODES;
            case 2 -> IPv6Address.of(random.nextLong(), random.nextLong());
            default -> IPv6Address.of(high + random.nextInt(4), random.nextInt(3));
        };
    }

    private Bytes octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
