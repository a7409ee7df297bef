package org.flow6.apps.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.dhcpv6.Scene.ia;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.flow6.flow.Answer;
import org.flow6.packets.Bytes;
import org.flow6.packets.DomainName;
import org.flow6.packets.dhcpv6.BootfileParameters;
import org.flow6.packets.dhcpv6.BootfileUrl;
import org.flow6.packets.dhcpv6.CaptivePortal;
import org.flow6.packets.dhcpv6.ClientFqdn;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.DnsServers;
import org.flow6.packets.dhcpv6.DomainList;
import org.flow6.packets.dhcpv6.InfMaxRt;
import org.flow6.packets.dhcpv6.InformationRefreshTime;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.NtpServer;
import org.flow6.packets.dhcpv6.NtpSource;
import org.flow6.packets.dhcpv6.OptionRequest;
import org.flow6.packets.dhcpv6.Preference;
import org.flow6.packets.dhcpv6.SntpServers;
import org.flow6.packets.dhcpv6.SolMaxRt;
import org.flow6.packets.dhcpv6.UnknownOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What hosts are told beside their addresses, and when. */
class SettingsTest {
    private static final OptionRequest ALL = new OptionRequest(List.of(23, 24, 31, 32, 39, 56, 59, 60, 82, 83, 103));

    private final Scene scene = new Scene();

    private static Scene extra(String... options) {
        return new Scene(
                Scene.YAML.replace("{id: vm1, ", "{id: vm1, extra_dhcp_opts: [" + String.join(", ", options) + "], "));
    }

    private static String option(String name, String value) {
        return "{opt_name: \"" + name + "\", opt_value: '" + value + "', ip_version: 6}";
    }

    private static ClientServerMessage information(Scene scene, String port, int... codes) {
        return scene.ask(
                port,
                MessageType.INFORMATION_REQUEST,
                new OptionRequest(Arrays.stream(codes).boxed().toList()));
    }

    /** §18.3.6: what is asked for, and nothing else. */
    @Test
    void tellsWhatIsAskedFor() {
        ClientServerMessage reply = scene.ask("vm1", MessageType.INFORMATION_REQUEST, ALL);
        assertThat(reply.type()).isEqualTo(MessageType.REPLY);
        assertThat(reply.option(DnsServers.class)).contains(new DnsServers(List.of(IPv6Address.of("2001:db8::53"))));
        assertThat(reply.option(DomainList.class)).contains(new DomainList(List.of(DomainName.of("blue.example"))));
        assertThat(reply.option(SntpServers.class)).contains(new SntpServers(List.of(IPv6Address.of("2001:db8::123"))));
        assertThat(reply.options(NtpServer.class))
                .containsExactly(
                        new NtpServer(List.of(new NtpSource.Server(IPv6Address.of("2001:db8::123")))),
                        new NtpServer(List.of(new NtpSource.Multicast(IPv6Address.of("ff05::101")))),
                        new NtpServer(List.of(new NtpSource.Name(DomainName.of("ntp.example.org")))));
        assertThat(reply.option(BootfileUrl.class)).contains(new BootfileUrl("http://[2001:db8::b]/boot"));
        assertThat(reply.option(SolMaxRt.class)).contains(new SolMaxRt(120));
        assertThat(reply.option(InfMaxRt.class)).contains(new InfMaxRt(240));
        assertThat(scene.ask("vm1", MessageType.INFORMATION_REQUEST).options()).hasSize(2);
        assertThat(information(scene, "vm1", 23, 23).options(DnsServers.class)).hasSize(1);
        assertThat(scene.ask("vm1", MessageType.SOLICIT, ia(1)).options())
                .noneMatch(option -> option instanceof DnsServers);
        assertThat(scene.ask("vm1", MessageType.REQUEST, ia(1), ALL).has(DnsServers.class))
                .isTrue();
    }

    /** §21.8: in Advertise alone. */
    @Test
    void tellsItsPreferenceToThoseWhoChoose() {
        assertThat(scene.ask("vm1", MessageType.REQUEST, ia(1), new OptionRequest(List.of(7)))
                        .has(Preference.class))
                .isFalse();
    }

    /** §21.23: in answers to Information-request alone. */
    @Test
    void tellsWhenToAskAgain() {
        assertThat(scene.ask("green1", MessageType.INFORMATION_REQUEST, ALL).option(InformationRefreshTime.class))
                .contains(new InformationRefreshTime(700));
        assertThat(scene.ask("green1", MessageType.SOLICIT, ia(1), ALL).has(InformationRefreshTime.class))
                .isFalse();
    }

    @Test
    void tellsStatelessHosts() {
        ClientServerMessage reply = scene.ask("green1", MessageType.INFORMATION_REQUEST, ALL);
        assertThat(reply.option(DnsServers.class).orElseThrow().addresses()).hasSize(1);
        assertThat(reply.option(DomainList.class))
                .contains(new DomainList(List.of(DomainName.of("green.example"), DomainName.of("example.org"))));
    }

