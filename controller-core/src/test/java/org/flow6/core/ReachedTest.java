package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.PortSource;
import org.flow6.network.SecurityGroup;
import org.flow6.network.Wanted;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFPort;

/** What a switch goes by while not all of the network is known. */
class ReachedTest {
    private static final String SKELETON = """
            hosts:
            - {name: hostA, tunnel_ip: "fd00::1"}
            - {name: hostB, tunnel_ip: "fd00::2"}
            networks: [{id: blue}, {id: red}]
            subnets:
            - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64"}
            - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
            security_groups: [{id: web}, {id: db}]
            security_group_rules:
            - {id: from-db, security_group_id: web, direction: ingress, ethertype: IPv6, remote_group_id: db}
            routers: [{id: r1}]
            ports:
            """;
    private static final String OWN = port(1, "blue", ", \"binding:host_id\": hostA");
    private static final String ANYWHERE = port(2, "red", "");
    private static final String BESIDE = port(3, "blue", ", \"binding:host_id\": hostB");
    private static final String FAR = port(4, "red", ", \"binding:host_id\": hostB");

    private final Asked source = new Asked();
    private final PortDemand demand = new PortDemand();
    private final ErrorLog errors = new ErrorLog();
    private final SwitchInputs inputs = new SwitchInputs(
            DatapathId.of(1),
            "hostA",
            new Shared(
                    new FactStore(Optional.empty(), errors, new SharedFacts("hostA", List.of())),
                    demand,
                    new BeaconCounts(List.of()),
                    errors,
                    new CompletableFuture<>()));

    /** Notes what it is asked for, and has port p4 on hostB. */
    private static final class Asked implements PortSource {
        private final List<Wanted> wanted = new ArrayList<>();

        @Override
        public void want(Wanted ports) {
            wanted.add(ports);
        }

        @Override
        public boolean exists(Id<Port> port) {
            return port.value().equals("p4");
        }

        @Override
        public Optional<String> hostOf(Id<Port> port) {
            return exists(port) ? Optional.of("hostB") : Optional.empty();
        }

        Wanted last() {
            return wanted.get(wanted.size() - 1);
        }
    }

    ReachedTest() {
        demand.from(source);
    }

    private static String port(int number, String network, String more) {
        return "- {id: p%d, network_id: %s, mac_address: \"02:00:00:00:00:0%d\", security_groups: [web]%s}\n"
                .formatted(number, network, number, more);
    }

    private static NetworkModel model(String ports) {
        NetworkFile.Reading reading = NetworkFile.parse("n.yaml", SKELETON + ports);
        assertThat(reading).isInstanceOf(Valid.class);
        return ((Valid) reading).model();
    }

    private static Wanted wanted(Set<String> networks, Set<String> groups, Set<String> ports) {
        return new Wanted(
                false,
                networks.stream().map(Id::<Network>of).collect(Collectors.toSet()),
                groups.stream().map(Id::<SecurityGroup>of).collect(Collectors.toSet()),
                ports.stream().map(Id::<Port>of).collect(Collectors.toSet()));
    }

    private void network(String ports, Wanted known) {
        inputs.network(new KnownNetwork(model(ports), known));
    }

    private void plug(String... ports) {
        List<Bindings.Interface> interfaces = new ArrayList<>();
        for (String port : ports) {
            int number = interfaces.size() + 1;
            interfaces.add(new Bindings.Interface(OFPort.of(number), "tap" + number, Optional.of(port), true));
        }
        inputs.interfaces(interfaces);
    }

    private Set<String> taken() {
        assertThat(inputs.take()).isPresent();
        return inputs.snapshot().bindings().keySet().stream().map(Id::value).collect(Collectors.toSet());
    }

    private boolean has(String port) {
        return inputs.snapshot().port(Id.of(port)).isPresent();
    }

    @Test
    void nothingIsTakenBeforeEnoughIsKnown() {
        plug("p1");
        network(OWN, Wanted.NONE);
        assertThat(inputs.areKnown()).isFalse();
        assertThat(inputs.take()).isEmpty();
        assertThat(source.last()).isEqualTo(wanted(Set.of("blue"), Set.of("db"), Set.of("p1")));
        network(OWN, wanted(Set.of("blue"), Set.of(), Set.of("p1")));
        assertThat(inputs.areKnown()).isFalse();
        network(OWN + BESIDE, source.last());
        assertThat(inputs.areKnown()).isTrue();
        assertThat(taken()).containsExactly("p1");
        assertThat(has("p3")).isTrue();
        assertThat(source.wanted).as("asked once").hasSize(2);
    }

