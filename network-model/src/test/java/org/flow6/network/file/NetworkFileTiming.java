package org.flow6.network.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;

/** Times reading a network file as a whole beside reading it again with one port changed. Run by hand. */
final class NetworkFileTiming {
    private static final int WHOLE_ROUNDS = 7;
    private static final int WATCHED_ROUNDS = 101;
    private static final int CHANGED_ROUNDS = 301;

    private NetworkFileTiming() {}

    /** How ports are written. */
    private enum Style {
        /** A port over several lines, as most generators write it. */
        YAML,
        /** A port in braces on one line. */
        FLOW,
        JSON,
        /** YAML in which an anchor keeps the pieces from being read by themselves. */
        ANCHOR
    }

    public static void main(String[] args) throws Exception {
        for (int ports : args.length == 0 ? new int[] {10_000, 100_000} : ints(args)) {
            for (Style style : Style.values()) {
                time(style, ports);
            }
            watch(ports, true);
            watch(ports, false);
        }
    }

    /** From the moment before a file is put in place, or has been written in place, to the reading of it. */
    private static void watch(int ports, boolean renamed) throws Exception {
        Path directory = Files.createTempDirectory("network-file-timing");
        Path path = directory.resolve("network.yaml");
        byte[][] texts = {text(Style.YAML, ports, -1), text(Style.YAML, ports, ports / 2)};
        Files.write(path, texts[0]);
        SynchronousQueue<Long> readings = new SynchronousQueue<>();
        double[] times = new double[WATCHED_ROUNDS];
        try (NetworkFileWatcher watcher = NetworkFileWatcher.start(new NetworkFile(path), reading -> {
            try {
                readings.put(System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            readings.take();
            for (int i = 0; i < times.length; i++) {
                long start;
                if (renamed) {
                    Path finished = Files.write(directory.resolve("new"), texts[(i + 1) % 2]);
                    start = System.nanoTime();
                    Files.move(finished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.write(path, texts[(i + 1) % 2]);
                    start = System.nanoTime();
                }
                times[i] = (readings.take() - start) / 1e6;
            }
            Arrays.sort(times);
            System.out.printf(
                    "%,d ports, file %s: reading handed on after p50 %.3f ms, p99 %.3f ms (%s)%n",
                    ports,
                    renamed ? "renamed over" : "written in place",
                    times[times.length / 2],
                    times[times.length * 99 / 100],
                    watcher.getClass().getSimpleName());
        }
        Files.delete(path);
        Files.delete(directory);
    }

    private static int[] ints(String[] args) {
        return Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    }

    private static void time(Style style, int ports) {
        byte[] first = text(style, ports, -1);
        byte[] second = text(style, ports, ports / 2);
        NetworkText[] reader = new NetworkText[1];
        double[] whole = timed(WHOLE_ROUNDS, () -> {
            reader[0] = new NetworkText("timing");
            return reader[0].read(first);
        });
        int rounds = style == Style.ANCHOR ? WHOLE_ROUNDS : CHANGED_ROUNDS;
        int[] turn = new int[1];
        double[] changed = timed(rounds, () -> reader[0].read(turn[0]++ % 2 == 0 ? second : first));
        NetworkModel a = ((Valid) reader[0].read(first)).model();
        NetworkModel b = ((Valid) reader[0].read(second)).model();
        NetworkSnapshot snapshot =
                NetworkSnapshot.EMPTY.edit().model(a).update().after();
        double[] edited = timed(rounds, () -> {
            snapshot.edit().model(b).update();
            return new Valid(b);
        });
        System.out.printf(
                "%-6s %,7d ports, %5.1f MB: whole file %8.1f ms (first of all %8.1f), one port changed p50 %7.3f ms p99 %7.3f ms;"
                        + " NetworkEditor.model p50 %7.3f ms%n",
                style,
                ports,
                first.length / 1e6,
                whole[whole.length / 2],
                whole[whole.length - 1],
                changed[changed.length / 2],
                changed[changed.length * 99 / 100],
                edited[edited.length / 2]);
    }

    /** Sorted milliseconds. */
    private static double[] timed(int rounds, Supplier<Reading> work) {
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            Reading reading = work.get();
            times[i] = (System.nanoTime() - start) / 1e6;
            if (!(reading instanceof Valid)) {
                throw new IllegalStateException(reading.toString());
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static byte[] text(Style style, int ports, int changed) {
        boolean json = style == Style.JSON;
        String head = json
                ? "{\"networks\": [{\"id\": \"blue\"}],\n\"subnets\": [" + SUBNET
                        + "],\n\"security_groups\": [{\"id\": \"web\"}],\n\"ports\": [\n"
                : "networks: [&blue {id: blue}]\nsubnets: [" + SUBNET + "]\nsecurity_groups: [{id: web}]\nports:\n";
        String body = IntStream.range(0, ports)
                .mapToObj(i -> port(style, i, i == changed ? ports + 1 : i))
                .collect(Collectors.joining(style == Style.JSON ? ",\n" : ""));
        String tail = json ? "]}\n" : style == Style.ANCHOR ? "routers: [{<<: *blue, id: r}]\n" : "";
        return (head + body + tail).getBytes(StandardCharsets.UTF_8);
    }

    private static final String SUBNET =
            "{\"id\": \"blue6\", \"network_id\": \"blue\", \"ip_version\": 6, \"cidr\": \"2001:db8:1::/64\"}";

    private static String port(Style style, int i, int address) {
        String mac = String.format("02:00:00:%02x:%02x:%02x", i >> 16 & 255, i >> 8 & 255, i & 255);
        int host = address + 1;
        String ip = String.format("2001:db8:1::%x:%x", host >> 16, host & 0xffff);
        return switch (style) {
            case YAML, ANCHOR -> """
                    - id: 3f1b2c4d-0000-0000-0000-%012d
                      network_id: blue
                      mac_address: '%s'
                      fixed_ips:
                      - subnet_id: blue6
                        ip_address: '%s'
                      device_owner: compute:nova
                      binding:host_id: hostA
                      security_groups:
                      - web
                    """.formatted(i, mac, ip);
            case FLOW -> """
                      - {id: 3f1b2c4d-0000-0000-0000-%012d, network_id: blue, mac_address: "%s", fixed_ips: [{subnet_id: blue6, ip_address: "%s"}], device_owner: "compute:nova", "binding:host_id": hostA, security_groups: [web]}
                    """.formatted(i, mac, ip);
            case JSON -> """
                      {"id": "3f1b2c4d-0000-0000-0000-%012d", "network_id": "blue", "mac_address": "%s", "fixed_ips": [{"subnet_id": "blue6", "ip_address": "%s"}], "device_owner": "compute:nova", "binding:host_id": "hostA", "security_groups": ["web"]}\
                    """.formatted(i, mac, ip);
        };
    }
}