    /** RFC 4704 §6: only for those who sent one and ask for it, and with no update of the DNS. */
    @Test
    void answersNames() {
        ClientFqdn partial = new ClientFqdn(true, false, false, List.of(label("host")), false);
        OptionRequest request = new OptionRequest(List.of(ClientFqdn.CODE));
        assertThat(scene.ask("vm1", MessageType.REQUEST, ia(1), partial, request)
                        .option(ClientFqdn.class))
                .contains(new ClientFqdn(
                        false, true, true, List.of(label("host"), label("blue"), label("example")), true));
        assertThat(scene.ask("vm1", MessageType.REQUEST, ia(1), partial).has(ClientFqdn.class))
                .isFalse();
        assertThat(scene.ask("vm1", MessageType.REQUEST, ia(1), request).has(ClientFqdn.class))
                .isFalse();
        ClientFqdn whole = new ClientFqdn(false, false, true, List.of(label("a"), label("b")), true);
        assertThat(scene.ask("vm1", MessageType.REQUEST, ia(1), whole, request).option(ClientFqdn.class))
                .contains(whole);
        Scene named = new Scene(Scene.YAML.replace("{id: vm1, ", "{id: vm1, dns_name: mine, "));
        assertThat(named.ask("vm1", MessageType.REQUEST, ia(1), whole, request).option(ClientFqdn.class))
                .contains(new ClientFqdn(
                        false, false, true, List.of(label("mine"), label("blue"), label("example")), true));
    }

    private static Bytes label(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void putsThePortsOwnOptionsFirst() {
        Scene own = extra(
                option("dns-server", "[2001:db8::1],2001:db8::2"),
                option("option6:domain-search", "a.example, b.example."),
                option("59", "tftp://[2001:db8::1]/x,y"),
                option("bootfile-param", "one,two"),
                option("ntp-server", "2001:db8::5,time.example"),
                option("information-refresh-time", "2h"),
                option("103", "https://portal.example/api"));
        ClientServerMessage reply = own.ask("vm1", MessageType.INFORMATION_REQUEST, ALL);
        assertThat(reply.option(DnsServers.class))
                .contains(new DnsServers(List.of(IPv6Address.of("2001:db8::1"), IPv6Address.of("2001:db8::2"))));
        assertThat(reply.option(DomainList.class))
                .contains(new DomainList(List.of(DomainName.of("a.example"), DomainName.of("b.example"))));
        assertThat(reply.option(BootfileUrl.class)).contains(new BootfileUrl("tftp://[2001:db8::1]/x,y"));
        assertThat(reply.option(BootfileParameters.class)).contains(new BootfileParameters(List.of("one", "two")));
        assertThat(reply.options(NtpServer.class)).hasSize(2);
        assertThat(reply.option(InformationRefreshTime.class)).contains(new InformationRefreshTime(7200));
        assertThat(reply.option(CaptivePortal.class)).contains(new CaptivePortal("https://portal.example/api"));
        assertThat(own.ask("vm2", MessageType.INFORMATION_REQUEST, ALL).option(DnsServers.class))
                .contains(new DnsServers(List.of(IPv6Address.of("2001:db8::53"))));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"12\"', 3132",
        "'12', 0c",
        "'300', 012c",
        "'70000', 00011170",
        "'01:02:ff', 0102ff",
        "'[2001:db8::1]', 20010db8000000000000000000000001",
        "'text, and more', 746578742c20616e64206d6f7265"
    })
    void readsOptionsThatNothingIsKnownOf(String text, String octets) {
        assertThat(information(extra(option("224", text)), "vm1", 224).options(UnknownOption.class))
                .containsExactly(new UnknownOption(224, Bytes.ofHex(octets)));
    }

    @Test
    void ignoresWhatIsNoOptionOfItsOwn() {
        Scene odd = extra(
                option("dns-server", "no address"),
                option("sol-max-rt", "3"),
                option("1", "01:02:03:04"),
                option("server-id", "01:02:03"),
                option("70000", "x"),
                option("bootfile-url", ""),
                "{opt_name: \"24\", opt_value: \"a.example\", ip_version: 4}",
                option("32", "long"));
        ClientServerMessage reply = odd.ask("vm1", MessageType.INFORMATION_REQUEST, ALL);
        assertThat(reply.option(DnsServers.class)).contains(new DnsServers(List.of(IPv6Address.of("2001:db8::53"))));
        assertThat(reply.has(BootfileUrl.class)).isFalse();
        assertThat(reply.option(DomainList.class)).contains(new DomainList(List.of(DomainName.of("blue.example"))));
        assertThat(reply.option(InformationRefreshTime.class)).contains(new InformationRefreshTime(86_400));
        List<Dhcpv6Option> none = information(odd, "vm1", 1, 2, 8, 14).options();
        assertThat(none).hasSize(2);
    }

    @Test
    void fragmentsAnswersThatOutgrowTheLink() {
        String name = "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60);
        String many = String.join(",", Collections.nCopies(9, name));
        Scene large = extra(option("domain-search", many));
        var message = large.message("vm1", MessageType.INFORMATION_REQUEST, new OptionRequest(List.of(24)));
        var send = (Answer.Result.Send) large.result("vm1", message);
        assertThat(send.packets()).hasSize(2);
        assertThat(send.packets()).allMatch(packet -> packet.frame().length() <= 1514);
    }
}
