package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.flow6.network.Dhcpv6Settings;
import org.flow6.network.Fact;
import org.flow6.network.Lifetimes;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.Subnet;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.InformationRefreshTime;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.Preference;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What the network says of a port's clients, made ready for messages: nothing of it depends on what a client asks.
 *
 * @param subnets whose settings are for this port: those it has addresses on, else all that are served
 * @param addresses its fixed IPs on stateful subnets
 * @param options what clients may ask for, by code, but for the names of hosts
 * @param information those for the Reply to an Information-request (RFC 8415 §21.23)
 * @param rapidCommit whether two messages do on all of the subnets
 * @param renewal T1 as stated, the earliest of several
 * @param rebinding T2 likewise
 */
record Profile(
        List<Subnet> subnets,
        List<OwnAddress> addresses,
        Map<Integer, List<Dhcpv6Option>> options,
        Map<Integer, List<Dhcpv6Option>> information,
        boolean rapidCommit,
        Optional<Preference> preference,
        OptionalLong renewal,
        OptionalLong rebinding) {

    /**
     * An address of the port that the server assigns.
     *
     * @param lease as it is offered
     * @param declined the fact that somebody else has it
     * @param shared the fact that tells which of several identity associations it is in
     */
    record OwnAddress(IaAddress lease, Lifetimes lifetimes, Fact.Key declined, Fact.Key shared) {
        IPv6Address address() {
            return lease.address();
        }
    }

    static Profile of(NetworkView view, Port port) {
        Link link = Link.of(view);
        List<Subnet> subnets = subnets(link, port);
        List<Dhcpv6Settings> settings = new ArrayList<>();
        subnets.forEach(subnet -> settings.add(subnet.settings().dhcpv6()));
        Map<Integer, List<Dhcpv6Option>> extra = ExtraOptions.of(port);
        Map<Integer, List<Dhcpv6Option>> options = ConfiguredOptions.of(subnets);
        options.putAll(extra);
        Map<Integer, List<Dhcpv6Option>> information = new HashMap<>(options);
        settings.stream()
                .map(Dhcpv6Settings::informationRefreshTime)
                .min(Long::compare)
                .ifPresent(seconds -> information.putIfAbsent(
                        InformationRefreshTime.CODE, List.of(new InformationRefreshTime(seconds))));
        return new Profile(
                subnets,
                addresses(link, port),
                options,
                information,
                settings.stream().allMatch(Dhcpv6Settings::rapidCommit),
                settings.stream()
                        .flatMapToInt(one -> one.serverPreference().stream())
                        .mapToObj(Preference::new)
                        .findFirst(),
                settings.stream()
                        .flatMapToLong(one -> one.renewalTime().stream())
                        .min(),
                settings.stream()
                        .flatMapToLong(one -> one.rebindingTime().stream())
                        .min());
    }

    private static List<Subnet> subnets(Link link, Port port) {
        List<Subnet> own = new ArrayList<>();
        for (Port.FixedIp fixed : port.fixedIps()) {
            for (Subnet subnet : link.served()) {
                if (subnet.id().equals(fixed.subnetId()) && !own.contains(subnet)) {
                    own.add(subnet);
                }
            }
        }
        return own.isEmpty() ? link.served() : own;
    }

    private static List<OwnAddress> addresses(Link link, Port port) {
        List<OwnAddress> addresses = new ArrayList<>();
        for (Port.FixedIp fixed : port.fixedIps()) {
            for (Subnet subnet : link.stateful()) {
                if (subnet.id().equals(fixed.subnetId()) && fixed.ipAddress() instanceof IPv6Address address) {
                    Lifetimes lifetimes = subnet.settings().lifetimes();
                    addresses.add(new OwnAddress(
                            new IaAddress(address, lifetimes.preferred(), lifetimes.valid(), List.of()),
                            lifetimes,
                            Remembered.declined(link.network().id(), address),
                            Remembered.shared(link.network().id(), address)));
                }
            }
        }
        return addresses;
    }

    /** What a message of that type may be answered with. */
    Map<Integer, List<Dhcpv6Option>> options(MessageType asked) {
        return asked == MessageType.INFORMATION_REQUEST ? information : options;
    }
}
