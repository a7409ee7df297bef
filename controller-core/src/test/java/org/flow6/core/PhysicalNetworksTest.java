package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.flow6.core.ovsdb.PatchPair;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;

class PhysicalNetworksTest {
    private static final String NETWORKS = """
            networks:
            - {id: a, "provider:network_type": vlan, "provider:physical_network": one, "provider:segmentation_id": 7}
            - {id: b, "provider:network_type": flat, "provider:physical_network": one}
            - {id: c, "provider:network_type": flat, "provider:physical_network": two}
            - {id: d}
            """;
    private static final String HOSTS = """
            hosts:
            - {name: here, tunnel_ip: "fd00::1", physical_networks: [one]}
            - {name: there, tunnel_ip: "fd00::2", physical_networks: [two]}
            """;

    private static NetworkModel model(String text) {
        NetworkFile.Reading reading = NetworkFile.parse("n", text);
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return ((NetworkFile.Valid) reading).model();
    }

    private static PhysicalNetworks mappings(Map<String, String> bridges) {
        return new PhysicalNetworks("here", bridges);
    }

    @Test
    void joinsEveryNetworkOfAMappedOne() {
        assertThat(mappings(Map.of("one", "br-1", "three", "br-3")).patches(model(NETWORKS)))
                .containsExactlyInAnyOrder(
                        new PatchPair("br-1", "provider/a", OptionalInt.of(7)),
                        new PatchPair("br-1", "provider/b", OptionalInt.empty()));
        assertThat(mappings(Map.of()).patches(model(NETWORKS))).isEmpty();
    }

    @Test
    void tellsWhereFileAndConfigurationDisagree() {
        NetworkModel model = model(NETWORKS + HOSTS);
        assertThat(mappings(Map.of("one", "br-1", "three", "br-3")).disagreements(model))
                .isEmpty();
        assertThat(mappings(Map.of("two", "br-2")).disagreements(model))
                .containsExactly(
                        "host here is attached to one by the network file, and bridge_mappings have no bridge for it: its "
                                + "networks end here",
                        "bridge_mappings have a bridge for two, which is none of the physical_networks of host here in the "
                                + "network file");
        assertThat(mappings(Map.of()).disagreements(model(NETWORKS))).isEmpty();
    }
}
