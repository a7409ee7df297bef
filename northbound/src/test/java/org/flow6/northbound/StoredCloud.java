package org.flow6.northbound;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes, by chance, a network of several hosts in a store, in which nothing is ever wrong. */
final class StoredCloud {
    private static final int NETWORKS = 12;
    private static final int GROUPS = 5;

    private final Store store;
    private final Random random;
    private final Set<String> ports = new TreeSet<>();
    private final Map<String, String> floating = new TreeMap<>();
    private final Set<String> rules = new LinkedHashSet<>();
    private final Set<String> trusting = new LinkedHashSet<>();
    private final Map<ObjectKey, Optional<String>> writes = new LinkedHashMap<>();
    private int numbers;
    private long moment;

    StoredCloud(Store store, long seed) {
        this.store = store;
        random = new Random(seed);
        for (int i = 1; i <= 4; i++) {
            put(
                    "hosts",
                    "host" + i,
                    "{'name': 'host%d', 'tunnel_ip': 'fd00::%d', 'physical_networks': ['out']}".formatted(i, i));
        }
        for (int i = 0; i < NETWORKS; i++) {
            put("networks", "n" + i, network(i, ""));
            put(
                    "subnets",
                    "s" + i,
                    "{'id': 's%d', 'network_id': 'n%d', 'ip_version': 6, 'cidr': '2001:db8:%d::/64'}"
                            .formatted(i, i, i));
        }
        for (int i = 0; i < GROUPS; i++) {
            put("security_groups", "g" + i, "{'id': 'g%d', 'name': 'g%d'}".formatted(i, i));
        }
        for (int i = 0; i < 3; i++) {
            router(i);
            if (i < 2) {
                routerPort(i, 0);
            }
        }
        for (int i = 0; i < 40; i++) {
            addPort();
        }
        commit();
    }

    private static String network(int number, String more) {
        String physical = number == 0 ? ", 'provider:network_type': 'flat', 'provider:physical_network': 'out'" : "";
        return "{'id': 'n%d', 'router:external': %s%s%s}".formatted(number, number == 0, physical, more);
    }

    private void router(int number) {
        int first = random.nextInt(4);
        String hosts = number == 2 ? "" : ", 'flow6': {'gateway_hosts': ['host" + (1 + first) + "']}";
        put("routers", "r" + number, "{'id': 'r%d'%s}".formatted(number, hosts));
    }

    private void put(String collection, String id, String json) {
        writes.put(new ObjectKey(collection, id), Optional.of(json.replace('\'', '"')));
    }

    private void remove(String collection, String id) {
        writes.put(new ObjectKey(collection, id), Optional.empty());
    }

    /** Commits what was changed, as a moment of its own; returns which. */
    private long commit() {
        moment++;
        put("security_groups", Follower.MOMENT, "{'id': 'moment', 'name': '" + moment + "'}");
        store.commit(new Transaction(Map.of(), writes)).toCompletableFuture().join();
        writes.clear();
        return moment;
    }

    /** Makes one to three changes; returns the moment after them. */
    long step() {
        for (int i = random.nextInt(3); i >= 0; i--) {
            change();
        }
        return commit();
    }

    private void change() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> addPort();
            case 3 -> remove();
            case 4, 5, 6, 7 -> anyPort().ifPresent(this::port);
            case 8 -> rule();
            case 9 -> routerPort(random.nextInt(3), 1 + random.nextInt(NETWORKS - 1));
            case 10 -> router(random.nextInt(3));
            default -> name();
        }
    }

    private Optional<String> anyPort() {
        return ports.stream()
                .skip(ports.isEmpty() ? 0 : random.nextInt(ports.size()))
                .findFirst();
    }

    private void addPort() {
        numbers++;
        String id = "p" + numbers;
        ports.add(id);
        port(id);
    }

    private static int networkOf(String port) {
        return Integer.parseInt(port.substring(1)) % NETWORKS;
    }

    /** A port as it may be, wherever it is; those that others name stay on their network. */
    private void port(String id) {
        int number = Integer.parseInt(id.substring(1));
        String mac = "02:00:00:00:%02x:%02x".formatted(number >> 8, number & 0xff);
        int network = networkOf(id);
        if (!floating.containsValue(id) && !trusting.contains(id) && random.nextInt(8) == 0) {
            network = (network + 1) % NETWORKS;
        }
        int host = random.nextInt(7);
        String on = host == 0 || host > 4 ? "" : ", 'binding:host_id': 'host" + host + "'";
        String groups = random.nextInt(9) == 0 ? "" : ", 'security_groups': ['g" + random.nextInt(GROUPS) + "']";
        put(
                "ports",
                id,
                "{'id': '%s', 'network_id': 'n%d', 'mac_address': '%s'%s%s}".formatted(id, network, mac, on, groups));
    }

    private void remove() {
        anyPort()
                .filter(id -> !floating.containsValue(id) && !trusting.contains(id))
                .ifPresent(id -> {
                    ports.remove(id);
                    remove("ports", id);
                });
    }

    private void rule() {
        int group = random.nextInt(GROUPS);
        int remote = (group + 1) % GROUPS;
        String id = "rule" + group + remote;
        if (rules.remove(id)) {
            remove("security_group_rules", id);
        } else {
            rules.add(id);
            put(
                    "security_group_rules",
                    id,
                    ("{'id': '%s', 'security_group_id': 'g%d', 'direction': 'ingress', 'ethertype': 'IPv6',"
                                    + " 'remote_group_id': 'g%d', 'protocol': 'tcp'}")
                            .formatted(id, group, remote));
        }
    }

    /** A router comes to a network, or leaves it; on the physical one it has its gateway. */
    private void routerPort(int router, int network) {
        String id = "r" + router + "-n" + network;
        if (rules.remove(id)) {
            remove("ports", id);
            return;
        }
        rules.add(id);
        put(
                "ports",
                id,
                ("{'id': '%s', 'network_id': 'n%d', 'mac_address': '02:00:00:01:%02x:%02x', 'device_id': 'r%d',"
                                + " 'device_owner': 'network:router_%s', 'security_groups': [],"
                                + " 'fixed_ips': [{'subnet_id': 's%d', 'ip_address': '2001:db8:%d::%d'}]}")
                        .formatted(
                                id,
                                network,
                                router,
                                network,
                                router,
                                network == 0 ? "gateway" : "interface",
                                network,
                                network,
                                router + 1));
    }

    /** Something else names a port, once and for all. */
    private void name() {
        String id = anyPort().orElse("");
        if (id.isEmpty() || writes.containsKey(new ObjectKey("ports", id))) {
            return;
        }
        int network = networkOf(id);
        ObjectKey key = new ObjectKey("ports", id);
        boolean there =
                Objects.requireNonNull(store.state().objects().get(key)).json().contains("\"n" + network + "\"");
        if (floating.size() < 6) {
            String name = "f" + floating.size();
            floating.put(name, id);
            put(
                    "floatingips",
                    name,
                    "{'id': '%s', 'floating_network_id': 'n0', 'floating_ip_address': '2001:db8:0::f%s', 'port_id': '%s'}"
                            .formatted(name, name.substring(1), id));
        } else if (there && trusting.size() < 4 && network > 0) {
            trusting.add(id);
            put("networks", "n" + network, network(network, ", 'flow6': {'trusted_router': ['" + id + "']}"));
        }
    }

    /** Some ports, there or not. */
    Set<String> some() {
        Set<String> some = new LinkedHashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add("p" + (1 + random.nextInt(numbers + 3)));
        }
        return some;
    }
}
