package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.flow6.core.endpoint.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.OFPort;

/** Against a real ovsdb-server and ovs-vswitchd. */
class OvsdbClientTest {
    private OvsInstance ovs;

    @BeforeEach
    void start() throws Exception {
        ovs = new OvsInstance();
    }

    @AfterEach
    void stop() throws Exception {
        ovs.close();
    }

    private Watched watch() {
        return new Watched(ovs.endpoint(), "br-int", Optional.empty());
    }

    private static boolean bound(OvsdbPicture picture, String ifaceId, int port) {
        OvsInterface holder = picture.bindings().get(ifaceId);
        return holder != null && holder.ofPort().equals(Optional.of(OFPort.of(port)));
    }

    @Test
    void followsPortsAsTheyComeChangeAndGo() throws Exception {
        ovs.addBridge("br-int");
        try (Watched client = watch()) {
            OvsdbPicture start = client.until(p -> p.interfaces().containsKey("br-int")
                    && p.ovsInterface("br-int").orElseThrow().ofPort().isPresent());
            assertThat(start.ovsInterface("br-int").orElseThrow().ofPort()).contains(OFPort.LOCAL);
            ovs.vsctl("set", "open_vswitch", ".", "ovs_version=3.1.0");
            client.until(p -> p.ovsVersion().equals(Optional.of("3.1.0")));

            ovs.addPort("br-int", "vm1", 7, "port-1");
            OvsInterface vm1 =
                    client.until(p -> bound(p, "port-1", 7)).binding("port-1").orElseThrow();
            assertThat(vm1.name()).isEqualTo("vm1");
            assertThat(vm1.type()).isEqualTo("internal");
            client.until(p -> p.ovsInterface("vm1").orElseThrow().mac().isPresent());

            ovs.vsctl("set", "interface", "vm1", "external_ids:iface-id=port-2");
            assertThat(client.until(p -> bound(p, "port-2", 7)).bindings()).doesNotContainKey("port-1");
            assertThat(client.deltas().get(client.deltas().size() - 1).changed())
                    .hasSize(1);

            ovs.vsctl("remove", "interface", "vm1", "external_ids", "iface-id");
            assertThat(client.until(p -> p.bindings().isEmpty()).interfaces()).containsKey("vm1");

            ovs.vsctl("set", "port", "vm1", "tag=5");
            client.until(p -> p.ovsInterface("vm1").orElseThrow().tag().orElse(-1) == 5);

            ovs.vsctl("del-port", "vm1");
            client.until(p -> !p.interfaces().containsKey("vm1"));
            assertThat(client.deltas().get(client.deltas().size() - 1).removed())
                    .extracting(OvsInterface::name)
                    .containsExactly("vm1");
        }
    }

    @Test
    void givesAnIfaceIdToTheLowestPortAndToTheNextWhenThatGoes() throws Exception {
        ovs.addBridge("br-int");
        ovs.addPort("br-int", "vm9", 9, "port-1");
        ovs.addPort("br-int", "vm3", 3, "port-1");
        try (Watched client = watch()) {
            OvsdbPicture both =
                    client.until(p -> bound(p, "port-1", 3) && p.conflicts().size() == 1);
            assertThat(both.conflicts().get(0).refused())
                    .extracting(OvsInterface::name)
                    .containsExactly("vm9");
            assertThat(both.conflicts().get(0).toString()).contains("port-1", "vm3 has it, not vm9");

            ovs.vsctl("del-port", "vm3");
            assertThat(client.until(p -> bound(p, "port-1", 9)).conflicts()).isEmpty();
        }
    }

    @Test
    void takesAnInterfaceThatFailsForUnattached() throws Exception {
        ovs.addBridge("br-int");
        ovs.addPort("br-int", "vm1", 1, "port-1");
        try (Watched client = watch()) {
            client.until(p -> bound(p, "port-1", 1));
            ovs.vsctl(
                    "--no-wait",
                    "add-port",
                    "br-int",
                    "nodevice",
                    "--",
                    "set",
                    "interface",
                    "nodevice",
                    "external_ids:iface-id=port-2");
            OvsdbPicture failed = client.until(p -> p.interfaces().containsKey("nodevice")
                    && p.ovsInterface("nodevice").orElseThrow().error().isPresent());
            assertThat(failed.ovsInterface("nodevice").orElseThrow().ofPort()).isEmpty();
            assertThat(failed.bindings()).containsOnlyKeys("port-1");
        }
    }

