package org.flow6.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flow6.launcher.configuration.ConfigurationFile;
import org.flow6.launcher.http.HttpApi;

/**
 * A start and all that usually follows, with a switch that is none: Java then writes down the classes that were needed
 * ({@code -XX:ArchiveClassesAtExit}).
 */
final class Training {
    private static final String CONFIGURATION = """
            host: training
            openflow: {listen: "127.0.0.1:%d", connect: ["unix:%s"]}
            northbound: {file: network.yaml}
            tunnel: {type: vxlan, local_ip: "fd00::1"}
            api: {listen: "127.0.0.1:0"}
            apps: {l2: {enabled: true}}
            """;
    /** With a router, a rule, and a machine that moves to another host and back. */
    private static final String NETWORK = """
            hosts: [{name: training, tunnel_ip: "fd00::1"}, {name: other, tunnel_ip: "fd00::2"}]
            networks: [{id: blue, mtu: 1400}, {id: red, mtu: 1400}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1",
                 ipv6_ra_mode: slaac, ipv6_address_mode: slaac}
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64", gateway_ip: "2001:db8:2::1"}
            routers: [{id: r1, routes: [{destination: "2001:db8:f::/48", nexthop: "2001:db8:2::12"}]}]
            security_group_rules:
              - {id: web, security_group_id: default, direction: ingress, ethertype: IPv6, protocol: tcp,
                 port_range_min: 80, port_range_max: 80}
            ports:
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_id: r1,
                 device_owner: "network:router_interface",
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:01:02", device_id: r1,
                 device_owner: "network:router_interface",
                 fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:2::1"}]}
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", "binding:host_id": training,
                 "binding:profile": {interface_name: eth1}}
              - {id: vm2, network_id: red, mac_address: "02:00:00:00:00:02", "binding:host_id": %s,
                 fixed_ips: [{subnet_id: red6, ip_address: "2001:db8:2::12"}], "binding:profile": {interface_name: eth2}}
            """;

    private static final String STORE_CONFIGURATION = """
            openflow: {listen: "127.0.0.1:%d"}
            northbound: {embedded: store}
            api: {listen: "127.0.0.1:0"}
            """;
    private static final String SUBNET = """
            {"subnet": {"network_id": "%s", "ip_version": 6, "cidr": "2001:db8:1::/64", "gateway_ip": "2001:db8:1::1",
             "ipv6_ra_mode": "slaac", "ipv6_address_mode": "slaac"}}""";
    private static final String PORT = """
            {"port": {"network_id": "%s", "device_owner": "compute", "binding:profile": {"interface_name": "%s"}}}""";
    private static final Pattern ID = Pattern.compile("[{,]\"id\":\"([^\"]+)\"");
    private static final List<String> PATHS = List.of(
            "metrics",
            "apps",
            "stats/switches",
            "stats/flow/1",
            "stats/desc/1",
            "v2.0/networks",
            "v2.0/ports?network_id=blue");

    private static final int PATIENCE_MILLIS = 60_000;

    private Training() {}

    /** Returns the exit code. */
    static int run(PrintWriter err) throws Exception {
        Path folder = Files.createTempDirectory("flow6-training");
        int port = freePort();
        Path socket = folder.resolve("switch");
        try (ServerSocketChannel bridge = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            bridge.bind(UnixDomainSocketAddress.of(socket));
            if (new Run(folder.resolve("none.yaml").toString(), new PrintWriter(Writer.nullWriter())).call()
                    == Main.OK) {
                throw new IllegalStateException("started without a configuration");
            }
            Path network = folder.resolve("network.yaml");
            Files.writeString(network, NETWORK.formatted("training"));
            Path config = Files.writeString(folder.resolve("flow6.yaml"), CONFIGURATION.formatted(port, socket));
            Core core = new ControllerCore();
            ConfigurationFile file = new ConfigurationFile(config, "flow6.yaml", core.known());
            try (Flow6 flow6 = Flow6.start(file, core);
                    TrainingSwitch training =
                            new TrainingSwitch(connect(port), 1, List.of("eth1", "eth2", "flow6-vxlan"));
                    TrainingSwitch connected = new TrainingSwitch(bridge.accept(), 2, List.of("eth3"))) {
                HttpApi api = flow6.api().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                for (String place : List.of("training", "other", "training")) {
                    Files.writeString(network, NETWORK.formatted(place));
                    if (!isInStepInTime(api.port(), place.equals("training") ? 2 : 1)) {
                        err.println(training + " or " + connected
                                + " has not got its flows, so starts and first changes will take longer");
                    }
                }
                for (String path : PATHS) {
                    get(api.port(), path);
                }
            }
            for (int start = 0; start < 2; start++) {
                changeByApi(folder, port, start == 0);
            }
            return Main.OK;
        } catch (StartFailure e) {
            e.messages().forEach(err::println);
            return Main.FAILED;
        } finally {
            delete(folder);
        }
    }

    /** A start with a store, and calls of Neutron's API; the second start finds a network there. */
    private static void changeByApi(Path folder, int port, boolean first) throws Exception {
        Path config = Files.writeString(folder.resolve("store.yaml"), STORE_CONFIGURATION.formatted(port));
        Core core = new ControllerCore();
        try (Flow6 flow6 = Flow6.start(new ConfigurationFile(config, "store.yaml", core.known()), core);
                TrainingSwitch training = new TrainingSwitch(connect(port), 1, List.of("eth1", "eth2"))) {
            int api = flow6.api()
                    .toCompletableFuture()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .port();
            if (first) {
                String network = id(call(api, "POST", "v2.0/networks", "{\"network\": {\"name\": \"blue\"}}"));
                String subnet = id(call(api, "POST", "v2.0/subnets", SUBNET.formatted(network)));
                String router = id(call(api, "POST", "v2.0/routers", "{\"router\": {}}"));
                call(
                        api,
                        "PUT",
                        "v2.0/routers/" + router + "/add_router_interface",
                        "{\"subnet_id\": \"" + subnet + "\"}");
                for (String name : List.of("eth1", "eth2")) {
                    call(api, "POST", "v2.0/ports", PORT.formatted(network, name));
                }
            }
            if (!isInStepInTime(api, 2)) {
                throw new IllegalStateException(training + " has not got the flows of the store");
            }
            String one = id(get(api, "v2.0/ports?device_owner=compute&fields=id&sort_key=name"));
            call(api, "PUT", "v2.0/ports/" + one, "{\"port\": {\"name\": \"" + first + "\"}}");
            get(api, "v2.0/security-groups");
            if (!first) {
                call(api, "DELETE", "v2.0/ports/" + one, "");
            }
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** @param bound how many ports of the network are to be bound */
    private static boolean isInStepInTime(int port, int bound) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (System.nanoTime() - end < 0) {
            String status = get(port, "status");
            if (status.contains("\"in_step\":true") && status.contains("\"ports_bound\":" + bound)) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    private static String get(int port, String path) throws IOException {
        return call(port, "GET", path, "");
    }

    private static String call(int port, String method, String path, String body) throws IOException {
        String request = method + " /" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.startsWith("HTTP/1.1 2")) {
                throw new IOException("/" + path + " is answered by "
                        + text.lines().findFirst().orElse("nothing"));
            }
            return text;
        }
    }

    /** The first id in an answer. */
    private static String id(String answer) {
        Matcher found = ID.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no id in " + answer);
        }
        return found.group(1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
