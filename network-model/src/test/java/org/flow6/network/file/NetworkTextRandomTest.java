package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.flow6.network.text.Format;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random histories of edits of a file: what reading it again comes to is what reading it afresh does. */
class NetworkTextRandomTest {
    private static final int STEPS = 400;

    private SplittableRandom random = new SplittableRandom();

    @ParameterizedTest
    @CsvSource({"YAML, 1", "YAML, 2", "YAML, 3", "YAML, 4", "JSON, 5", "JSON, 6", "JSON, 7"})
    void readingAgainIsLikeReadingAfresh(Format format, long seed) {
        random = new SplittableRandom(seed);
        String name = format == Format.JSON ? "n.json" : "n.yaml";
        NetworkText text = new NetworkText(name);
        List<Stated> items = new ArrayList<>();
        NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;
        int valid = 0;
        for (int step = 0; step < STEPS; step++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                edit(items);
            }
            String written = format == Format.JSON ? json(items) : yaml(items);
            String content = random.nextInt(10) == 0 ? damaged(written) : written;
            Reading again = text.read(content.getBytes(StandardCharsets.UTF_8));
            Reading afresh = NetworkFile.parse(name, content);
            assertThat(again).as("seed %d, step %d:%n%s", seed, step, content).isEqualTo(afresh);
            assertThat(again).isEqualTo(asAWhole(name, content));
            if (again instanceof Valid now) {
                valid++;
                NetworkSnapshot next =
                        snapshot.edit().model(now.model()).update().after();
                assertThat(next.model()).isEqualTo(((Valid) afresh).model());
                snapshot = next;
            }
        }
        assertThat(valid).as("how many were valid").isGreaterThan(STEPS / 10);
        assertThat(snapshot.model()).isNotEqualTo(NetworkModel.EMPTY);
    }

    /** Reads a text without cutting it into pieces. */
    private static Reading asAWhole(String name, String content) {
        return new NetworkText(name, false).read(content.getBytes(StandardCharsets.UTF_8));
    }

    /** An item as it is written: name and value of each attribute, in JSON. */
    private record Stated(String list, List<String> attributes) {}

    private void edit(List<Stated> items) {
        int at = items.isEmpty() ? 0 : random.nextInt(items.size());
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> items.add(items.isEmpty() ? 0 : at, item());
            case 4 -> {
                if (!items.isEmpty()) {
                    items.remove(at);
                }
            }
            case 5 -> {
                if (!items.isEmpty()) {
                    items.add(items.remove(random.nextInt(items.size())));
                }
            }
            default -> {
                if (!items.isEmpty()) {
                    items.set(at, item());
                }
            }
        }
        // Mostly with what others refer to and without what would be there twice, so that many are valid.
        if (random.nextInt(8) > 0) {
            for (String id : new String[] {"0", "1"}) {
                items.add(new Stated("networks", List.of("\"id\": \"n" + id + "\"")));
                items.add(new Stated("security_groups", List.of("\"id\": \"g" + id + "\"")));
            }
            Set<String> ids = new HashSet<>();
            items.removeIf(item -> !ids.add(item.list + item.attributes.get(0)));
        }
    }

    private Stated item() {
        return switch (random.nextInt(13)) {
            case 0, 1 ->
                new Stated(
                        "networks",
                        List.of(
                                id("n"),
                                "\"mtu\": " + pick("1280", "1500", "\"1400\"", "1281", "1300", "1400", "1279"),
                                "\"dns_domain\": \"" + pick("", "lab.", "example.org") + "\"",
                                "\"project_id\": \"" + pick("", "p") + "\"",
                                "\"flow6\": {"
                                        + (random.nextInt(12) == 0
                                                ? "\"trusted_router\": \"p" + random.nextInt(10) + "\""
                                                : "")
                                        + "}"));
            case 2, 3 -> subnet();
            case 4 ->
                new Stated(
                        "routers", List.of(id("r"), "\"routes\": [" + (random.nextInt(12) == 0 ? route() : "") + "]"));
            case 5 ->
                new Stated(
                        "security_groups",
                        List.of(
                                id("g"),
                                "\"name\": \"" + pick("web", "x", "y", "z", "default") + "\"",
                                "\"stateful\": " + pick("true", "true", "true", "false")));
            case 6 ->
                new Stated(
                        "security_group_rules",
                        List.of(
                                id("x"),
                                "\"security_group_id\": \"" + pick("g0", "g1", "default") + "\"",
                                "\"direction\": \"" + pick("ingress", "egress") + "\"",
                                "\"protocol\": " + pick("null", "6", "\"tcp\"", "17", "132", "33")));
            case 7 -> host();
            default -> port();
        };
    }

    private String route() {
        String nexthop = "2001:db8:" + random.nextInt(4) + "::" + pick("9", "77");
        return "{\"destination\": \"2001:db8:9::/48\", \"nexthop\": \"" + nexthop + "\"}";
    }

    private Stated host() {
        int number = random.nextInt(2);
        String address =
                switch (random.nextInt(24)) {
                    case 0 -> "192.0.2.1";
                    case 1 -> "fd00::0";
                    default -> "fd00::" + number;
                };
        return new Stated("hosts", List.of("\"name\": \"h" + number + "\"", "\"tunnel_ip\": \"" + address + "1\""));
    }

    private Stated subnet() {
        int number = random.nextInt(4);
        List<String> attributes = new ArrayList<>(List.of(
                "\"id\": \"s" + number + "\"",
                "\"network_id\": \"n" + random.nextInt(2) + "\"",
                "\"ip_version\": 6",
                "\"cidr\": \"2001:db8:" + (random.nextInt(20) == 0 ? 0 : number) + "::/64\"",
                "\"ipv6_ra_mode\": " + pick("null", "\"slaac\"", "\"dhcpv6-stateful\"")));
        if (random.nextInt(3) == 0) {
            int pool = random.nextInt(12) == 0 ? random.nextInt(4) : 0x10 + number;
            attributes.add("\"flow6\": {"
                    + pick(
                            "\"valid_lifetime\": " + pick("60", "\"infinite\"", "14399"),
                            "\"prefix_delegation\": {\"pool\": \"2001:db8:" + Integer.toHexString(pool)
                                    + "::/48\", \"length\": 64}",
                            "")
                    + "}");
        }
        return new Stated("subnets", attributes);
    }

    private Stated port() {
        int number = random.nextInt(10);
        List<String> attributes = new ArrayList<>(List.of(
                "\"id\": \"p" + number + "\"",
                "\"network_id\": \"n" + random.nextInt(2) + "\"",
                "\"mac_address\": \"02:00:00:00:00:0" + (random.nextInt(24) == 0 ? 1 : number) + "\""));
        boolean ofRouter = random.nextInt(6) == 0;
        if (random.nextInt(ofRouter ? 5 : 24) == 0) {
            attributes.add(
                    "\"fixed_ips\": [{\"ip_address\": \"2001:db8:" + random.nextInt(4) + "::" + (1 + number) + "\"}]");
        }
        if (random.nextInt(6) == 0) {
            attributes.add(
                    "\"security_groups\": [" + pick("", "\"g0\"", "\"default\"", "\"g1\"", "\"g0\", \"g1\"") + "]");
        }
        if (random.nextInt(6) == 0) {
            attributes.add("\"binding:profile\": {\"interface_name\": \"eth" + random.nextInt(9) + "\"}");
        }
        if (ofRouter) {
            attributes.add("\"device_id\": \"" + pick("r0", "r1") + "\"");
            attributes.add("\"device_owner\": \"" + pick("", "network:router_interface") + "\"");
            attributes.add(pick("\"name\": \"r\"", "\"flow6\": {\"max_interval\": " + pick("4", "5", "1801") + "}"));
        }
        if (random.nextInt(32) == 0) {
            attributes.add("\"binding:host_id\": \"h" + random.nextInt(2) + "\"");
        }
        if (random.nextInt(20) == 0) {
            attributes.add(pick("\"colour\": 3", "\"name\": [1]", "\"name\": \"a\\nb\"", "\"project_id\": \"q\""));
        }
        return new Stated("ports", attributes);
    }

    private String id(String prefix) {
        return "\"id\": \"" + prefix + random.nextInt(2) + "\"";
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private static List<String> lists(List<Stated> items) {
        return items.stream().map(Stated::list).distinct().toList();
    }

    private String json(List<Stated> items) {
        String gap = pick(" ", "\n", "\n\t", "\r\n", "");
        return "{" + gap
                + lists(items).stream()
                        .map(list -> "\"" + list + "\":" + gap + "["
                                + items.stream()
                                        .filter(item -> item.list.equals(list))
                                        .map(item -> "{" + String.join("," + gap, item.attributes) + "}")
                                        .collect(Collectors.joining("," + gap))
                                + gap + "]")
                        .collect(Collectors.joining("," + gap))
                + gap + "}" + pick("", "\n");
    }

    private String yaml(List<Stated> items) {
        StringBuilder text = new StringBuilder(pick("", "# a comment\n", "---\n", "\n---\n# more\n"));
        String dash = pick("- ", "  - ");
        String newline = random.nextInt(8) == 0 ? "\r\n" : "\n";
        for (String list : lists(items)) {
            List<Stated> elements =
                    items.stream().filter(item -> item.list.equals(list)).toList();
            if (random.nextInt(12) == 0) {
                text.append(list)
                        .append(": [")
                        .append(elements.stream()
                                .map(item -> "{" + String.join(", ", item.attributes) + "}")
                                .collect(Collectors.joining("," + newline + "   ")))
                        .append("]")
                        .append(newline);
                continue;
            }
            text.append(list).append(pick(":", ": ", ": # comment")).append(newline);
            for (Stated item : elements) {
                text.append(dash);
                if (random.nextInt(3) == 0) {
                    text.append("{").append(String.join(", ", item.attributes)).append("}");
                } else {
                    text.append(String.join(newline + " ".repeat(dash.length()), item.attributes));
                }
                text.append(newline).append(pick("", "", "", "", "# comment" + newline, newline));
            }
        }
        return text.toString();
    }

    /** A text with something wrong, or at least unusual. */
    private String damaged(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(30));
        String odd = pick(
                "'",
                "\"",
                "- ",
                "\n",
                "&a ",
                "*a",
                "\t",
                "|\n",
                "}",
                "\n...\n",
                "\u2028",
                "%",
                "? ",
                "\n---\n",
                "ports:\n");
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(to);
            default -> text.substring(0, at) + odd + text.substring(at);
        };
    }
}
