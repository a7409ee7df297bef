package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.core.Bindings.Interface;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

class BindingsTest {
    private static final NetworkModel MODEL = model("""
            networks: [{id: net}]
            ports:
              - {id: vm1, network_id: net, mac_address: "02:00:00:00:00:01"}
              - {id: vm2, network_id: net, mac_address: "02:00:00:00:00:02", "binding:host_id": here}
              - {id: vm3, network_id: net, mac_address: "02:00:00:00:00:03", "binding:host_id": there}
              - {id: named, network_id: net, mac_address: "02:00:00:00:00:04", "binding:profile": {interface_name: s1-eth1}}
            """);

    private static NetworkModel model(String yaml) {
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", yaml);
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return ((NetworkFile.Valid) reading).model();
    }

    private static Interface byId(int ofPort, String name, String ifaceId) {
        return new Interface(OFPort.of(ofPort), name, Optional.of(ifaceId), true);
    }

    private static Interface byName(int ofPort, String name) {
        return new Interface(OFPort.of(ofPort), name, Optional.empty(), true);
    }

    private static Bindings resolve(Interface... interfaces) {
        return Bindings.resolve(MODEL, Bindings.byInterfaceName(MODEL), BindingsTest::isHere, List.of(interfaces));
    }

    private static boolean isHere(Port port) {
        return port.hostId().map("here"::equals).orElse(true);
    }

    private static Map<Id<Port>, OFPort> bound(String port, int ofPort) {
        return Map.of(Id.of(port), OFPort.of(ofPort));
    }

    @Test
    void bindsByIfaceId() {
        Bindings bindings = resolve(byId(1, "tap1", "vm1"), byId(2, "tap2", "vm2"));
        assertThat(bindings.ports())
                .hasSize(2)
                .containsAllEntriesOf(bound("vm1", 1))
                .containsAllEntriesOf(bound("vm2", 2));
        assertThat(bindings.conflicts()).isEmpty();
    }

    @Test
    void bindsByNameWhereTheDatabaseSaysNothing() {
        assertThat(resolve(byName(7, "s1-eth1"), byName(8, "s1-eth2")).ports()).isEqualTo(bound("named", 7));
    }

    @Test
    void theDatabaseComesBeforeTheName() {
        assertThat(resolve(byId(7, "s1-eth1", "vm1")).ports()).isEqualTo(bound("vm1", 7));
        assertThat(resolve(byId(7, "s1-eth1", "unknown")).ports()).isEmpty();
        assertThat(resolve(byId(7, "s1-eth1", "")).ports()).isEmpty();
    }

    @Test
    void bindsNothingOfAnotherHost() {
        assertThat(resolve(byId(1, "tap1", "vm3"), byId(2, "tap2", "vm2")).ports())
                .isEqualTo(bound("vm2", 2));
    }

    @Test
    void whatIsPluggedIsThereWhicheverHostItIsOf() {
        List<Interface> interfaces = List.of(
                byId(1, "tap1", "vm3"), byId(2, "tap2", "vm2"), byId(3, "tap3", "unknown"), byName(7, "s1-eth1"));
        assertThat(Bindings.plugged(MODEL, Bindings.byInterfaceName(MODEL), interfaces))
                .containsExactlyInAnyOrder(Id.of("vm2"), Id.of("vm3"), Id.of("named"));
    }

    @Test
    void theLowestOfSeveralInterfacesGetsThePort() {
        for (List<Interface> order : List.of(
                List.of(byId(5, "old", "vm1"), byId(4, "new", "vm1"), byId(300, "third", "vm1")),
                List.of(byId(300, "third", "vm1"), byId(4, "new", "vm1"), byId(5, "old", "vm1")))) {
            Bindings bindings = resolve(order.toArray(Interface[]::new));
            assertThat(bindings.ports()).isEqualTo(bound("vm1", 4));
            assertThat(bindings.conflicts()).hasSize(2).first().asString().contains("vm1", "old", "4");
        }
    }

    @Test
    void theBridgesOwnPortComesLast() {
        Interface own = new Interface(OFPort.LOCAL, "br-int", Optional.of("vm1"), true);
        assertThat(resolve(own, byId(9, "tap", "vm1")).ports()).isEqualTo(bound("vm1", 9));
        assertThat(resolve(own).ports()).isEqualTo(Map.of(Id.of("vm1"), OFPort.LOCAL));
    }

    @Test
    void aNameAndAnIfaceIdOfOnePortConflict() {
        Bindings bindings = resolve(byName(1, "s1-eth1"), byId(2, "tap", "named"));
        assertThat(bindings.ports()).isEqualTo(bound("named", 1));
        assertThat(bindings.conflicts()).hasSize(1).first().asString().contains("named", "tap");
    }
}
