package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flow6.network.Dhcpv6Settings;
import org.flow6.network.NtpServer.Address;
import org.flow6.network.NtpServer.Name;
import org.flow6.network.Subnet;
import org.flow6.packets.DomainName;
import org.flow6.packets.dhcpv6.BootfileUrl;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.DnsServers;
import org.flow6.packets.dhcpv6.DomainList;
import org.flow6.packets.dhcpv6.InfMaxRt;
import org.flow6.packets.dhcpv6.NtpServer;
import org.flow6.packets.dhcpv6.NtpSource;
import org.flow6.packets.dhcpv6.SntpServers;
import org.flow6.packets.dhcpv6.SolMaxRt;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The settings of a client's subnets as options (RFC 8415 §18.3). */
record ConfiguredOptions(List<Subnet> subnets) {

    /** By code; the caller may change it. */
    static Map<Integer, List<Dhcpv6Option>> of(List<Subnet> subnets) {
        Map<Integer, List<Dhcpv6Option>> byCode = new HashMap<>();
        for (Dhcpv6Option option : new ConfiguredOptions(subnets).all()) {
            byCode.computeIfAbsent(option.code(), code -> new ArrayList<>()).add(option);
        }
        return byCode;
    }

    private List<Dhcpv6Option> all() {
        List<Dhcpv6Option> options = new ArrayList<>();
        addServers(options);
        single(Dhcpv6Settings::bootfileUrl).ifPresent(url -> options.add(new BootfileUrl(url.toString())));
        number(Dhcpv6Settings::solMaxRt).ifPresent(seconds -> options.add(new SolMaxRt(seconds)));
        number(Dhcpv6Settings::infMaxRt).ifPresent(seconds -> options.add(new InfMaxRt(seconds)));
        return options;
    }

    /** Those of all its subnets, as long as there are any. */
    private void addServers(List<Dhcpv6Option> options) {
        List<IPv6Address> dns = distinct(subnets.stream()
                .flatMap(subnet -> subnet.dnsNameservers().stream())
                .filter(IPv6Address.class::isInstance)
                .map(IPv6Address.class::cast));
        if (!dns.isEmpty()) {
            options.add(new DnsServers(dns));
        }
        List<DomainName> domains = distinct(subnets.stream()
                .flatMap(subnet -> subnet.settings().domainSearch().stream())
                .map(DomainName::of));
        if (!domains.isEmpty()) {
            options.add(new DomainList(domains));
        }
        List<org.flow6.network.NtpServer> time =
                distinct(settings(Dhcpv6Settings::ntpServers).flatMap(List::stream));
        time.forEach(server -> options.add(new NtpServer(List.of(source(server)))));
        List<IPv6Address> simple = time.stream()
                .filter(Address.class::isInstance)
                .map(server -> ((Address) server).address())
                .filter(address -> !address.isMulticast())
                .toList();
        if (!simple.isEmpty()) {
            options.add(new SntpServers(simple));
        }
    }

    private static NtpSource source(org.flow6.network.NtpServer server) {
        return server instanceof Name name
                ? new NtpSource.Name(DomainName.of(name.name()))
                : source(((Address) server).address());
    }

    static NtpSource source(IPv6Address address) {
        return address.isMulticast() ? new NtpSource.Multicast(address) : new NtpSource.Server(address);
    }

    private static <T> List<T> distinct(Stream<T> values) {
        return List.copyOf(values.collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private <T> Optional<T> single(Function<Dhcpv6Settings, Optional<T>> setting) {
        return settings(setting).flatMap(Optional::stream).findFirst();
    }

    private Optional<Integer> number(Function<Dhcpv6Settings, OptionalInt> setting) {
        return settings(setting).flatMap(value -> value.stream().boxed()).findFirst();
    }

    /** A setting of each of the subnets. */
    private <T> Stream<T> settings(Function<Dhcpv6Settings, T> setting) {
        return subnets.stream().map(subnet -> setting.apply(subnet.settings().dhcpv6()));
    }
}
