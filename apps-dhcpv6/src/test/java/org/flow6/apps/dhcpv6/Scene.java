package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.PortView;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.MulticastMac;
import org.flow6.packets.Udp;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Message;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.HasOptions;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaPrefix;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.ServerId;
import org.flow6.packets.dhcpv6.Status;
import org.flow6.packets.dhcpv6.StatusCode;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Networks with every kind of subnet, and hosts that ask; what is to be remembered is, until the next question. */
final class Scene {
    static final String YAML = """
            networks: [{id: blue, dns_domain: blue.example}, {id: green}, {id: plain}, {id: far}, {id: lone}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful,
                 dns_nameservers: ["2001:db8::53"],
                 flow6: {valid_lifetime: 1000, preferred_lifetime: 500, ntp_servers: ["2001:db8::123", ff05::101, ntp.example.org],
                         bootfile_url: "http://[2001:db8::b]/boot", sol_max_rt: 120, inf_max_rt: 240, server_preference: 7,
                         prefix_delegation: {pool: "2001:db8:f000::/44", length: 48, valid_lifetime: 2000, preferred_lifetime: 800}}}
              - {id: more6, network_id: blue, ip_version: 6, cidr: "2001:db8:2::/64", ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful,
                 flow6: {valid_lifetime: 400, preferred_lifetime: 200}}
              - {id: blue4, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24"}
              - {id: green6, network_id: green, ip_version: 6, cidr: "2001:db8:3::/64", ipv6_ra_mode: dhcpv6-stateless, ipv6_address_mode: dhcpv6-stateless,
                 dns_nameservers: ["2001:db8::53"], flow6: {domain_search: [green.example, example.org], information_refresh_time: 700}}
              - {id: plain6, network_id: plain, ip_version: 6, cidr: "2001:db8:4::/64", ipv6_ra_mode: slaac, ipv6_address_mode: slaac}
              - {id: far6, network_id: far, ip_version: 6, cidr: "2001:db8:5::/64", ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful}
              - {id: lone6, network_id: lone, ip_version: 6, cidr: "2001:db8:6::/64", ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}, {subnet_id: blue4, ip_address: 192.0.2.11}]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::12"}]}
              - {id: two, network_id: blue, mac_address: "02:00:00:00:00:03", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::13"}, {subnet_id: more6, ip_address: "2001:db8:2::13"}]}
              - {id: none, network_id: blue, mac_address: "02:00:00:00:00:04", fixed_ips: []}
              - {id: relay, network_id: blue, mac_address: "02:00:00:00:00:05", port_security_enabled: false, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::15"}]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1, fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
              - {id: r1-far, network_id: far, mac_address: "02:00:00:00:01:05", device_owner: "network:router_interface", device_id: r1, fixed_ips: [{subnet_id: far6, ip_address: "2001:db8:5::1"}]}
              - {id: green1, network_id: green, mac_address: "02:00:00:00:00:31"}
              - {id: dhcp, network_id: green, mac_address: "02:00:00:00:00:dd", device_owner: "network:dhcp"}
              - {id: plain1, network_id: plain, mac_address: "02:00:00:00:00:41"}
              - {id: far1, network_id: far, mac_address: "02:00:00:00:00:51", fixed_ips: [{subnet_id: far6, ip_address: "2001:db8:5::51"}]}
              - {id: lone1, network_id: lone, mac_address: "02:00:00:00:00:61", fixed_ips: [{subnet_id: lone6, ip_address: "2001:db8:6::61"}]}
            routers: [{id: r1}]
            """;

    static final Map<String, Integer> BINDINGS = new TreeMap<>(
            Map.of("vm1", 1, "vm2", 2, "two", 3, "none", 4, "relay", 5, "green1", 6, "plain1", 7, "lone1", 8));

    static final Duid DUID = Duid.linkLayer(MacAddress.of("02:00:00:00:00:99"));
    static final int XID = 0xabcdef;

    final NetworkSnapshot snapshot;
    Facts facts = Facts.NONE;
    Instant now = Instant.ofEpochSecond(1_700_000_000);

    Scene() {
        this(YAML);
    }

