package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Announcement;
import org.flow6.flow.Derivation;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.packets.Arp;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

class Ipv4ResponderTest {
    private static final Ipv4Responder APP = new Ipv4Responder();

    private static final String YAML = """
            networks: [{id: blue}, {id: red}]
            subnets:
              - {id: blue4, network_id: blue, ip_version: 4, cidr: "192.0.2.0/24"}
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
              - {id: red4, network_id: red, ip_version: 4, cidr: "198.51.100.0/24"}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01",
                 fixed_ips: [{subnet_id: blue4, ip_address: 192.0.2.11}, {subnet_id: blue6, ip_address: "2001:db8:1::11"}]}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: blue4, ip_address: 192.0.2.12}],
                 allowed_address_pairs: [{ip_address: 192.0.2.77}]}
              - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03", fixed_ips: [{subnet_id: blue4, ip_address: 192.0.2.13}],
                 allowed_address_pairs: [{ip_address: 192.0.2.77}]}
              - {id: elsewhere, network_id: blue, mac_address: "02:00:00:00:00:04", fixed_ips: [{subnet_id: blue4, ip_address: 192.0.2.14}]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: blue4, ip_address: 192.0.2.1}, {subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: red4, ip_address: 198.51.100.1}]}
            routers: [{id: r1}]
            """;

    private static final NetworkSnapshot SNAPSHOT = GoldenFlows.network(YAML, Map.of("vm1", 1, "vm2", 2, "vm3", 3));

    @Test
    void answersByFlow() throws Exception {
        GoldenFlows.check("ipv4-responder.flows", GoldenFlows.flows(APP, SNAPSHOT));
    }

    @Test
    void leavesSharedAddressesToThoseWhoShareThem() {
        assertThat(flowsAbout("192.0.2.14")).isNotEmpty();
        assertThat(flowsAbout("192.0.2.77")).isEmpty();
    }

    private static List<Flow> flowsAbout(String address) {
        U128 value = Field.ARP_TPA.encode(IPv4Address.of(address));
        return GoldenFlows.flows(APP, SNAPSHOT).stream()
                .filter(flow -> flow.match().terms().stream()
                        .anyMatch(term -> term.field().equals(Field.ARP_TPA)
                                && term.value().equals(value)))
                .toList();
    }

    /** RFC 5227 §2.3, on the network that has members here. */
    @Test
    void announcesRouters() {
        assertThat(announcements("red")).isEmpty();
        List<Announcement> blue = announcements("blue");
        assertThat(blue).hasSize(1);
        Announcement announcement = blue.get(0);
        assertThat(announcement.times()).isEqualTo(2);
        assertThat(announcement.packet().inPort()).isEqualTo(OFPort.CONTROLLER);
        assertThat(announcement.packet().actions())
                .contains(Action.set(Field.FROM_TUNNEL, true))
                .endsWith(Action.resubmit(Table.FLOOD));
        assertThat(announcement.packet().frame())
                .isEqualTo(Arp.announcement(IPv4Address.of("192.0.2.1"), MacAddress.of("02:00:00:00:01:01")));
    }

    private static List<Announcement> announcements(String network) {
        NetworkView view = SNAPSHOT.network(Id.<Network>of(network)).orElseThrow();
        return APP.derivations().stream()
                .filter(derivation -> derivation.name().equals("routers"))
                .flatMap(derivation -> announcements(derivation, view))
                .toList();
    }

    @SuppressWarnings("unchecked") // of a scope whose views are these
    private static <U> Stream<Announcement> announcements(Derivation<?, ?, U> derivation, NetworkView view) {
        Derivation<?, NetworkView, U> routers = (Derivation<?, NetworkView, U>) derivation;
        return routers.units().apply(view).flatMap(unit -> routers.announcements().apply(unit).stream());
    }
}
