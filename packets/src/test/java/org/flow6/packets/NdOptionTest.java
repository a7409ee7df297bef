package org.flow6.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.flow6.packets.NdOption.UnknownOption;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The options' forms on the wire, and what a receiver ignores of them. */
class NdOptionTest {
    private static final IPv6Address PREFIX = IPv6Address.of("2001:db8:1::");
    private static final String PREFIX_HEX = "20010db8000100000000000000000000";
    private static final IPv6Address SERVER = IPv6Address.of("2001:db8::53");
    private static final String SERVER_HEX = "20010db8000000000000000000000053";

    private static NdOption decode(String octets) {
        List<NdOption> options = NdOption.decodeAll(Bytes.ofHex(octets)).orElseThrow();
        assertThat(options).hasSize(1);
        assertThat(NdOption.decodeAll(options.get(0).encode())).isEqualTo(Decoded.ok(options));
        return options.get(0);
    }

    private static void assertForm(NdOption option, String octets) {
        assertThat(option.encode()).isEqualTo(Bytes.ofHex(octets));
        assertThat(option.length()).isEqualTo(octets.length() / 2);
        assertThat(decode(octets)).isEqualTo(option);
    }

    /** What its type's record cannot hold is kept as it is, and the options around it stay good. */
    private static void assertKept(String octets) {
        NdOption kept = decode(octets);
        assertThat(kept).isInstanceOf(UnknownOption.class);
        assertThat(kept.encode()).isEqualTo(Bytes.ofHex(octets));
        assertThat(NdOption.decodeAll(Bytes.ofHex(octets + "05010000000005dc")).orElseThrow())
                .containsExactly(kept, new Mtu(1500));
    }

