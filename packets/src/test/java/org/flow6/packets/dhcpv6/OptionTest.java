package org.flow6.packets.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.DomainName;
import org.flow6.packets.MalformedReason;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

class OptionTest {
    private static final String HEADER = "07000001";
    private static final String ADDRESS = "20010db8000000000000000000000053";

    private static Decoded<Dhcpv6Message> decode(int code, String body) {
        return Dhcpv6Message.decode(Bytes.ofHex(HEADER + "%04x%04x%s".formatted(code, body.length() / 2, body)));
    }

    private static void refuses(MalformedReason reason, int code, String... bodies) {
        for (String body : bodies) {
            assertThat(decode(code, body)).as("%d: %s", code, body).isEqualTo(Decoded.malformed(reason));
        }
    }

    private static void readsAndWrites(String octets, Dhcpv6Option option) {
        assertThat(option.encode()).isEqualTo(Bytes.ofHex(octets));
        assertThat(option.length()).isEqualTo(octets.length() / 2);
        assertThat(Dhcpv6Message.decode(Bytes.ofHex(HEADER + octets)))
                .isEqualTo(Decoded.ok(new ClientServerMessage(MessageType.REPLY, 1, List.of(option))));
    }

    /** Octets made by scapy. */
    @Test
    void readsAndWritesIdentityAssociations() {
        IPv6Address address = IPv6Address.of("2001:db8::42");
        readsAndWrites(
                "000300280000000100000002000000030005001820010db800000000000000000000004200000004ffffffff",
                new IaNa(1, 2, 3, List.of(new IaAddress(address, 4, Lease.INFINITY, List.of()))));
        IPv6Address prefix = IPv6Address.of("2001:db8:100::");
        readsAndWrites(
                "00190029000000010000000200000003001a001900000004000000053820010db8010000000000000000000000",
                new IaPd(1, 2, 3, List.of(new IaPrefix(prefix, 56, 4, 5, List.of()))));
        readsAndWrites(
                "0004000c00000001000d000400026e6f", new IaTa(1, List.of(new StatusCode(Status.NO_ADDRS_AVAIL, "no"))));
    }