    @Test
    void aPluggedPortThatNamesNoHostIsAskedForByItsName() {
        plug("p2", "p9", "");
        network("", Wanted.NONE);
        assertThat(inputs.areKnown()).isFalse();
        assertThat(source.last()).isEqualTo(wanted(Set.of(), Set.of(), Set.of("p2", "p9")));
        network(ANYWHERE, source.last());
        assertThat(inputs.areKnown()).as("its network is not known").isFalse();
        assertThat(source.last().networks()).containsExactly(Id.of("red"));
        network(ANYWHERE + FAR, source.last());
        assertThat(taken()).containsExactly("p2");
        assertThat(has("p4")).isTrue();
    }

    @Test
    void whatIsInForceStaysWhileMoreHasToBeKnown() {
        plug("p1");
        network(OWN, wanted(Set.of("blue"), Set.of("db"), Set.of("p1")));
        assertThat(taken()).containsExactly("p1");
        plug("p1", "p2");
        network(OWN + BESIDE, wanted(Set.of("blue"), Set.of("db"), Set.of("p1")));
        assertThat(taken()).containsExactly("p1");
        assertThat(has("p3")).as("nothing that came with it").isFalse();
        plug("p2");
        network("", wanted(Set.of("blue"), Set.of("db"), Set.of("p1")));
        assertThat(taken()).as("nothing goes either").containsExactly("p1");
        assertThat(inputs.areKnown()).isTrue();
        plug("p1", "p2");
        network(OWN + ANYWHERE + BESIDE, wanted(Set.of("blue", "red"), Set.of("db"), Set.of("p1", "p2")));
        assertThat(taken()).containsExactlyInAnyOrder("p1", "p2");
        assertThat(has("p3")).isTrue();
    }

    @Test
    void aPortThatIsThereNeedNotBeAskedFor() {
        plug("p1");
        network(OWN, wanted(Set.of("blue"), Set.of("db"), Set.of()));
        assertThat(taken()).containsExactly("p1");
        assertThat(source.last().ports()).as("it may move").containsExactly(Id.of("p1"));
    }

    @Test
    void aNetworkOfOneHostIsAllWanted() {
        NetworkModel alone = ((Valid) NetworkFile.parse("n.yaml", "networks: [{id: blue}]\n")).model();
        plug("p1");
        inputs.network(new KnownNetwork(alone, Wanted.NONE));
        assertThat(inputs.areKnown()).isFalse();
        assertThat(source.last().all()).isTrue();
        inputs.network(new KnownNetwork(alone, Wanted.ALL));
        assertThat(taken()).isEmpty();
        assertThat(inputs.snapshot().network(Id.of("blue"))).isPresent();
    }

    @Test
    void portsThatAreLeftOutAreThereAndOnTheirHosts() {
        plug("p1");
        network(OWN, wanted(Set.of("blue"), Set.of("db"), Set.of("p1")));
        taken();
        assertThat(inputs.exists(Id.of("p1"))).isTrue();
        assertThat(inputs.exists(Id.of("p4"))).isTrue();
        assertThat(inputs.exists(Id.of("p5"))).isFalse();
        assertThat(inputs.isElsewhere(Id.of("p1"))).isFalse();
        assertThat(inputs.isElsewhere(Id.of("p4"))).isTrue();
        assertThat(inputs.isElsewhere(Id.of("p5"))).isFalse();
    }

    @Test
    void switchesAskTogether() {
        demand.of(DatapathId.of(1), wanted(Set.of("blue"), Set.of(), Set.of()));
        demand.of(DatapathId.of(2), wanted(Set.of("red"), Set.of("db"), Set.of()));
        assertThat(source.last()).isEqualTo(wanted(Set.of("red", "blue"), Set.of("db"), Set.of()));
        demand.forget(DatapathId.of(1));
        assertThat(source.last()).isEqualTo(wanted(Set.of("red"), Set.of("db"), Set.of()));
        demand.forget(DatapathId.of(3));
        assertThat(source.wanted).hasSize(4);
    }

    @Test
    void aNetworkThatIsAllKnownIsAskedForByNobody() {
        PortDemand nobody = new PortDemand();
        nobody.of(DatapathId.of(1), Wanted.ALL);
        assertThat(nobody.exists(Id.of("p1"))).isFalse();
        assertThat(nobody.hostOf(Id.of("p1"))).isEmpty();
    }
}
