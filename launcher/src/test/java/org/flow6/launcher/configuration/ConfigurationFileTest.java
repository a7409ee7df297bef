package org.flow6.launcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.launcher.configuration.Configuration.Limit;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.launcher.configuration.Configuration.Tls;
import org.flow6.network.Tunnel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;

class ConfigurationFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ConfigurationFile file;

    @BeforeEach
    void setUp() throws IOException {
        file = new ConfigurationFile(
                folder.resolve("flow6.yaml"),
                "flow6.yaml",
                new Known(Set.of("l2", "nd-responder"), Set.of("nd-solicitation", "other")));
        for (String name : new String[] {"network.yaml", "cert.pem", "key.pem", "ca.pem"}) {
            Files.writeString(folder.resolve(name), "");
        }
    }

    @Test
    void takesDefaultsWhereNothingIsSaid() throws RefusedConfiguration {
        Configuration configuration = parse("# nothing\n");

        assertThat(configuration.host()).isNotBlank();
        assertThat(configuration.openflow().listen()).hasToString("Optional[127.0.0.1:6653]");
        assertThat(configuration.openflow().connect()).isEmpty();
        assertThat(configuration.openflow().tls()).isEmpty();
        assertThat(configuration.ovsdb()).isEmpty();
        assertThat(configuration.bridge()).isEqualTo("br-int");
        assertThat(configuration.northbound()).isEqualTo(new Northbound.Embedded(folder.resolve("network")));
        assertThat(configuration.tunnel()).isEmpty();
        assertThat(configuration.bridgeMappings()).isEmpty();
        assertThat(configuration.api()).isEmpty();
        assertThat(configuration.apps()).isEqualTo(Map.of("l2", true, "nd-responder", true));
        assertThat(configuration.punts()).isEmpty();
    }

    @Test
    void keepsStateBesideTheNetworkFileForEachHost() throws RefusedConfiguration {
        String file = "northbound: {file: network.yaml}\n";
        assertThat(parse(file + "host: host-a.example\n").state())
                .isEqualTo(folder.resolve("network.yaml.host-a.example.state"));
        assertThat(parse(file + "host: ../b c\n").state()).isEqualTo(folder.resolve("network.yaml..._b_c.state"));
    }

    @Test
    void keepsStateInTheFolderOfTheNetwork() throws RefusedConfiguration {
        Configuration configuration = parse("{host: b, northbound: {embedded: db}}");
        assertThat(configuration.northbound()).isEqualTo(new Northbound.Embedded(folder.resolve("db")));
        assertThat(configuration.state()).isEqualTo(folder.resolve("db/b.state"));
    }

    @Test
    void readsEverySetting() throws RefusedConfiguration {
        Configuration configuration = parse("""
                host: hostA
                openflow:
                  listen: "[::1]:6633"
                  connect: [unix:/run/br-int.mgmt, unix:here.mgmt, "tcp:switch.example:6653", "tcp:[2001:db8::1]:6653"]
                  tls: {certificate: cert.pem, key: key.pem, ca: ca.pem}
                ovsdb: unix:/run/openvswitch/db.sock
                bridge: br0
                northbound: {file: network.yaml}
                tunnel: {type: geneve, local_ip: "fd00::1", port: 6082, mtu: 1358}
                bridge_mappings: {physnet1: br-ex, dc.2: br-dc}
                api: {listen: 127.0.0.1:9696}
                apps:
                  l2: {enabled: false}
                  nd-responder:
                punts:
                  nd-solicitation: {rate: 1, burst: 1000000}
                  other: {burst: 7}
                """);

        assertThat(configuration.host()).isEqualTo("hostA");
        assertThat(configuration.openflow().listen()).hasToString("Optional[[::1]:6633]");
        assertThat(configuration.openflow().connect().stream().map(Endpoint::toString))
                .containsExactly(
                        "unix:/run/br-int.mgmt",
                        "unix:" + folder.resolve("here.mgmt"),
                        "tcp:switch.example:6653",
                        "tcp:[2001:db8::1]:6653");
        assertThat(configuration.openflow().tls())
                .contains(new Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"), folder.resolve("ca.pem")));
        assertThat(configuration.ovsdb()).contains(new Endpoint.Unix(Path.of("/run/openvswitch/db.sock")));
        assertThat(configuration.bridge()).isEqualTo("br0");
        assertThat(configuration.tunnel())
                .isEqualTo(Optional.of(new TunnelPort(
                        Tunnel.Type.GENEVE,
                        IPv6Address.of("fd00::1"),
                        OptionalInt.of(6082),
                        OptionalInt.of(1358),
                        Optional.empty())));
        assertThat(configuration.bridgeMappings()).isEqualTo(Map.of("physnet1", "br-ex", "dc.2", "br-dc"));
        assertThat(configuration.api()).hasToString("Optional[127.0.0.1:9696]");
        assertThat(configuration.apps()).isEqualTo(Map.of("l2", false, "nd-responder", true));
        assertThat(configuration.punts())
                .isEqualTo(Map.of(
                        "nd-solicitation", new Limit(OptionalInt.of(1), OptionalInt.of(1000000)),
                        "other", new Limit(OptionalInt.empty(), OptionalInt.of(7))));
    }

    @Test
    void bridgesArePartOfOnePhysicalNetworkEach() {
        String database = "ovsdb: unix:/run/db.sock\nbridge: br0\nbridge_mappings: ";
        assertThat(problems(database + "{a: br0}"))
                .isEqualTo("flow6.yaml:3: bridge_mappings.a: br0 is the bridge that Flow6 manages");
        assertThat(problems(database + "{a: br1, b: br1}"))
                .isEqualTo("flow6.yaml:3: bridge_mappings.b: br1 is also the bridge of a");
        assertThat(problems(database + "{a: ' '}")).isEqualTo("flow6.yaml:3: bridge_mappings.a: ' ' is not a BRIDGE");
        assertThat(problems(database + "{'': br1}")).startsWith("flow6.yaml:3: bridge_mappings.: unknown name");
        assertThat(problems(database + "{a: {b: c}}"))
                .isEqualTo("flow6.yaml:3: bridge_mappings.a: a mapping is not BRIDGE");
    }

    @Test
    void listensNowhereByDefaultWhereItConnects() throws RefusedConfiguration {
        assertThat(parse("openflow: {connect: [unix:/run/br0.mgmt]}").openflow().listen())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bar: 1                                    | 2: bar: unknown key; known here are host, openflow, ovsdb, bridge, northbound, tunnel, bridge_mappings, api, apps, punts
            'openflow.listen: "[::1]:1"'              | 2: openflow.listen: unknown key; known here are host, openflow, ovsdb, bridge, northbound, tunnel, bridge_mappings, api, apps, punts
            openflow: {port: 1}                       | 2: openflow.port: unknown key; known here are listen, connect, tls
            openflow: 5                               | 2: openflow: '5' is not a mapping (of listen, connect, tls)
            openflow: {listen: foo}                   | 2: openflow.listen: 'foo' is not ADDRESS:PORT
            openflow: {listen: '127.0.0.1'}           | 2: openflow.listen: '127.0.0.1' is not ADDRESS:PORT
            openflow: {listen: '127.0.0.1:70000'}     | 2: openflow.listen: '127.0.0.1:70000' is not ADDRESS:PORT
            openflow: {listen: '::1:6653'}            | 2: openflow.listen: '::1:6653' is not ADDRESS:PORT
            openflow: {listen: '[127.0.0.1]:6653'}    | 2: openflow.listen: '[127.0.0.1]:6653' is not ADDRESS:PORT
            openflow: {listen: [a]}                   | 2: openflow.listen: a list is not ADDRESS:PORT
            openflow: {connect: 'unix:/a'}            | 2: openflow.connect: 'unix:/a' is not a list of unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT
            openflow: {connect: ['udp:a:1']}          | 2: openflow.connect[0]: 'udp:a:1' is not unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT
            openflow: {connect: ['unix:']}            | 2: openflow.connect[0]: 'unix:' is not unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT
            openflow: {connect: ['tcp:a:0']}          | 2: openflow.connect[0]: 'tcp:a:0' is not unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT
            openflow: {tls: {key: key.pem}}           | 2: openflow.tls.key: needs openflow.tls.certificate, openflow.tls.ca beside it
            ovsdb: /run/db.sock                       | 2: ovsdb: '/run/db.sock' is not unix:/PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT
            host: ''                                  | 2: host: '' is not a NAME
            bridge: {name: br0}                       | 2: bridge: a mapping is not NAME
            northbound: {etcd: [h]}                   | 2: northbound.etcd[0]: 'h' is not http://HOST:PORT or https://HOST:PORT
            northbound: {embedded: cert.pem}          | 2: northbound.embedded: 'cert.pem' is a file, not a FOLDER
            northbound: {embedded: a, file: cert.pem} | 2: northbound.embedded: is given beside northbound.file: leave one of them out
            tunnel: {type: gre, local_ip: '::1'}      | 2: tunnel.type: 'gre' is not vxlan or geneve
            tunnel: {type: vxlan}                     | 2: tunnel.type: needs tunnel.local_ip beside it
            tunnel: {type: vxlan, local_ip: ff02::1}  | 2: tunnel.local_ip: 'ff02::1' is not the unicast ADDRESS of a host
            tunnel: {type: vxlan, local_ip: 1.2.3}    | 2: tunnel.local_ip: '1.2.3' is not the unicast ADDRESS of a host
            tunnel: {port: 4789}                      | 2: tunnel.port: needs tunnel.type beside it
            tunnel: {type: vxlan, local_ip: '::1', port: 0}     | 2: tunnel.port: '0' is not a port, 1 to 65535
            tunnel: {type: vxlan, local_ip: '::1', port: 65536} | 2: tunnel.port: '65536' is not a port, 1 to 65535
            tunnel: {type: vxlan, local_ip: '::1', port: [1]}   | 2: tunnel.port: a list is not 1 to 65535
            bridge_mappings: {physnet1: br-ex}        | 2: bridge_mappings.physnet1: needs ovsdb beside it
            bridge_mappings: br-ex                    | 2: bridge_mappings: 'br-ex' is not a mapping (of PHYSICAL_NETWORK)
            bridge_mappings: [a]                      | 2: bridge_mappings: a list is not a mapping (of PHYSICAL_NETWORK)
            tunnel: {mtu: 1500}                       | 2: tunnel.mtu: needs tunnel.type beside it
            tunnel: {type: geneve, local_ip: '::1', mtu: 1357}     | 2: tunnel.mtu: 1357 leaves 1279 octets for packets of networks, and IPv6 needs 1280 (RFC 8200 §5): give 1358 at least
            tunnel: {type: vxlan, local_ip: 10.0.0.1, mtu: 12}     | 2: tunnel.mtu: 12 leaves 0 octets for packets of networks, and IPv6 needs 1280 (RFC 8200 §5): give 1330 at least
            tunnel: {type: vxlan, local_ip: '::1', mtu: 65536}     | 2: tunnel.mtu: '65536' is not octets, 1280 and what is around a packet to 65535
            tunnel: {udp: 4789}                       | 2: tunnel.udp: unknown key; known here are type, local_ip, port, mtu
            api: {listen: '[::]:80'}                  | 2: api.listen: '[::]:80' can be reached from other machines: needs api.tls.certificate or api.tls.key beside it
            api: {listen: '10.0.0.1:80'}              | 2: api.listen: '10.0.0.1:80' can be reached from other machines: needs api.tokens or api.keystone.url beside it
            api: {tokens: cert.pem}                   | 2: api.tokens: needs api.listen beside it
            api: {rate: 0}                            | 2: api.rate: '0' is not 1 to 1000000
            api: {tls: {key: key.pem}}                | 2: api.tls.key: needs api.tls.certificate beside it
            api: {keystone: {url: 'https://k/v3'}}    | 2: api.keystone.url: needs api.keystone.user, api.keystone.password beside it
            api: {keystone: {url: 'http://k:5000'}}   | 2: api.keystone.url: 'http://k:5000' would show passwords to the network: use https
            api: {keystone: {url: 'keystone'}}        | 2: api.keystone.url: 'keystone' is not a URL of https
            api: {keystone: {ca: ca.pem}}             | 2: api.keystone.ca: needs api.keystone.url beside it
            api: {tokens: ca.pem, keystone: {url: 'https://k'}} | 2: api.keystone.url: is given beside api.tokens: leave one of them out
            apps: {l3: {enabled: true}}               | 2: apps.l3: unknown app; known are l2, nd-responder
            apps: {l2: true}                          | 2: apps.l2: 'true' is not a mapping (of enabled)
            apps: {l2: {on: true}}                    | 2: apps.l2.on: unknown key; known here are enabled
            apps: {l2: {enabled: 'true'}}             | 2: apps.l2.enabled: 'true' is not true or false
            apps: {l2: {enabled: 1}}                  | 2: apps.l2.enabled: '1' is not true or false
            punts: {l2: {rate: 1}}                    | 2: punts.l2: unknown reason; known are nd-solicitation, other
            punts: {other: 5}                         | 2: punts.other: '5' is not a mapping (of rate, burst)
            punts: {other: {limit: 5}}                | 2: punts.other.limit: unknown key; known here are rate, burst
            punts: {other: {rate: 0}}                 | 2: punts.other.rate: '0' is not 1 to 1000000
            punts: {other: {rate: -1}}                | 2: punts.other.rate: '-1' is not 1 to 1000000
            punts: {other: {rate: 1000001}}           | 2: punts.other.rate: '1000001' is not 1 to 1000000
            punts: {other: {burst: 1.5}}              | 2: punts.other.burst: '1.5' is not 1 to 1000000
            punts: {other: {burst: '10'}}             | 2: punts.other.burst: '10' is not 1 to 1000000
            punts: {other: {burst: [1]}}              | 2: punts.other.burst: a list is not 1 to 1000000
            'host: a\nhost: b'                        | 3: host: given a second time
            - a                                       | 2: a list is not a mapping (of host, openflow, ovsdb, bridge, northbound, tunnel, bridge_mappings, api, apps, punts)
            'host: *a'                                | 2: *a names no anchor that ends before it
            '---\nhost: a\n---\nhost: b'              | 4: a second document begins here: there must be one
            """)
    void refusesWithLineAndKey(String text, String message) {
        assertThat(problems("\n" + text.replace("\\n", "\n"))).contains("flow6.yaml:" + message);
    }

    @Test
    void tellsOfFilesThatCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("certs"));
        assertThat(
                        problems(
                                "northbound:\n  file: none.yaml\nopenflow: {tls: {certificate: certs, key: key.pem, ca: ca.pem}}"))
                .isEqualTo("flow6.yaml:2: northbound.file: cannot read " + folder.resolve("none.yaml")
                        + ": there is no such file\nflow6.yaml:3: openflow.tls.certificate: cannot read "
                        + folder.resolve("certs") + ": it is a folder");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceInTheFilesOrder() {
        assertThat(problems("apps: {x: {}}\nhost: [a]\nfoo: 1\napi: {listen: a}")
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(": "))))
                .containsExactly("flow6.yaml:1", "flow6.yaml:2", "flow6.yaml:3", "flow6.yaml:4");
    }

    @Test
    void tellsWhereTheTextIsNotYaml() {
        assertThat(problems("host: a\nopenflow: {listen")).startsWith("flow6.yaml:2: ");
        assertThat(problems("host: \"\u0001\"")).startsWith("flow6.yaml:1: ");
        assertThat(problems("a: ".repeat(50) + "[".repeat(50))).startsWith("flow6.yaml:1: ");
    }

    @Test
    void refusesAPathThatNoSocketCanHave() {
        assertThat(problems("ovsdb: unix:/" + "x".repeat(107)))
                .startsWith("flow6.yaml:1: ovsdb: '/xxx")
                .endsWith("has more than the 107 bytes that a socket's path may have");
    }

    @Test
    void tellsOfAFileThatIsNotThere() {
        RefusedConfiguration refused = catchThrowableOfType(RefusedConfiguration.class, file::content);
        assertThat(refused.problems()).containsExactly("flow6.yaml: cannot read it: there is no such file");
    }

    @Test
    void refusesAFileThatIsNoConfigurationByItsSize() throws IOException {
        Files.write(folder.resolve("flow6.yaml"), new byte[(1 << 20) + 1]);
        assertThat(catchThrowableOfType(RefusedConfiguration.class, file::read))
                .hasMessage("flow6.yaml: more than 1048576 bytes");
    }

    @Test
    void namesTheSettingsThatWaitForTheNextStart() throws RefusedConfiguration {
        assertThat(parse("punts: {other: {rate: 5}}").waitingSince(parse(""))).containsExactly(Setting.PUNT_RATE);

        assertThat(parse("tunnel: {type: vxlan, local_ip: 10.0.0.1}").waitingSince(parse("")))
                .isEmpty();
        String database = "ovsdb: unix:/run/db.sock\n";
        assertThat(parse(database + "bridge_mappings: {physnet1: br-ex}").waitingSince(parse(database)))
                .isEmpty();

        Configuration before = parse("host: a\napi: {listen: 127.0.0.1:1}\napps: {l2: {enabled: true}}");
        Configuration after = parse("host: b\nopenflow: {listen: 127.0.0.1:1}\napps: {l2: {enabled: false}}");

        assertThat(after.waitingSince(before))
                .containsExactly(Setting.HOST, Setting.OPENFLOW_LISTEN, Setting.API_LISTEN);
        assertThat(after.waitingSince(after)).isEmpty();
    }

    private Configuration parse(String text) throws RefusedConfiguration {
        return file.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private String problems(String text) {
        return String.join(
                "\n",
                catchThrowableOfType(RefusedConfiguration.class, () -> parse(text))
                        .problems());
    }
}
