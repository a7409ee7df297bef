package org.flow6.packets;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.flow6.packets.ExtensionHeader.DestinationOptions;
import org.flow6.packets.ExtensionHeader.Fragment;
import org.flow6.packets.ExtensionHeader.HopByHop;
import org.flow6.packets.ExtensionHeader.Routing;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;

/** Frames with any ICMPv6 message that the records allow, whole or as an atomic fragment. */
final class RandomFrame {
    private final SplittableRandom random;
    private final RandomIcmpv6 icmp;

    RandomFrame(SplittableRandom random) {
        this.random = random;
        icmp = new RandomIcmpv6(random);
    }

    Frame next() {
        List<VlanTag> tags = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            EthType protocol = random.nextBoolean() ? EthType.VLAN_FRAME : EthType.BRIDGING;
            tags.add(new VlanTag(protocol, random.nextInt(8), random.nextBoolean(), random.nextInt(4096)));
        }
        Ethernet ethernet = new Ethernet(icmp.mac(), icmp.mac(), tags, EthType.IPv6, Bytes.EMPTY);
        Ipv6 packet = new Ipv6(
                random.nextInt(256),
                IPv6FlowLabel.of(random.nextInt(1 << 20)),
                NextHeader.ICMPV6,
                random.nextInt(256),
                icmp.address(),
                icmp.address(),
                extensions(),
                Bytes.EMPTY);
        return Frame.of(ethernet, packet, icmp.next());
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
}
