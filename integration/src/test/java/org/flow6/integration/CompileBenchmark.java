package org.flow6.integration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flow6.apps.l2.L2;
import org.flow6.apps.nd.NdResponder;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.Pipeline;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.Resource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Times an update of one port among many, all of them bound to one switch, beside a compile of everything. Prints rows
 * for {@code make bench}'s {@code --rows} as JSON. Not a test: run its main, with the number of rounds, 300 if there is
 * none.
 */
public final class CompileBenchmark {
    private static final int WARM_UP = 300;
    private static final long NETWORK = 0x20010db8_0000_0000L;

    private final List<String> rows = new ArrayList<>();
    private final int rounds;

    private CompileBenchmark(int rounds) {
        this.rounds = rounds;
    }

    /** What one round changes. */
    private interface Change {
        void make(NetworkEditor editor, int port, int round);
    }

    public static void main(String[] arguments) {
        CompileBenchmark benchmark = new CompileBenchmark(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300);
        for (int ports :
                arguments.length > 1 ? new int[] {Integer.parseInt(arguments[1])} : new int[] {10_000, 100_000}) {
            for (int networks : new int[] {1, 100}) {
                benchmark.measure(ports, networks);
            }
        }
        System.out.println("{\"rows\": [\n  " + String.join(",\n  ", benchmark.rows) + "\n]}");
    }

    private void measure(int ports, int networks) {
        List<FlowApp> apps = new ArrayList<>(List.of(new L2(), new NdResponder()));
        apps.add(0, new Pipeline(List.copyOf(apps)));
        NetworkSnapshot snapshot = snapshot(ports, networks);
        double[] full = new double[3];
        FlowCompiler compiler = new FlowCompiler(apps);
        for (int i = 0; i < full.length; i++) {
            long start = System.nanoTime();
            compiler = new FlowCompiler(apps);
            compiler.update(NetworkUpdate.all(snapshot));
            for (FlowApp app : apps) {
                compiler.enable(app.name(), true);
            }
            full[i] = millis(start);
        }
        Arrays.sort(full);
        String where = "%,d ports in %d network%s".formatted(ports, networks, networks == 1 ? "" : "s");
        Change readdress = (editor, port, round) -> editor.put(port(port, networks, round + 1));
        Change rebind = (editor, port, round) -> editor.bind(id(port), OFPort.of(1 + ports + round));
        Change unbind = (editor, port, round) -> editor.unbind(id(port));
        snapshot = run(compiler, snapshot, ports, where + ", one readdressed", readdress, full[1]);
        snapshot = run(compiler, snapshot, ports, where + ", one bound elsewhere", rebind, full[1]);
        run(compiler, snapshot, ports, where + ", one unbound", unbind, full[1]);
    }

    private NetworkSnapshot run(
            FlowCompiler compiler, NetworkSnapshot from, int ports, String what, Change change, double full) {
        NetworkSnapshot snapshot = from;
        double[] edits = new double[rounds];
        double[] compiles = new double[rounds];
        double[] totals = new double[rounds];
        int flows = 0;
        for (int round = -WARM_UP; round < rounds; round++) {
            // Spread over all ports, each once.
            int port = (int) ((round + WARM_UP) * 7919L % ports);
            long start = System.nanoTime();
            NetworkEditor editor = snapshot.edit();
            change.make(editor, port, round + WARM_UP);
            NetworkUpdate update = editor.update();
            long edited = System.nanoTime();
            FlowDelta delta = compiler.update(update);
            long compiled = System.nanoTime();
            snapshot = update.after();
            if (delta.isEmpty()) {
                throw new IllegalStateException(what + " changed no flow");
            }
            if (round >= 0) {
                edits[round] = (edited - start) / 1e6;
                compiles[round] = (compiled - edited) / 1e6;
                totals[round] = (compiled - start) / 1e6;
                flows += delta.added().size() + delta.removed().size();
            }
        }
        Arrays.sort(edits);
        Arrays.sort(compiles);
        Arrays.sort(totals);
        rows.add(row(
                what + ": p50",
                percentile(totals, 50),
                full,
                ports >= 100_000 ? 10 : 1,
                "of it the edit "
                        + text(percentile(edits, 50)) + " ms, the compile " + text(percentile(compiles, 50)) + " ms; "
                        + flows / rounds + " flow-mods on average; " + rounds + " rounds"));
        rows.add(row(
                what + ": p99",
                percentile(totals, 99),
                full,
                0,
                "of it the edit " + text(percentile(edits, 99)) + " ms, the compile " + text(percentile(compiles, 99))
                        + " ms"));
        return snapshot;
    }

    private static NetworkSnapshot snapshot(int ports, int networks) {
        List<Resource> resources = new ArrayList<>();
        for (int network = 0; network < networks; network++) {
            resources.add(new Network(
                    Id.of("network" + network),
                    "",
                    true,
                    1500,
                    true,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    ""));
        }
        NetworkEditor editor = NetworkSnapshot.EMPTY.edit();
        for (int port = 0; port < ports; port++) {
            resources.add(port(port, networks, 0));
            editor.bind(id(port), OFPort.of(1 + port));
        }
        return editor.model(NetworkModel.of(resources)).update().after();
    }

    private static Id<Port> id(int port) {
        return Id.of("port" + port);
    }

    private static Port port(int number, int networks, int generation) {
        int network = number % networks;
        return new Port(
                id(number),
                "",
                Id.of("network" + network),
                MacAddress.of(0x02_00_00_00_00_00L + number),
                List.of(new Port.FixedIp(
                        Id.of("subnet" + network),
                        IPv6Address.of(NETWORK + network, ((long) generation << 32) + number))),
                "compute:nova",
                "",
                true,
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static String text(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis);
    }

    private static String row(String name, double millis, double full, int limit, String note) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"compile: %s\", \"unit\": \"ms\", \"flow6\": %.3f, \"beside\": \"full compile\","
                        + " \"reference\": %.3f, \"limit\": %s, \"note\": \"%s\"}",
                name,
                millis,
                full,
                limit == 0 ? "null" : limit,
                note);
    }
}
