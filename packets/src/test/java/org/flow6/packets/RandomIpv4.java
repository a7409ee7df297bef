package org.flow6.packets;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.projectfloodlight.openflow.types.IPv4Address;

/** IPv4 packets with any ICMP message, TCP segment or UDP datagram that the records allow. */
final class RandomIpv4 {
    private final SplittableRandom random;

    RandomIpv4(SplittableRandom random) {
        this.random = random;
    }

    Ipv4Datagram next() {
        Ipv4 packet = new Ipv4(
                random.nextInt(256),
                random.nextInt(1 << 16),
                random.nextBoolean(),
                false,
                0,
                random.nextInt(256),
                NextHeader.NONE,
                IPv4Address.of(random.nextInt()),
                IPv4Address.of(random.nextInt()),
                options(),
                Bytes.EMPTY);
        return Ipv4Datagram.of(packet, upper());
    }

    UpperLayer upper() {
        return switch (random.nextInt(4)) {
            case 0 -> tcp();
            case 1 -> new Udp(random.nextInt(1 << 16), random.nextInt(1 << 16), octets(random.nextInt(60)));
            case 2 ->
                new Icmpv4Error(
                        Icmpv4Error.Kind.of(List.of(3, 11, 12).get(random.nextInt(3)))
                                .orElseThrow(),
                        random.nextInt(256),
                        random.nextLong(1L << 32),
                        octets(random.nextInt(60)));
            default ->
                new Icmpv4.Other(
                        random.nextBoolean() ? 8 : 0,
                        random.nextInt(256),
                        random.nextLong(1L << 32),
                        octets(random.nextInt(60)));
        };
    }

    Tcp tcp() {
        return new Tcp(
                random.nextInt(1 << 16),
                random.nextInt(1 << 16),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                random.nextInt(256),
                random.nextInt(1 << 16),
                random.nextInt(1 << 16),
                options(),
                octets(random.nextInt(60)));
    }

    /** No-operations, which IPv4 and TCP have both. */
    private Bytes options() {
        byte[] octets = new byte[random.nextInt(11) * 4];
        Arrays.fill(octets, (byte) 1);
        return Bytes.wrap(octets);
    }

    private Bytes octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
