package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.network.file.Reads.model;
import static org.flow6.network.file.Reads.port;
import static org.flow6.network.file.Reads.violations;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileTest {
    private static final String EXAMPLE = """
            networks:  [{id: blue, mtu: 1450}]
            subnets:   [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", gateway_ip: "2001:db8:1::1",
                         enable_dhcp: true, ipv6_ra_mode: dhcpv6-stateful, ipv6_address_mode: dhcpv6-stateful, dns_nameservers: ["2001:db8::53"]}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01", fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::11"}],
                 device_owner: "compute:nova", "binding:host_id": hostA, security_groups: [web]}
              - {id: r1-blue, network_id: blue, mac_address: "02:00:00:00:01:01", device_owner: "network:router_interface", device_id: r1,
                 fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]}
            routers:   [{id: r1, routes: [{destination: "2001:db8:f::/48", nexthop: "2001:db8:1::99"}]}]
            security_groups: [{id: web}]
            security_group_rules: [{id: w1, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80, port_range_max: 80}]
            """;

    @Test
    void readsAnExample() {
        NetworkModel model = model(EXAMPLE);
        assertThat(model.resources()).hasSize(14);
        assertThat(port(model, "vm1").hostId()).contains("hostA");
        assertThat(port(model, "r1-blue").isRouterInterface()).isTrue();
    }

    @Test
    void readsJson() {
        String json = """
                {
                \t"networks": [{"id": "blue", "mtu": "1450"}, {"id": "a\\"}]\\u0062"}],
                \t"ports": []
                }
                """;
        NetworkModel model = model(json);
        assertThat(model.networks().keySet()).map(Id::value).containsExactlyInAnyOrder("blue", "a\"}]b");
        assertThat(NetworkFile.parse("n.json", json)).isEqualTo(new Valid(model));
    }

    @Test
    void tellsEverythingAtOnceInTheOrderOfTheFile() {
        assertThat(violations(
                        "port: []",
                        "ports:",
                        "- id: a",
                        "  mac_address: zz",
                        "  mac_adress: yy",
                        "- 7",
                        "- id: a",
                        "  network_id: gone",
                        "sport: {}",
                        "routers: 3",
                        "networks:",
                        "- mtu: 3",
                        "ports: []"))
                .containsExactly(
                        "1: port: is not one of the lists of a network file: is ports meant?",
                        "3: port a: network_id: is missing",
                        "4: port a: mac_address: 'zz' is not a MAC address",
                        "5: port a: mac_adress: a port has no such attribute: is mac_address meant?",
                        "6: ports: '7' is not a port",
                        "7: port a: id: a is also the id of port a on line 3",
                        "7: port a: mac_address: is missing",
                        "8: port a: network_id: there is no network 'gone'",
                        "9: sport: is not one of the lists of a network file: is ports meant?",
                        "10: routers: '3' is not a list",
                        "12: network: id: is missing",
                        "12: network: mtu: '3' is not a number from 68 to 65535",
                        "13: ports: is there twice: make one list of the two");
    }

    @Test
    void resolvesAnchorsAliasesAndMergeKeys() {
        NetworkModel model = model("""
                networks: [&blue {id: &name blue}, {<<: *blue, id: red, mtu: 1400}]
                ports:
                - &base
                  id: a
                  network_id: *name
                  mac_address: "02:00:00:00:00:01"
                  binding:host_id: h
                - {<<: [*base], id: b, mac_address: "02:00:00:00:00:02"}
                """);
        assertThat(port(model, "b").hostId()).contains("h");
        assertThat(model.networks().keySet()).contains(Id.<Network>of("red"));
    }

    @Test
    void tellsWhatAnAliasedValueHasWrongWhereItIs() {
        assertThat(violations("networks:", "- id: &n blue", "  mtu: &m 3", "- id: red", "  mtu: *m"))
                .containsExactly(
                        "3: network blue: mtu: '3' is not a number from 68 to 65535",
                        "3: network red: mtu: '3' is not a number from 68 to 65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "networks: [{id: *gone}]|1: *gone names no anchor that ends before it",
                "networks: &n [*n]|1: *n names no anchor that ends before it",
                "networks: [{<<: 3}]|1: << merges mappings, not '3'",
                "networks:\n- {id: a}\n---\nnetworks: []|3: a second document begins here: there must be one",
                "networks:\n- id: a\n  name: fe80::|3: mapping values are not allowed here: an address that ends in a colon needs quotes",
                "- a|1: a list is not a mapping of lists of resources",
                "7|1: '7' is not a mapping of lists of resources",
                "|1: is empty: state at least one list, such as networks: []",
                "# nothing\n|1: is empty: state at least one list, such as networks: []",
                "null|1: is empty: state at least one list, such as networks: []",
            })
    void isRefused(String textAndViolation) {
        int bar = textAndViolation.lastIndexOf('|');
        assertThat(violations(textAndViolation.substring(0, bar))).containsExactly(textAndViolation.substring(bar + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "networks:\n- {id: a",
                "networks:\n- id: 'a",
                "networks:\n- id: a\n b: c",
                "networks:\n\t- id: a",
                "{\n\"networks\": [{}",
                "{\"networks\": []}}",
                "networks: \u0007",
            })
    void tellsWhereItStopsBeingYaml(String text) {
        assertThat(violations(text)).singleElement().asString().matches("[1-3]: .*");
    }

    @Test
    void boundsWhatAliasesStandFor() {
        StringBuilder bomb = new StringBuilder("networks:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("- &a").append(i).append(" [");
            for (int j = 0; j < 10; j++) {
                bomb.append(j == 0 ? "*a" : ", *a").append(i - 1);
            }
            bomb.append("]\n");
        }
        assertThat(violations(bomb.toString())).singleElement().asString().contains("aliases stand for more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n.yaml", "n.json"})
    void boundsTheDepth(String name) {
        Reading reading = NetworkFile.parse(name, "{\"networks\": " + "[".repeat(100_000));
        assertThat(reading).isInstanceOf(Invalid.class).asString().matches("(?i).*(depth|deeper).*");
    }

    @Test
    void readsManyItems() {
        StringBuilder text = new StringBuilder("networks: [{id: blue}]\nports:\n");
        for (int i = 0; i < 1000; i++) {
            text.append("- id: p").append(i).append("\n  network_id: blue\n");
            text.append(String.format("  mac_address: 02:00:00:00:%02x:%02x%n", i / 256, i % 256));
        }
        assertThat(model(text.toString()).ports()).hasSize(1000);
        assertThat(violations(text + "  name: [\n")).singleElement().asString().startsWith("3004: ");
        assertThat(violations(text.toString().replace("02:00:00:00:01:00", "zz")))
                .containsExactly("773: port p256: mac_address: 'zz' is not a MAC address");
    }

    @Test
    void refusesWhatIsNotUtf8(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("n.yaml");
        Files.write(path, "networks:\n- id: ä\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new NetworkFile(path).read()).hasToString("Invalid[violations=[" + path + ":2: is not UTF-8]]");
    }

    @Test
    void givesTheSameReadingForTheSameContent(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("n.yaml");
        NetworkFile file = new NetworkFile(path);
        assertThat(file.read()).hasToString("Invalid[violations=[" + path + ": is not there]]");
        Files.writeString(path, EXAMPLE);
        Reading first = file.read();
        assertThat(file.read()).isSameAs(first);
        Files.writeString(path, EXAMPLE.replace("1450", "1451"));
        Reading second = file.read();
        assertThat(second).isInstanceOf(Valid.class).isNotEqualTo(first);
        assertThat(file.read()).isSameAs(second);
    }
}
