package org.flow6.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flow6.core.Controller;
import org.flow6.core.Status;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.ovs.OvsFixture;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.FlowSyntax;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Pipeline;
import org.flow6.flow.Table;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.junit.jupiter.api.Test;

/**
 * What the apps want, put into a switch by the controller, is what ovs-ofctl puts there when it reads the same flows as
 * text: neither the way to the switch nor the switch changes them.
 */
class FlowsInSwitchTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private static final String NETWORK = """
            networks: [{id: blue}, {id: red, mtu: 1400}]
            subnets:
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64"}
              - {id: red4, network_id: red, ip_version: 4, cidr: 192.0.2.0/24}
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1", enable_dhcp: true,
                 ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful}
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "00:00:5e:00:02:01"}, {ip_address: "2001:db8:1:0:f::/80"}],
                 "binding:profile": {interface_name: p1}}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::12"}],
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "00:00:5e:00:02:01"}], "binding:profile": {interface_name: p2}}
              - {id: router, network_id: blue, mac_address: "02:00:00:00:00:09", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}], "binding:profile": {interface_name: p3}}
              - {id: other, network_id: red, mac_address: "02:00:00:00:00:01", "binding:profile": {interface_name: p4}}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:00:0a", device_owner: "network:router_gateway", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:2::2"}, {ip_address: 192.0.2.2}]}
              - {id: r2-red, network_id: red, mac_address: "02:00:00:00:00:0b", device_owner: "network:router_interface", device_id: r2,
                 fixed_ips: [{ip_address: "2001:db8:2::1"}, {ip_address: 192.0.2.1}]}
            routers:
              - id: r1
                routes: [{destination: "2001:db8:9::/48", nexthop: "2001:db8:1::11"}, {destination: "2001:db8:9::/48", nexthop: "2001:db8:1::12"}]
                flow6: {blackhole_routes: ["2001:db8:9:1::/64"]}
              - {id: r2}
            """;
    private static final Map<String, Integer> BINDINGS = Map.of("vm1", 1, "vm2", 2, "router", 3, "other", 4);

    private static List<FlowApp> apps() {
        List<FlowApp> apps = new ArrayList<>();
        ServiceLoader.load(FlowApp.class).forEach(apps::add);
        return apps;
    }

    private static List<String> asText(NetworkSnapshot snapshot) {
        List<FlowApp> apps = apps();
        apps.add(0, new Pipeline(List.copyOf(apps)));
        FlowCompiler compiler = new FlowCompiler(apps);
        compiler.update(NetworkUpdate.all(snapshot));
        apps.forEach(app -> compiler.enable(app.name(), true));
        return FlowSyntax.lines(compiler.flows().map(OwnedFlow::flow).filter(FlowsInSwitchTest::hasText));
    }

    /** All but those with meters, which another bridge does not have. */
    private static boolean hasText(Flow flow) {
        return flow.table() != Table.PUNT || flow.match().terms().isEmpty();
    }

    private static List<String> shown(OvsFixture ovs, String bridge) {
        return Arrays.stream(ovs.ofctl("--no-stats", "--no-names", "dump-flows", bridge)
                        .split("\n"))
                .filter(line -> line.contains("actions=") && !line.contains("meter:"))
                .map(line -> line.replaceFirst("cookie=0x[0-9a-f]+, ", "")
                        .replace("send_flow_rem ", "")
                        .strip())
                .toList();
    }

    private static void awaitInStep(Controller controller) {
        long end = System.nanoTime() + PATIENCE;
        Status status = controller.status().join();
        while (!status.healthy() || status.portsBound() != BINDINGS.size()) {
            assertThat(System.nanoTime()).as(status.toString()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            status = controller.status().join();
        }
    }

    @Test
    void areThoseThatTheAppsWant() throws Exception {
        NetworkSnapshot snapshot = GoldenFlows.network(NETWORK, BINDINGS);
        try (OvsFixture ovs = OvsFixture.start()) {
            ovs.addBridge("br0");
            ovs.addBridge("br1");
            for (int port = 1; port <= 4; port++) {
                ovs.addPorts("br0", "p" + port);
                ovs.vsctl("set", "interface", "p" + port, "ofport_request=" + port);
            }
            Path text = ovs.folder().resolve("flows");
            List<String> lines = asText(snapshot);
            Files.write(text, lines);
            ovs.ofctl("add-flows", "br1", text.toString());
            OpenFlowSettings settings = OpenFlowSettings.connecting(new Endpoint.Unix(ovs.managementSocket("br0")));
            try (Controller controller =
                    new Controller(new Controller.Settings("here", settings, Optional.empty(), Map.of()), apps())) {
                controller.start();
                controller.network(snapshot.model());
                awaitInStep(controller);
                assertThat(shown(ovs, "br1")).hasSameSizeAs(lines);
                assertThat(shown(ovs, "br0")).containsExactlyInAnyOrderElementsOf(shown(ovs, "br1"));
            }
        }
    }
}