    Scene(String yaml) {
        snapshot = GoldenFlows.network(yaml, BINDINGS);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    PortView port(String id) {
        return snapshot.port(Id.<Port>of(id)).orElseThrow();
    }

    Link link(String network) {
        return snapshot.network(Id.<Network>of(network)).map(Link::of).orElseThrow();
    }

    ServerId serverId(String port) {
        return new ServerId(link(port(port).network().id().value()).duid());
    }

    /** A message of a client with {@link #DUID}, for the server of its network where the type names one. */
    ClientServerMessage message(String port, MessageType type, Dhcpv6Option... options) {
        List<Dhcpv6Option> all = new ArrayList<>();
        all.add(new ClientId(DUID));
        switch (type) {
            case REQUEST, RENEW, RELEASE, DECLINE -> all.add(serverId(port));
            default -> {}
        }
        all.addAll(List.of(options));
        return new ClientServerMessage(type, XID, all);
    }

    static Ethernet frame(MacAddress mac, IPv6Address source, IPv6Address destination, Udp datagram) {
        MacAddress to = destination.isMulticast() ? MulticastMac.of(destination) : MacAddress.of("02:00:00:00:01:01");
        return Ethernet.of(to, mac, Ipv6.of(1, source, destination, datagram));
    }

    Ethernet frame(String port, IPv6Address destination, Dhcpv6Message message) {
        MacAddress mac = port(port).port().macAddress();
        return frame(mac, LinkLocal.of(mac), destination, new Udp(546, 547, message.encode()));
    }

    Answer.Result result(String port, Ethernet frame) {
        PacketIn packet = new PacketIn(OFPort.of(BINDINGS.getOrDefault(port, 9)), port(port), frame);
        return Dhcpv6Answer.answer(packet, snapshot, new Moment(now, facts));
    }

    Answer.Result result(String port, Dhcpv6Message message) {
        return result(port, frame(port, Dhcpv6Message.ALL_RELAY_AGENTS_AND_SERVERS, message));
    }

    /** What is sent to the port that asked, and remembered. */
    PacketOut sent(String port, Answer.Result result) {
        assertThat(result).isInstanceOf(Answer.Result.Send.class);
        Answer.Result.Send send = (Answer.Result.Send) result;
        facts = facts.with(send.facts());
        assertThat(send.packets()).hasSize(1);
        assertThat(send.packets().get(0).actions())
                .containsExactly(Action.output(OFPort.of(BINDINGS.getOrDefault(port, 9))));
        return send.packets().get(0);
    }

    static Udp datagram(PacketOut packet) {
        return Ipv6.decode(packet.frame()).then(Udp::decode).orElseThrow();
    }

    ClientServerMessage answer(String port, ClientServerMessage message) {
        Udp datagram = datagram(sent(port, result(port, message)));
        assertThat(datagram.sourcePort()).isEqualTo(547);
        assertThat(datagram.destinationPort()).isEqualTo(546);
        ClientServerMessage answer =
                (ClientServerMessage) Dhcpv6Message.decode(datagram).orElseThrow();
        assertThat(answer.transactionId()).isEqualTo(message.transactionId());
        assertThat(answer.options(ServerId.class)).containsExactly(serverId(port));
        assertThat(answer.options(ClientId.class)).isEqualTo(message.options(ClientId.class));
        return answer;
    }

    ClientServerMessage ask(String port, MessageType type, Dhcpv6Option... options) {
        return answer(port, message(port, type, options));
    }

    void discards(DropReason reason, String port, Ethernet frame) {
        assertThat(result(port, frame)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    void discards(DropReason reason, String port, Dhcpv6Message message) {
        assertThat(result(port, message)).isEqualTo(new Answer.Result.Refuse(reason));
    }

    static IaNa ia(long iaid, String... addresses) {
        List<Dhcpv6Option> named = new ArrayList<>();
        for (String address : addresses) {
            named.add(new IaAddress(IPv6Address.of(address), 0, 0, List.of()));
        }
        return new IaNa(iaid, 0, 0, named);
    }

    static IaPd pd(long iaid, IaPrefix... prefixes) {
        return new IaPd(iaid, 0, 0, List.of(prefixes));
    }

    static IaNa ia(HasOptions message, long iaid) {
        return message.options(IaNa.class).stream()
                .filter(ia -> ia.iaid() == iaid)
                .findFirst()
                .orElseThrow();
    }

    static IaPd pd(HasOptions message, long iaid) {
        return message.options(IaPd.class).stream()
                .filter(ia -> ia.iaid() == iaid)
                .findFirst()
                .orElseThrow();
    }

    static IaPrefix prefix(HasOptions message, long iaid) {
        return pd(message, iaid).option(IaPrefix.class).orElseThrow();
    }

    /** Addresses that may be used, as texts. */
    static List<String> addresses(IaNa ia) {
        return ia.options(IaAddress.class).stream()
                .filter(lease -> lease.validLifetime() > 0)
                .map(lease -> lease.address().toString())
                .toList();
    }

    /** Addresses that are to be used no longer, as texts. */
    static List<String> ended(IaNa ia) {
        return ia.options(IaAddress.class).stream()
                .filter(lease -> lease.validLifetime() == 0 && lease.preferredLifetime() == 0)
                .map(lease -> lease.address().toString())
                .toList();
    }

    static Status status(HasOptions of) {
        return of.option(StatusCode.class).map(StatusCode::status).orElse(Status.SUCCESS);
    }
}
