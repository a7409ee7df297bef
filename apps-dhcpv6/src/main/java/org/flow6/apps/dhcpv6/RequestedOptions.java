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
import org.flow6.packets.DomainName;
import org.flow6.packets.dhcpv6.BootfileUrl;
import org.flow6.packets.dhcpv6.ClientFqdn;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.DnsServers;
import org.flow6.packets.dhcpv6.DomainList;
import org.flow6.packets.dhcpv6.InfMaxRt;
import org.flow6.packets.dhcpv6.InformationRefreshTime;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.NtpServer;
import org.flow6.packets.dhcpv6.NtpSource;
import org.flow6.packets.dhcpv6.OptionRequest;
import org.flow6.packets.dhcpv6.SntpServers;
import org.flow6.packets.dhcpv6.SolMaxRt;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The settings that a client asks for and that there are, in the order in which it asks (RFC 8415 §18.3, §21.7). */
record RequestedOptions(Client client, ClientServerMessage message) {

    static List<Dhcpv6Option> of(Client client, ClientServerMessage message) {
        RequestedOptions requested = new RequestedOptions(client, message);
        Map<Integer, List<Dhcpv6Option>> there = new HashMap<>();
        requested.configured().forEach(option -> there.computeIfAbsent(option.code(), code -> new ArrayList<>())
                .add(option));
        there.putAll(ExtraOptions.of(client.port()));
        return message.option(OptionRequest.class).stream()
                .flatMap(request -> request.codes().stream())
                .distinct()
                .flatMap(code -> there.getOrDefault(code, List.of()).stream())
                .toList();
    }

    private Stream<Dhcpv6Option> configured() {
        List<Dhcpv6Option> options = new ArrayList<>();
        addServers(options);
        single(Dhcpv6Settings::bootfileUrl).ifPresent(url -> options.add(new BootfileUrl(url.toString())));
        number(Dhcpv6Settings::solMaxRt).ifPresent(seconds -> options.add(new SolMaxRt(seconds)));
        number(Dhcpv6Settings::infMaxRt).ifPresent(seconds -> options.add(new InfMaxRt(seconds)));
        if (message.type() == MessageType.INFORMATION_REQUEST) {
            // §21.23: in no other Reply.
            client.settings(Dhcpv6Settings::informationRefreshTime)
                    .min(Long::compare)
                    .ifPresent(seconds -> options.add(new InformationRefreshTime(seconds)));
        }
        message.option(ClientFqdn.class).ifPresent(name -> options.add(HostName.answer(client, name)));
        return options.stream();
    }

    /** Those of all its subnets, as long as there are any. */
    private void addServers(List<Dhcpv6Option> options) {
        List<IPv6Address> dns = distinct(client.subnets().stream()
                .flatMap(subnet -> subnet.dnsNameservers().stream())
                .filter(IPv6Address.class::isInstance)
                .map(IPv6Address.class::cast)
                // Neutron's way to say that there is none.
                .filter(address -> !address.isUnspecified()));
        if (!dns.isEmpty()) {
            options.add(new DnsServers(dns));
        }
        List<DomainName> domains = distinct(client.subnets().stream()
                .flatMap(subnet -> subnet.settings().domainSearch().stream())
                .map(DomainName::of));
        if (!domains.isEmpty()) {
            options.add(new DomainList(domains));
        }
        List<org.flow6.network.NtpServer> time =
                distinct(client.settings(Dhcpv6Settings::ntpServers).flatMap(List::stream));
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
        return client.settings(setting).flatMap(Optional::stream).findFirst();
    }

    private Optional<Integer> number(Function<Dhcpv6Settings, OptionalInt> setting) {
        return client.settings(setting).flatMap(value -> value.stream().boxed()).findFirst();
    }
}