    /** Octets made by scapy. */
    @Test
    void readsAndWritesTheOthers() {
        readsAndWrites("0006000400170018", new OptionRequest(List.of(DnsServers.CODE, DomainList.CODE)));
        readsAndWrites(
                "000b000c030100000000000000000102",
                new Authentication(3, 1, 0, Bytes.ofHex("0000000000000001"), Bytes.ofHex("02")));
        readsAndWrites("000d000b0004656c73657768657265", new StatusCode(Status.NOT_ON_LINK, "elsewhere"));
        readsAndWrites("000f0006000469505845", new UserClass(List.of(Bytes.ofHex("69505845"))));
        readsAndWrites("00100009000001570003505845", new VendorClass(343, List.of(Bytes.ofHex("505845"))));
        readsAndWrites(
                "00110009000000090001000161", new VendorOptions(9, List.of(new SubOption(1, Bytes.ofHex("61")))));
        readsAndWrites("00170010" + ADDRESS, new DnsServers(List.of(IPv6Address.of("2001:db8::53"))));
        readsAndWrites(
                "00180011036c6162076578616d706c65036f726700",
                new DomainList(List.of(DomainName.of("lab.example.org"))));
        readsAndWrites("00250008000000097261636b", new RemoteId(9, Bytes.ofHex("7261636b")));
        readsAndWrites("003d00040007000b", new ClientArchitectures(List.of(7, 11)));
        MacAddress mac = MacAddress.of("02:00:00:00:00:0a");
        readsAndWrites("004f0008000102000000000a", ClientLinkLayerAddress.of(mac));
        assertThat(ClientLinkLayerAddress.of(mac).mac()).contains(mac);
        assertThat(new ClientLinkLayerAddress(32, Bytes.ofHex("02000000000a")).mac())
                .isEmpty();
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        readsAndWrites("03e80003010203", new UnknownOption(1000, Bytes.ofHex("010203")));
        readsAndWrites("ffff0000", new UnknownOption(65535, Bytes.EMPTY));
        for (int code : List.of(ClientId.CODE, IaPd.CODE, CaptivePortal.CODE)) {
            assertThatThrownBy(() -> new UnknownOption(code, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsListsOfNothing() {
        readsAndWrites("00060000", new OptionRequest(List.of()));
        readsAndWrites("00170000", new DnsServers(List.of()));
        readsAndWrites("00180000", new DomainList(List.of()));
        readsAndWrites("00380000", new NtpServer(List.of()));
        readsAndWrites("003c0000", new BootfileParameters(List.of()));
        readsAndWrites("0010000400000009", new VendorClass(9, List.of()));
    }

    @Test
    void refusesOtherLengthsThanTheFieldsHave() {
        String longer = "00".repeat(64);
        int[][] exact = {{7, 1}, {8, 2}, {12, 16}, {14, 0}, {19, 1}, {20, 0}, {32, 4}, {82, 4}, {83, 4}};
        for (int[] each : exact) {
            for (int length = 0; length < 20; length++) {
                if (length != each[1]) {
                    refuses(MalformedReason.DHCPV6_OPTION_LENGTH, each[0], longer.substring(0, length * 2));
                }
            }
        }
        int[][] atLeast = {
            {3, 12},
            {4, 4},
            {5, 24},
            {11, 11},
            {13, 2},
            {16, 4},
            {17, 4},
            {25, 12},
            {26, 25},
            {37, 4},
            {39, 1},
            {67, 2},
            {79, 2}
        };
        for (int[] each : atLeast) {
            for (int length = 0; length < each[1]; length++) {
                refuses(MalformedReason.DHCPV6_OPTION_LENGTH, each[0], longer.substring(0, length * 2));
            }
        }
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, OptionRequest.CODE, "00", "001700");
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, ClientArchitectures.CODE, "", "00", "000700");
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, DnsServers.CODE, "00", ADDRESS + "20");
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, SntpServers.CODE, ADDRESS.substring(2));
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, UserClass.CODE, "");
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, PdExclude.CODE, "40" + "00".repeat(17));
    }

    @Test
    void refusesIdentifiersOfOtherLengthsThanDuidsHave() {
        for (int code : List.of(ClientId.CODE, ServerId.CODE, RelayId.CODE)) {
            refuses(MalformedReason.DHCPV6_DUID_LENGTH, code, "", "0003", "00".repeat(131));
        }
    }

    @Test
    void refusesPrefixesLongerThanAddresses() {
        String lifetimes = "0000000000000000";
        refuses(MalformedReason.DHCPV6_PREFIX_LENGTH, IaPrefix.CODE, lifetimes + "81" + ADDRESS);
        refuses(MalformedReason.DHCPV6_PREFIX_LENGTH, PdExclude.CODE, "0001", "8101");
        assertThatThrownBy(() -> new IaPrefix(IPv6Address.NONE, 129, 0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesDataThatEndsAfterItsOption() {
        refuses(MalformedReason.DHCPV6_ITEM_TRUNCATED, UserClass.CODE, "00", "000161" + "00", "000261");
        refuses(MalformedReason.DHCPV6_ITEM_TRUNCATED, VendorClass.CODE, "00000009" + "000261");
        refuses(MalformedReason.DHCPV6_ITEM_TRUNCATED, BootfileParameters.CODE, "ffff");
        refuses(MalformedReason.DHCPV6_OPTION_TRUNCATED, VendorOptions.CODE, "00000009" + "0001000261");
        refuses(MalformedReason.DHCPV6_OPTION_TRUNCATED, NtpServer.CODE, "00010010" + "00");
        refuses(MalformedReason.DHCPV6_OPTION_TRUNCATED, IaTa.CODE, "00000001" + "000d0004");
    }

    @Test
    void refusesOctetsThatAreNoText() {
        for (String text : List.of("ff", "c0af", "eda080", "e28093e2")) {
            refuses(MalformedReason.DHCPV6_TEXT, StatusCode.CODE, "0000" + text);
            refuses(MalformedReason.DHCPV6_TEXT, BootfileUrl.CODE, text);
            refuses(MalformedReason.DHCPV6_TEXT, CaptivePortal.CODE, text);
            refuses(MalformedReason.DHCPV6_TEXT, BootfileParameters.CODE, "%04x".formatted(text.length() / 2) + text);
        }
        assertThatThrownBy(() -> new CaptivePortal("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BootfileUrl("\udc00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StatusCode(Status.SUCCESS, "\ud800x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BootfileParameters(List.of("", "\ud800")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNamesThatAreNone() {
        refuses(MalformedReason.DOMAIN_NAME_TRUNCATED, DomainList.CODE, "03666f6f", "03666f6f0003");
        refuses(MalformedReason.DOMAIN_NAME_COMPRESSED, DomainList.CODE, "c000");
        refuses(MalformedReason.DOMAIN_NAME_TRUNCATED, NtpServer.CODE, "0003000403666f6f");
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, NtpServer.CODE, "00030000", "000300060161000162" + "00");
        refuses(MalformedReason.DHCPV6_OPTION_LENGTH, NtpServer.CODE, "0001000100", "00020011" + ADDRESS + "00");
    }

    @Test
    void refusesOptionsDeeperThanTheRfcHasThem() {
        String address = "00050018" + "00".repeat(24);
        refuses(
                MalformedReason.DHCPV6_OPTION_NESTING,
                IaTa.CODE,
                "00000001" + "0004000c" + "00000001" + "0004000400000001");
        refuses(MalformedReason.DHCPV6_OPTION_NESTING, IaTa.CODE, "00000001" + "00040020" + "00000001" + address);
        StringBuilder nested = new StringBuilder();
        for (int depth = 0; depth < 8000; depth++) {
            nested.append("0004%04x00000001".formatted((8000 - depth) * 8 - 4));
        }
        refuses(MalformedReason.DHCPV6_OPTION_NESTING, IaTa.CODE, "00000001" + nested);
    }

    @Test
    void refusesToBeMadeOfWhatHasNoForm() {
        assertThatThrownBy(() -> new IaNa(-1, 0, 0, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IaNa(0, 1L << 32, 0, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Preference(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ElapsedTime(65536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OptionRequest(List.of(65536))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SolMaxRt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UserClass(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientArchitectures(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PdExclude(64, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NtpSource.Other(new SubOption(3, Bytes.EMPTY)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Authentication(0, 0, 0, Bytes.EMPTY, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