    @Test
    void prefixInformation() {
        PrefixInformation slaac = PrefixInformation.of(PREFIX, 64, true, true, Lifetime.INFINITE, 14400);
        assertForm(slaac, "0304" + "40c0" + "ffffffff" + "00003840" + "00000000" + PREFIX_HEX);
        PrefixInformation onLink = PrefixInformation.of(PREFIX, 48, true, false, 1, 2);
        assertForm(onLink, "0304" + "3080" + "00000001" + "00000002" + "00000000" + PREFIX_HEX);
        String address = "20010db8000100000000000000000001";
        assertForm(
                new PrefixInformation(IPv6Address.of("2001:db8:1::1"), 64, false, false, true, 0, 0),
                "0304" + "4020" + "00000000" + "00000000" + "00000000" + address);
        // Without R, what follows the prefix is not read; nor is anything reserved.
        assertThat(decode("0304" + "40df" + "ffffffff" + "00003840" + "ffffffff" + address))
                .isEqualTo(slaac);
        assertKept("0303" + "40c0" + "ffffffff" + "00003840" + "00000000" + "20010db800010000");
        assertKept("0304" + "81c0" + "ffffffff" + "00003840" + "00000000" + PREFIX_HEX);
        assertThatThrownBy(() -> PrefixInformation.of(SERVER, 64, true, true, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrefixInformation.of(PREFIX, 129, true, true, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrefixInformation.of(PREFIX, 64, true, true, 1L << 32, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mtu() {
        assertForm(new Mtu(1450), "0501" + "0000" + "000005aa");
        assertKept("0502" + "0000" + "000005aa" + "0000000000000000");
        assertThatThrownBy(() -> new Mtu(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void routeInformation() {
        RouterPreference high = RouterPreference.HIGH;
        assertForm(new RouteInformation(IPv6Address.NONE, 0, high, 1800), "1801" + "0008" + "00000708");
        assertForm(new RouteInformation(PREFIX, 48, high, 1800), "1802" + "3008" + "00000708" + "20010db800010000");
        assertForm(new RouteInformation(PREFIX, 65, high, 1800), "1803" + "4108" + "00000708" + PREFIX_HEX);
        assertThat(decode("1803" + "3008" + "00000708" + "20010db80001" + "ff".repeat(10)))
                .isEqualTo(new RouteInformation(PREFIX, 48, high, 1800));
        assertKept("1801" + "3008" + "00000708");
        assertKept("1802" + "4108" + "00000708" + "20010db800010000");
        assertKept("1802" + "3010" + "00000708" + "20010db800010000");
        assertKept("1803" + "8108" + "00000708" + PREFIX_HEX);
        assertKept("1804" + "3008" + "00000708" + PREFIX_HEX + "00".repeat(8));
    }

    @Test
    void recursiveDnsServer() {
        assertForm(new RecursiveDnsServer(600, List.of(SERVER)), "1903" + "0000" + "00000258" + SERVER_HEX);
        assertForm(
                new RecursiveDnsServer(0, List.of(SERVER, PREFIX)),
                "1905" + "0000" + "00000000" + SERVER_HEX + PREFIX_HEX);
        assertKept("1901" + "0000" + "00000258");
        assertKept("1904" + "0000" + "00000258" + SERVER_HEX + "00".repeat(8));
        assertThatThrownBy(() -> new RecursiveDnsServer(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new RecursiveDnsServer(1, Collections.nCopies(127, SERVER))
                        .encode()
                        .unsignedByte(1))
                .isEqualTo(255);
    }

    @Test
    void dnsSearchList() {
        String names = "036c6162076578616d706c65036f726700" + "016100";
        DnsSearchList list = new DnsSearchList(600, List.of(DomainName.of("lab.example.org"), DomainName.of("a")));
        assertForm(list, "1f04" + "0000" + "00000258" + names + "00".repeat(4));
        assertForm(
                new DnsSearchList(1, List.of(DomainName.of("a23456"))),
                "1f02" + "0000" + "00000001" + "0661323334353600");
        assertThat(decode("1f05" + "0000" + "00000258" + names + "00".repeat(12)))
                .isEqualTo(list);
        assertKept("1f01" + "0000" + "00000258");
        assertKept("1f02" + "0000" + "00000258" + "00".repeat(8));
        assertKept("1f02" + "0000" + "00000258" + "0761323334353637");
        assertKept("1f02" + "0000" + "00000258" + "0161c00000000000");
        assertKept("1f02" + "0000" + "00000258" + "0001610000000000");
        assertThatThrownBy(() -> new DnsSearchList(1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void captivePortal() {
        assertForm(new CaptivePortal("http:a"), "2501" + "687474703a61");
        assertForm(new CaptivePortal("http:ab"), "2502" + "687474703a6162" + "00".repeat(7));
        assertKept("2501" + "000000000000");
        assertKept("2501" + "61ff00000000");
        assertKept("2501" + "610061000000");
        assertThatThrownBy(() -> new CaptivePortal("http:a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CaptivePortal("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CaptivePortal("a".repeat(2039))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new CaptivePortal("a".repeat(2038)).length()).isEqualTo(2040);
    }

    @Test
    void pref64() {
        IPv6Address wellKnown = IPv6Address.of("64:ff9b::");
        assertForm(new Pref64(1800, wellKnown, 96), "2602" + "0708" + "0064ff9b0000000000000000");
        assertForm(new Pref64(Pref64.MAX_LIFETIME, PREFIX, 48), "2602" + "fffb" + "20010db80001000000000000");
        assertThat(decode("2602" + "070b" + "20010db80001ffffffffffff")).isEqualTo(new Pref64(1800, PREFIX, 48));
        assertKept("2602" + "070e" + "20010db80001000000000000");
        assertKept("2601" + "0708" + "0064ff9b");
        assertThat(Pref64.lasting(1801, wellKnown, 96).lifetime()).isEqualTo(1808);
        assertThat(Pref64.lasting(100_000, wellKnown, 96).lifetime()).isEqualTo(65528);
        assertThatThrownBy(() -> new Pref64(4, wellKnown, 96)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pref64(8, wellKnown, 95)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressLists() {
        assertForm(new AddressList.Source(List.of(SERVER)), "0903" + "000000000000" + SERVER_HEX);
        assertForm(new AddressList.Target(List.of(SERVER, PREFIX)), "0a05" + "000000000000" + SERVER_HEX + PREFIX_HEX);
        assertKept("0901" + "000000000000");
        assertKept("0a02" + "000000000000" + "00".repeat(8));
    }

    @Test
    void redirectedHeader() {
        assertForm(new RedirectedHeader(Bytes.ofHex("60".repeat(8))), "0402" + "000000000000" + "60".repeat(8));
        assertThatThrownBy(() -> new RedirectedHeader(Bytes.ofHex("60"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownOptionsLeaveToARecordWhatItHolds() {
        assertThatThrownBy(() -> new UnknownOption(5, Bytes.ofHex("0000000005aa")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnknownOption(1, Bytes.of(new byte[14])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
