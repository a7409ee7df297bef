package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flow6.core.Status.SwitchStatus;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.ovs.OvsScene;
import org.flow6.core.ovsdb.OvsdbConfig;
import org.flow6.flow.FlowApp;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A controller, a real switch and its database. */
abstract class ControllerScene extends OvsScene {
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    final PortApp app = new PortApp("ports", 1);
    final PortApp other = new PortApp("others", 2);
    Controller controller = controller(List.of(), Optional.empty());

    @BeforeEach
    void addBridge() {
        ovs.addBridge("br0");
        addPort("p1", 1);
        addPort("p2", 2);
    }

    static void addPort(String name, int ofPort) {
        ovs.vsctl("add-port", "br0", name, "--", "set", "interface", name, "type=internal", "ofport_request=" + ofPort);
    }

    @AfterEach
    void close() {
        controller.close();
        ovs.vsctl("--if-exists", "del-br", "br0");
    }

    static NetworkModel network(String... ports) {
        String list = Arrays.stream(ports)
                .map(port -> "  - {id: %s, network_id: net, mac_address: \"02:00:00:00:00:%02x\"}"
                        .formatted(port, port.hashCode() & 0x7f))
                .collect(Collectors.joining("\n"));
        NetworkFile.Reading reading = NetworkFile.parse("net.yaml", "networks: [{id: net}]\nports:\n" + list + "\n");
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return ((NetworkFile.Valid) reading).model();
    }

    static Controller controller(List<Endpoint> switches, Optional<OvsdbConfig> database, FlowApp... apps) {
        OpenFlowSettings openFlow =
                new OpenFlowSettings(List.of(), switches, Optional.empty(), OpenFlowSettings.Limits.DEFAULT);
        return new Controller(new Controller.Settings("here", openFlow, database, Map.of()), List.of(apps));
    }

    static Endpoint management(String bridge) {
        return new Endpoint.Unix(ovs.managementSocket(bridge));
    }

    static Optional<OvsdbConfig> database() {
        Endpoint socket = new Endpoint.Unix(ovs.databaseSocket());
        return Optional.of(new OvsdbConfig(socket, "br0", Optional.empty()));
    }

    void start(boolean database, FlowApp... apps) throws Exception {
        controller = controller(List.of(management("br0")), database ? database() : Optional.empty(), apps);
        controller.start();
    }

    void startWithTwoPorts(FlowApp... apps) throws Exception {
        ifaceId("p1", "vm1");
        start(true, apps);
        controller.network(network("vm1", "vm2"));
        await("in step with vm1", status -> inStep(status) && status.portsBound() == 1);
    }

    static void ifaceId(String device, String id) {
        if (id.isEmpty()) {
            ovs.vsctl("remove", "interface", device, "external_ids", "iface-id");
        } else {
            ovs.vsctl("set", "interface", device, "external_ids:iface-id=" + id);
        }
    }

    static boolean inStep(Status status) {
        return status.switches().size() == 1 && status.switches().get(0).inStep();
    }

    Status await(String what, Predicate<Status> condition) {
        long end = System.nanoTime() + PATIENCE;
        Status status = controller.status().join();
        while (!condition.test(status)) {
            if (System.nanoTime() > end) {
                fail("not " + what + ": " + status);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            status = controller.status().join();
        }
        return status;
    }

    SwitchStatus only() {
        return controller.status().join().switches().get(0);
    }

    /** The OpenFlow ports that table 0 has flows for, in the order of the dump. */
    static List<String> classified() {
        return Arrays.stream(ovs.ofctl("--no-stats", "--no-names", "dump-flows", "br0", "table=0")
                        .split("\n"))
                .filter(line -> line.contains("in_port="))
                .map(line -> line.replaceFirst(".*in_port=", "").replaceFirst(" .*", ""))
                .sorted()
                .toList();
    }
}
