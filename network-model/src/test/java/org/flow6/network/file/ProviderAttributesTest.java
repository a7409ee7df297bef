package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.violations;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.ProviderPort;
import org.flow6.network.ProviderSegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are part of a physical network. */
class ProviderAttributesTest {
    private static final Id<Network> OUT = Id.of("out");

    private static String network(String id, String stated) {
        return "- {id: " + id + ", " + stated + "}\n";
    }

    private static String vlan(String id, String physical, int vlan) {
        return network(
                id,
                "'provider:network_type': vlan, 'provider:physical_network': " + physical
                        + ", 'provider:segmentation_id': " + vlan);
    }

    private static Optional<ProviderSegment> segment(String stated) {
        NetworkModel model = model("networks:\n" + network("out", stated));
        Optional<ProviderSegment> segment =
                model.networks().values().iterator().next().segment();
        assertThat(model.ports()).hasSize(segment.isPresent() ? 1 : 0);
        return segment;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4094})
    void aVlanIsPartOfAPhysicalNetwork(int id) {
        NetworkModel model = model("networks:\n" + vlan("out", "physnet1", id));
        assertThat(model.networks().values())
                .singleElement()
                .extracting(Network::segment)
                .isEqualTo(Optional.of(new ProviderSegment("physnet1", OptionalInt.of(id))));
    }

    @Test
    void aFlatNetworkIsWhatHasNoTag() {
        assertThat(segment("'provider:network_type': FLAT, 'provider:physical_network': physnet1, "
                        + "'provider:segmentation_id': null"))
                .contains(new ProviderSegment("physnet1", OptionalInt.empty()));
    }

    /** As Neutron shows them, and as Flow6 carries them in tunnels of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'provider:network_type': geneve, 'provider:physical_network': null, 'provider:segmentation_id': 16777215",
                "'provider:network_type': vxlan, 'provider:segmentation_id': 0",
                "'provider:network_type': gre",
                "'provider:network_type': local, 'provider:segmentation_id': null",
                "'provider:network_type': null"
            })
    void allOthersAreOfTenants(String stated) {
        assertThat(segment(stated)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'provider:network_type': vlan; provider:network_type: needs provider:physical_network beside it
            'provider:network_type': vlan; provider:network_type: needs provider:segmentation_id beside it
            'provider:network_type': flat; provider:network_type: needs provider:physical_network beside it
            'provider:network_type': flat, 'provider:segmentation_id': 7; provider:segmentation_id: a flat network has no VLAN
            'provider:network_type': vlan, 'provider:segmentation_id': 0; provider:segmentation_id: 0 is not a VLAN, 1 to 4094
            'provider:network_type': vlan, 'provider:segmentation_id': 4095; provider:segmentation_id: 4095 is not a VLAN, 1 to 4094
            'provider:network_type': geneve, 'provider:physical_network': p; provider:physical_network: not of this provider:network_type: it is of flat and vlan networks alone
            'provider:network_type': local, 'provider:physical_network': p; provider:physical_network: not of this provider:network_type: it is of flat and vlan networks alone
            'provider:physical_network': p; provider:physical_network: needs provider:network_type beside it
            'provider:segmentation_id': 7; provider:segmentation_id: needs provider:network_type beside it
            'provider:network_type': token; provider:network_type: 'token' is not one of flat, geneve, gre, local, vlan, vxlan
            'provider:segmentation_id': many; provider:segmentation_id: 'many' is not a number from 0 to 4294967295
            """)
    void refusesWhatIsHalfStated(String stated, String violation) {
        assertThat(violations("networks: [{id: out, " + stated + "}]")).contains("1: network out: " + violation);
    }

    @Test
    void noTwoNetworksAreTheSamePart() {
        String networks = "networks:\n" + vlan("a", "one", 7) + vlan("b", "two", 7) + vlan("c", "one", 8);
        assertThat(model(networks).networks()).hasSize(3);
        assertThat(violations(networks + vlan("d", "one", 7)))
                .containsExactly(
                        "5: network d: provider:segmentation_id: VLAN 7 of one is also that of network a on line 2");
        String flat = "'provider:network_type': flat, 'provider:physical_network': one";
        assertThat(model(networks + network("e", flat)).networks()).hasSize(4);
        assertThat(violations(networks + network("e", flat) + network("f", flat)))
                .containsExactly(
                        "6: network f: provider:physical_network: one untagged is also that of network e on line 5");
    }

    @Test
    void everyOneHasAPortToTheRestOfIt() {
        NetworkModel model = model("networks:\n" + vlan("out", "physnet1", 7) + network("in", "mtu: 1400"));
        assertThat(model.ports()).containsOnlyKeys(ProviderPort.idOf(OUT));
        assertThat(model.ports().get(ProviderPort.idOf(OUT))).satisfies(port -> {
            assertThat(port.isProvider()).isTrue();
            assertThat(port.networkId()).isEqualTo(OUT);
            assertThat(port.portSecurityEnabled()).isFalse();
            assertThat(port.securityGroups()).isEmpty();
        });
    }

    @Test
    void nobodyElseHasThatPort() {
        String mine = """
                ports:
                - {id: %s, network_id: out, mac_address: "02:00:00:00:00:01"%s}
                """;
        assertThat(violations("networks:\n" + vlan("out", "p", 7) + mine.formatted("provider/out", "")))
                .containsExactly("4: port provider/out: id: provider/out is also the id of network out on line 2");
        assertThat(violations(
                        "networks:\n" + vlan("out", "p", 7) + mine.formatted("x", ", device_owner: 'flow6:provider'")))
                .containsExactly("4: port x: device_owner: 'flow6:…' is said of ports that Flow6 makes by itself");
    }

    @Test
    void portsAreOnHostsThatAreAttached() {
        String text = "networks:\n" + vlan("out", "physnet1", 7) + """
                hosts:
                - {name: hostA, tunnel_ip: "fd00::1", physical_networks: [physnet2, physnet1]}
                - {name: hostB, tunnel_ip: "fd00::2", physical_networks: [physnet2]}
                ports:
                - {id: x, network_id: out, mac_address: "02:00:00:00:00:01", "binding:host_id": hostA}
                """;
        NetworkModel model = model(text);
        assertThat(model.ports()).hasSize(2);
        assertThat(model.hosts().get(Id.<Host>of("hostA")))
                .extracting(Host::physicalNetworks)
                .asInstanceOf(InstanceOfAssertFactories.SET)
                .containsOnly("physnet1", "physnet2");
        assertThat(violations(text.replace("id\": hostA", "id\": hostB")))
                .containsExactly(
                        "7: port x: binding:host_id: network out is part of physical network physnet1, to which "
                                + "host hostB is not attached: add it to the host's physical_networks");
    }

    @Test
    void aNetworkThatBecomesATenantsLosesThePort() {
        NetworkText text = new NetworkText("n");
        for (int i = 0; i < 2; i++) {
            assertThat(read(text, vlan("out", "p", 7)).ports()).containsOnlyKeys(ProviderPort.idOf(OUT));
            assertThat(read(text, network("out", "mtu: 1500")).ports()).isEmpty();
            assertThat(read(text, vlan("in", "p", 7)).ports()).containsOnlyKeys(ProviderPort.idOf(Id.of("in")));
        }
    }

    private static NetworkModel read(NetworkText text, String networks) {
        NetworkFile.Reading reading = text.read(("networks:\n" + networks).getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return ((NetworkFile.Valid) reading).model();
    }

    @Test
    void thePortIsAPort() {
        Port port = ProviderPort.of(model("networks:\n" + vlan("out", "p", 7))
                .networks()
                .values()
                .iterator()
                .next());
        assertThat(port.isRouterInterface()).isFalse();
        assertThat(port.isDhcpServer()).isFalse();
        assertThat(port.id().value()).isEqualTo("provider/out");
    }
}