    @Test
    void ignoresOtherBridges() throws Exception {
        ovs.addBridge("br-int");
        ovs.addBridge("br-other");
        ovs.addPort("br-other", "vm2", 2, "port-2");
        ovs.addPort("br-int", "vm1", 1, "port-1");
        try (Watched client = watch()) {
            assertThat(client.until(p -> bound(p, "port-1", 1)).interfaces()).containsOnlyKeys("br-int", "vm1");
        }
    }

    @Test
    void followsABridgeThatComesGoesAndComesBack() throws Exception {
        try (Watched client = watch()) {
            client.untilState(OvsdbState::synced);
            assertThat(client.picture().bridge()).isEmpty();
            for (int round = 1; round <= 2; round++) {
                ovs.addBridge("br-int");
                ovs.addPort("br-int", "vm1", round, "port-1");
                int port = round;
                client.until(p -> bound(p, "port-1", port)
                        && p.bridge().flatMap(OvsBridge::datapathId).isPresent());
                ovs.vsctl("del-br", "br-int");
                assertThat(client.until(p -> p.bridge().isEmpty()).interfaces()).isEmpty();
            }
        }
    }

    @Test
    void tellsOnlyTheDifferencesAfterTheDatabaseRestarted() throws Exception {
        ovs.addBridge("br-int");
        ovs.addPort("br-int", "vm1", 1, "port-1");
        ovs.addPort("br-int", "vm2", 2, "port-2");
        try (Watched client = watch()) {
            client.until(p -> bound(p, "port-1", 1) && bound(p, "port-2", 2));
            ovs.stopDatabase();
            client.untilState(s -> !s.synced());
            assertThat(client.picture().bindings()).containsOnlyKeys("port-1", "port-2");
            int before = client.deltas().size();
            ovs.startDatabase();
            client.untilState(OvsdbState::synced);
            ovs.vsctl("del-port", "vm2");
            client.until(p -> !p.bindings().containsKey("port-2") && bound(p, "port-1", 1));
            assertThat(client.deltas().subList(before, client.deltas().size()))
                    .allSatisfy(delta -> assertThat(delta.added()).isEmpty())
                    .flatExtracting(OvsdbDelta::removed)
                    .extracting(OvsInterface::name)
                    .containsExactly("vm2");
        }
    }

    @Test
    void speaksTcpOverIpv6() throws Exception {
        ovs.addBridge("br-int");
        try (Watched client = new Watched(new Endpoint.Tcp("::1", ovs.tcpPort()), "br-int", Optional.empty())) {
            client.until(p -> p.bridge().isPresent());
        }
    }

    /** Whatever the history, the rows kept up by differences say what a fresh reading says. */
    @Test
    void knowsAfterManyChangesWhatAFreshClientReads() throws Exception {
        ovs.addBridge("br-int");
        SplittableRandom random = new SplittableRandom(20260101);
        try (Watched client = watch()) {
            client.untilState(OvsdbState::synced);
            for (int step = 0; step < 60; step++) {
                String name = "vm" + random.nextInt(6);
                switch (random.nextInt(5)) {
                    case 0 -> ovs.vsctl("--no-wait", "--if-exists", "del-port", name);
                    case 1 ->
                        ovs.vsctl(
                                "--no-wait",
                                "--may-exist",
                                "add-port",
                                "br-int",
                                name,
                                "--",
                                "set",
                                "interface",
                                name,
                                "type=internal",
                                "external_ids:iface-id=port-" + random.nextInt(4));
                    case 2 ->
                        ovs.vsctl(
                                "--no-wait",
                                "--if-exists",
                                "set",
                                "interface",
                                name,
                                "external_ids:iface-id=port-" + random.nextInt(4),
                                "external_ids:x" + random.nextInt(3) + "=y");
                    case 3 ->
                        ovs.vsctl(
                                "--no-wait",
                                "--if-exists",
                                "remove",
                                "interface",
                                name,
                                "external_ids",
                                "x" + random.nextInt(3));
                    default ->
                        ovs.vsctl("--no-wait", "--if-exists", "set", "port", name, "tag=" + random.nextInt(4096));
                }
            }
            ovs.vsctl("set", "open_vswitch", ".", "external_ids:last=1");
            try (Watched fresh = watch()) {
                fresh.until(p -> p.hostExternalIds().containsKey("last") && p.equals(client.picture()));
            }
        }
    }
}
