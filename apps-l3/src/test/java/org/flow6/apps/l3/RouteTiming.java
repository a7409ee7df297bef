package org.flow6.apps.l3;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.GoldenFlows;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Route;
import org.flow6.network.Router;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Times a change of one route among many, by what the processor does of it: the snapshot's update and the compiler's. Run by hand. */
final class RouteTiming {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 301;
    private static final long NEIGHBORS = 0x20010db800010000L;

    private static final String NETWORK = """
            networks: [{id: blue}, {id: red}]
            subnets:
              - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}
              - {id: red6, network_id: red, ip_version: 6, cidr: "2001:db8:2::/64"}
            ports:
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:1::1"}]}
              - {id: r1-red, network_id: red, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{ip_address: "2001:db8:2::1"}]}
            routers: [{id: r1}]
            """;

    private RouteTiming() {}

    public static void main(String[] args) {
        for (int routes : new int[] {1_000, 10_000, 100_000}) {
            time(routes);
        }
    }

    private static void time(int count) {
        FlowCompiler compiler = new FlowCompiler(List.of(new L3()));
        compiler.enable("l3", true);
        NetworkSnapshot snapshot = GoldenFlows.network(NETWORK, Map.of());
        snapshot = with(snapshot, routes(count, -1)).after();
        long start = CLOCK.getCurrentThreadCpuTime();
        compiler.update(NetworkUpdate.all(snapshot));
        double full = (CLOCK.getCurrentThreadCpuTime() - start) / 1e6;
        double[] edits = new double[ROUNDS];
        double[] compiles = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            List<Route> next = routes(count, round * 37 % count);
            long edit = CLOCK.getCurrentThreadCpuTime();
            NetworkUpdate update = with(snapshot, next);
            long compile = CLOCK.getCurrentThreadCpuTime();
            FlowDelta delta = compiler.update(update);
            long end = CLOCK.getCurrentThreadCpuTime();
            if (delta.added().isEmpty() || delta.added().size() > 2) {
                throw new IllegalStateException(delta.added().size() + " flows added");
            }
            edits[round] = (compile - edit) / 1e6;
            compiles[round] = (end - compile) / 1e6;
            snapshot = update.after();
        }
        System.out.printf(
                "%6d routes: all %.0f ms; one changed: snapshot %.2f ms, compiler %.2f ms (p50), %.2f ms (p99)%n",
                count, full, percentile(edits, 50), percentile(compiles, 50), percentile(compiles, 99));
    }

    private static NetworkUpdate with(NetworkSnapshot snapshot, List<Route> routes) {
        Router old = Objects.requireNonNull(snapshot.model().routers().get(Id.<Router>of("r1")));
        Router router = new Router(
                old.id(),
                old.name(),
                true,
                routes,
                old.blackholeRoutes(),
                old.gatewayHosts(),
                old.proxyNd(),
                old.externalGateway(),
                old.projectId());
        return snapshot.edit()
                .model(snapshot.model().edited(List.of(), List.of(router)))
                .update();
    }

    /** All made anew, as a file that is read again gives them; one by another neighbor than the others. */
    private static List<Route> routes(int count, int changed) {
        List<Route> routes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            IpPrefix destination = IpPrefix.of(IPv6Address.of(0x20010db900000000L + ((long) i << 8), 0), 56);
            routes.add(new Route(destination, IPv6Address.of(NEIGHBORS, i == changed ? 9999 : 2 + i % 50)));
        }
        return routes;
    }

    private static double percentile(double[] times, int percent) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) * percent / 100];
    }
}
