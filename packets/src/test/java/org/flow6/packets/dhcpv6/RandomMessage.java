package org.flow6.packets.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.flow6.packets.Bytes;
import org.flow6.packets.DomainName;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Messages with any options that the records allow, where RFC 8415 allows others within them. */
final class RandomMessage {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-éß–";

    private final SplittableRandom random;
    private final List<Supplier<Dhcpv6Option>> kinds;

    RandomMessage(SplittableRandom random) {
        this.random = random;
        this.kinds = List.of(
                () -> new ClientId(duid()),
                () -> new ServerId(duid()),
                () -> new IaNa(uint32(), uint32(), uint32(), several(this::address)),
                () -> new IaTa(uint32(), several(this::address)),
                () -> new IaPd(uint32(), uint32(), uint32(), several(this::prefix)),
                () -> new OptionRequest(several(this::uint16)),
                () -> new Preference(random.nextInt(256)),
                () -> new ElapsedTime(uint16()),
                () -> new Authentication(random.nextInt(256), 1, random.nextInt(256), octets(8), octets(0, 20)),
                () -> new ServerUnicast(ip()),
                this::status,
                RapidCommit::new,
                () -> new UserClass(atLeastOne(() -> octets(0, 20))),
                () -> new VendorClass(uint32(), several(() -> octets(0, 20))),
                () -> new VendorOptions(uint32(), several(() -> new SubOption(uint16(), octets(0, 20)))),
                () -> new InterfaceId(octets(0, 20)),
                () -> new ReconfigureMessage(random.nextInt(256)),
                ReconfigureAccept::new,
                () -> new DnsServers(several(this::ip)),
                () -> new DomainList(several(this::domain)),
                () -> new SntpServers(several(this::ip)),
                () -> new InformationRefreshTime(uint32()),
                () -> new RemoteId(uint32(), octets(0, 20)),
                this::fqdn,
                () -> new RelayId(duid()),
                () -> new NtpServer(several(this::ntpSource)),
                () -> new BootfileUrl(text()),
                () -> new BootfileParameters(several(this::text)),
                () -> new ClientArchitectures(atLeastOne(this::uint16)),
                () -> new ClientLinkLayerAddress(uint16(), octets(6)),
                () -> new SolMaxRt(uint32()),
                () -> new InfMaxRt(uint32()),
                () -> new CaptivePortal(text()),
                this::unknown);
    }

    Datagram nextDatagram() {
        return new Datagram(ip(), ip(), uint16(), random.nextBoolean() ? 546 : 547, next());
    }

    Dhcpv6Message next() {
        return message(random.nextInt(4) == 0 ? random.nextInt(1, Dhcpv6Message.HOP_COUNT_LIMIT + 2) : 0);
    }

    private Dhcpv6Message message(int relays) {
        List<Dhcpv6Option> options = new ArrayList<>();
        for (int i = random.nextInt(relays == 0 ? 8 : 3); i > 0; i--) {
            options.add(kinds.get(random.nextInt(kinds.size())).get());
        }
        if (relays == 0) {
            MessageType type = MessageType.of(random.nextInt(1, 12)).orElseThrow();
            return new ClientServerMessage(type, random.nextInt(1 << 24), options);
        }
        options.add(random.nextInt(options.size() + 1), new RelayMessage(message(relays - 1)));
        MessageType type = random.nextBoolean() ? MessageType.RELAY_FORWARD : MessageType.RELAY_REPLY;
        return new RelayAgentMessage(type, relays - 1, ip(), ip(), options);
    }

    private Dhcpv6Option address() {
        return random.nextInt(3) == 0
                ? unknown()
                : new IaAddress(ip(), uint32(), uint32(), several(this::statusOrUnknown));
    }

    private Dhcpv6Option prefix() {
        return random.nextInt(3) == 0
                ? status()
                : new IaPrefix(
                        ip(),
                        random.nextInt(129),
                        uint32(),
                        uint32(),
                        several(() -> random.nextBoolean()
                                ? statusOrUnknown()
                                : new PdExclude(random.nextInt(1, 129), octets(1, 17))));
    }

    private Dhcpv6Option statusOrUnknown() {
        return random.nextBoolean() ? status() : unknown();
    }

    private Dhcpv6Option status() {
        return new StatusCode(Status.of(random.nextBoolean() ? random.nextInt(7) : uint16()), text());
    }

    private Dhcpv6Option unknown() {
        return new UnknownOption(random.nextBoolean() ? 1000 + random.nextInt(9) : 62, octets(3));
    }

    private Dhcpv6Option fqdn() {
        List<Bytes> labels = random.nextInt(4) == 0 ? List.of() : domain().labels();
        return new ClientFqdn(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                labels,
                !labels.isEmpty() && random.nextBoolean());
    }

    private NtpSource ntpSource() {
        return switch (random.nextInt(4)) {
            case 0 -> new NtpSource.Server(ip());
            case 1 -> new NtpSource.Multicast(ip());
            case 2 -> new NtpSource.Name(domain());
            default -> new NtpSource.Other(new SubOption(4 + random.nextInt(9), octets(0, 20)));
        };
    }

    private Duid duid() {
        MacAddress mac = MacAddress.of(random.nextLong(1L << 48));
        return switch (random.nextInt(5)) {
            case 0 -> Duid.linkLayerTime(mac, uint32());
            case 1 -> Duid.enterprise(uint32(), octets(1, 125));
            case 2 -> Duid.linkLayer(mac);
            case 3 -> Duid.of(new UUID(random.nextLong(), random.nextLong()));
            default -> new Duid(octets(3, 131));
        };
    }

    private DomainName domain() {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            name.append(name.isEmpty() ? "" : ".");
            for (int length = random.nextInt(1, 64); length > 0; length--) {
                name.append(LETTERS.charAt(random.nextInt(36)));
            }
        }
        return DomainName.of(name.toString());
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private IPv6Address ip() {
        return random.nextInt(3) == 0
                ? IPv6Address.of(random.nextLong(), random.nextLong())
                : IPv6Address.of(0x2001_0db8_0000_0000L + random.nextInt(4), random.nextInt(3));
    }

    private long uint32() {
        return random.nextInt(4) == 0 ? Lease.INFINITY : random.nextLong(1L << 32);
    }

    private int uint16() {
        return random.nextInt(1 << 16);
    }

    private <T> List<T> several(Supplier<T> one) {
        return times(random.nextInt(4), one);
    }

    private <T> List<T> atLeastOne(Supplier<T> one) {
        return times(random.nextInt(1, 4), one);
    }

    private static <T> List<T> times(int times, Supplier<T> one) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            values.add(one.get());
        }
        return values;
    }

    private Bytes octets(int from, int to) {
        return octets(random.nextInt(from, to));
    }

    private Bytes octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Bytes.of(octets);
    }
}
