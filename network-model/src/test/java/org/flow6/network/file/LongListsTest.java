package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.flow6.network.text.Format;
import org.flow6.network.text.SyntaxError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long lists read in parts: the same nodes on the same lines as read in one, and the same errors. */
class LongListsTest {
    private final LongLists lists = new LongLists();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertReadAlike(String text) throws SyntaxError {
        byte[] bytes = bytes("##\n" + text);
        assertThat(lists.read(bytes, 3, bytes.length)).isEqualTo(Format.YAML.read(bytes, 3, bytes.length));
        lists.age();
    }

    private static String element(SplittableRandom random, String indent) {
        int number = random.nextInt(500);
        return indent
                + switch (random.nextInt(8)) {
                    case 0 -> "- {destination: \"2001:db8:" + number + "::/48\", nexthop: 'fe80::1'} # ü\n";
                    case 1 ->
                        "- destination: 10.0.0.0/8\n\n" + indent + "  # no more\n" + indent + "  nexthop:\n" + indent
                                + "    192.0.2." + number + "\n";
                    case 2 -> "- [a, {b: c},\n" + indent + "   ~]\n";
                    case 3 -> "- \"two\n" + indent + "  - lines\"\n";
                    case 4 -> "- - inner\n" + indent + "  - " + number + "\n";
                    case 5 -> "- >-\n" + indent + "   folded " + number + "\n";
                    case 6 -> "-  x: y\n\n";
                    default -> "- destination: 2001:db8:" + number + "::/48\n" + indent + "  nexthop: 2001:db8::1\r\n";
                };
    }

    @Test
    void readsWhatIsReadInOneAtEveryChange() throws SyntaxError {
        SplittableRandom random = new SplittableRandom(6);
        for (String indent : List.of("  ", "     ")) {
            List<String> elements = new ArrayList<>();
            IntStream.range(0, 300).forEach(i -> elements.add(element(random, indent)));
            for (int step = 0; step < 60; step++) {
                int at = random.nextInt(elements.size());
                if (random.nextBoolean()) {
                    elements.add(at, element(random, indent));
                } else {
                    elements.remove(at);
                }
                String name = step % 2 == 0 ? "- id: r1\n" : "- id: r1\n  # more\n  name: some\n";
                assertReadAlike(
                        name + "  routes:\n" + String.join("", elements) + (step % 3 == 0 ? "  flow6: {}\n" : ""));
            }
        }
    }

    @Test
    void readsOfTwoListsTheLonger() throws SyntaxError {
        assertReadAlike("- one:\n" + "  - short list of one\n".repeat(80) + "  two:\n" + "  - {a: b}\n".repeat(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- text: |\n%s  more: x\n",
                "- text: \"\n%s  \"\n",
                "- text: &anchor\n%s  more: *anchor\n",
                "- outer:\n    inner: 'x'\n    list:\n%s",
            })
    void takesNoListForWhatIsNone(String form) throws SyntaxError {
        assertReadAlike(form.formatted("    - the elements of something\n".repeat(300)));
        assertReadAlike(form.formatted("    - the elements of a long list\n".repeat(300)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  - {a: b\n", "  - *nobody\n", "  - a: b: c\n", "  -\u0007\n", "   - x\n"})
    void findsTheSameErrors(String wrong) {
        String good = "  - {a: b}\n";
        byte[] text = bytes("- routes:\n" + good.repeat(300) + wrong + good.repeat(300));
        try {
            Format.YAML.read(text, 0, text.length);
        } catch (SyntaxError expected) {
            assertThatThrownBy(() -> lists.read(text, 0, text.length))
                    .isInstanceOfSatisfying(SyntaxError.class, error -> {
                        assertThat(error.line()).isEqualTo(expected.line());
                        assertThat(error.reason()).isEqualTo(expected.reason());
                    });
        }
    }

    @Test
    void aWrongRouteIsFoundOnItsLine() {
        String head = """
                networks: [{id: blue}]
                subnets: [{id: b6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}]
                ports:
                - {id: p, network_id: blue, mac_address: "02:00:00:00:00:01", device_owner: "network:router_interface",
                   device_id: r1, fixed_ips: [{ip_address: "2001:db8:1::1"}]}
                routers:
                - id: r1
                  routes:
                """;
        List<String> routes = new ArrayList<>();
        IntStream.range(0, 200)
                .forEach(i -> routes.add("  - destination: 2001:db8:" + Integer.toHexString(0x100 + i)
                        + "::/48\n    nexthop: 2001:db8:1::2\n"));
        NetworkText text = new NetworkText("n.yaml");
        assertThat(text.read(bytes(head + String.join("", routes)))).isInstanceOf(NetworkFile.Valid.class);
        routes.add(3, "  - destination: 2001:db8:9::/48\n    nexthop: 2001:db8:2::2\n");
        routes.set(150, routes.get(149));
        assertThat(text.read(bytes(head + String.join("", routes))))
                .isInstanceOfSatisfying(NetworkFile.Invalid.class, invalid -> assertThat(invalid.violations())
                        .extracting(violation -> violation.line() + " " + violation.field())
                        .containsExactly("16 routes[3].nexthop", "310 routes[150].nexthop"));
    }
}
