package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.NetworkFile.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/** Which claims to addresses hold, and where they are shown. */
class ClaimedAddressesTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Remote WEB = new Remote.Group(Id.of("web"));
    private static final String TEXT = """
            networks: [{id: blue}, {id: red}]
            subnets:
            - {id: own, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64", flow6: {allow_slaac_prefix: true}}
            - {id: given, network_id: blue, ip_version: 6, cidr: "2001:db8:2::/64"}
            security_groups: [{id: web}]
            security_group_rules: [{id: w, security_group_id: web, direction: ingress, ethertype: IPv6, remote_group_id: web}]
            ports:
            - {id: a, network_id: blue, mac_address: "02:00:00:00:00:01", security_groups: [web]}
            - {id: b, network_id: blue, mac_address: "02:00:00:00:00:02", security_groups: [web], fixed_ips: [{ip_address: "2001:db8:1::b"}],
               allowed_address_pairs: [{ip_address: "2001:db8:1::bb"}, {ip_address: "2001:db8:1:0:1::/80"}]}
            - {id: c, network_id: red, mac_address: "02:00:00:00:00:03"}
            - {id: open, network_id: blue, mac_address: "02:00:00:00:00:04", port_security_enabled: false}
            - {id: down, network_id: blue, mac_address: "02:00:00:00:00:05", admin_state_up: false, fixed_ips: [{ip_address: "2001:db8:1::d"}]}
            """;

    private static NetworkSnapshot snapshot(String text) {
        NetworkModel model = ((Valid) NetworkFile.parse("n", text)).model();
        return NetworkSnapshot.EMPTY
                .edit()
                .bind(Id.of("a"), OFPort.of(1))
                .model(model)
                .update()
                .after();
    }

    private static AddressClaim claim(String port, String address, long since) {
        return new AddressClaim(BLUE, IPv6Address.of(address), Id.of(port), Instant.ofEpochSecond(since));
    }

    private static List<String> claimed(NetworkSnapshot snapshot, String port) {
        return snapshot.port(Id.<Port>of(port)).orElseThrow().claimed().stream()
                .map(IPv6Address::toString)
                .toList();
    }

    private static NetworkSnapshot with(AddressClaim... claims) {
        return snapshot(TEXT).edit().claims(List.of(claims)).update().after();
    }

    @Test
    void areShownOfThePort() {
        NetworkSnapshot before = snapshot(TEXT);
        NetworkUpdate update = before.edit()
                .claim(claim("a", "2001:db8:1::7", 1))
                .claim(claim("a", "fe80::7", 1))
                .update();
        assertThat(claimed(update.after(), "a")).containsExactly("2001:db8:1::7", "fe80::7");
        assertThat(update.ports()).containsExactly(Id.of("a"));
        assertThat(update.networks()).containsExactly(BLUE);
        assertThat(update.remotes()).containsExactly(WEB);
        assertThat(update.groups()).isEmpty();
        assertThat(update.addresses()).isEmpty();
        assertThat(update.macs()).isEmpty();
        assertThat(update.after().network(BLUE).orElseThrow().openClaims())
                .extracting(open -> open.prefix().toString())
                .containsExactly("2001:db8:1::7/128", "fe80::7/128");
        assertThat(update.after().remote(WEB).orElseThrow().prefixes())
                .extracting(IpPrefix::toString)
                .containsExactly("2001:db8:1::7/128", "2001:db8:1::b/128", "2001:db8:1::bb/128", "2001:db8:1:0:1::/80");
        assertThat(update.after().address(new NetworkAddress(BLUE, IPv6Address.of("2001:db8:1::7"))))
                .isEmpty();
    }

    @Test
    void ofAPortThatIsBoundElsewhereAreNoOpenClaims() {
        NetworkUpdate update =
                snapshot(TEXT).edit().claim(claim("b", "2001:db8:1::7", 1)).update();
        assertThat(claimed(update.after(), "b")).containsExactly("2001:db8:1::7");
        assertThat(update.networks()).isEmpty();
        assertThat(update.after().network(BLUE).orElseThrow().openClaims()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 2001:db8:2::7",
                "a 2001:db8:3::7",
                "a 2001:db8:1::b",
                "a 2001:db8:1::bb",
                "a fe80::ff:fe00:1",
                "a fe80::ff:fe00:2",
                "a fe80::ff:fe00:4",
                "c 2001:db8:1::7",
                "c fe80::7",
                "open 2001:db8:1::7",
                "open fe80::7",
                "down 2001:db8:1::7",
                "gone 2001:db8:1::7",
            })
    void doNotHold(String portAndAddress) {
        String[] words = portAndAddress.split(" ", 2);
        NetworkSnapshot before = snapshot(TEXT);
        NetworkUpdate update = before.edit().claim(claim(words[0], words[1], 1)).update();
        assertThat(update.isEmpty()).isTrue();
        update.after().port(Id.<Port>of(words[0])).ifPresent(view -> assertThat(view.claimed())
                .isEmpty());
    }

    @Test
    void holdBesideAPrefixThatAnotherMayUseAllOf() {
        assertThat(claimed(with(claim("a", "2001:db8:1:0:1::7", 1)), "a")).containsExactly("2001:db8:1:0:1::7");
    }

    @Test
    void holdForTheEarlierOfTwo() {
        AddressClaim late = claim("a", "2001:db8:1::7", 2);
        AddressClaim early = claim("b", "2001:db8:1::7", 1);
        NetworkSnapshot both = with(late, early);
        assertThat(claimed(both, "a")).isEmpty();
        assertThat(claimed(both, "b")).containsExactly("2001:db8:1::7");
        NetworkUpdate one = both.edit().unclaim(early).update();
        assertThat(claimed(one.after(), "a")).containsExactly("2001:db8:1::7");
        assertThat(claimed(one.after(), "b")).isEmpty();
        assertThat(one.ports()).containsExactlyInAnyOrder(Id.of("a"), Id.of("b"));
        NetworkUpdate gone = both.edit().remove(Id.of("b")).update();
        assertThat(claimed(gone.after(), "a")).containsExactly("2001:db8:1::7");
        assertThat(gone.ports()).contains(Id.of("a"));
    }

    @Test
    void ofOneMomentHoldForThePortOfTheLowerKey() {
        NetworkSnapshot both = with(claim("a", "fe80::7", 1), claim("b", "fe80::7", 1));
        boolean first = both.port(Id.<Port>of("a"))
                        .orElseThrow()
                        .key()
                        .compareTo(both.port(Id.<Port>of("b")).orElseThrow().key())
                < 0;
        assertThat(claimed(both, first ? "a" : "b")).containsExactly("fe80::7");
        assertThat(claimed(both, first ? "b" : "a")).isEmpty();
    }

    @Test
    void giveWayToAPortThatIsGivenTheAddress() {
        NetworkSnapshot before = with(claim("a", "2001:db8:1::d", 1));
        assertThat(claimed(before, "a")).containsExactly("2001:db8:1::d");
        String up = TEXT.replace("admin_state_up: false, ", "");
        NetworkUpdate update = before.edit()
                .model(((Valid) NetworkFile.parse("n", up)).model())
                .update();
        assertThat(claimed(update.after(), "a")).isEmpty();
        assertThat(update.ports()).contains(Id.of("a"));
    }

    @Test
    void endWithThePermission() {
        NetworkSnapshot before = with(claim("a", "2001:db8:1::7", 1), claim("a", "fe80::7", 1));
        String strict = TEXT.replace(", flow6: {allow_slaac_prefix: true}", "");
        NetworkUpdate update = before.edit()
                .model(((Valid) NetworkFile.parse("n", strict)).model())
                .update();
        assertThat(claimed(update.after(), "a")).containsExactly("fe80::7");
        assertThat(update.ports()).contains(Id.of("a"));
        assertThat(update.remotes()).contains(WEB);
    }

    @Test
    void areThirtyTwoAPortAndTheNewest() {
        List<AddressClaim> claims = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> claims.add(claim("a", "2001:db8:1::" + Integer.toHexString(0x100 + i), i)));
        NetworkSnapshot snapshot = snapshot(TEXT).edit().claims(claims).update().after();
        assertThat(claimed(snapshot, "a"))
                .hasSize(32)
                .startsWith("2001:db8:1::108")
                .endsWith("2001:db8:1::127");
        NetworkSnapshot fewer =
                snapshot.edit().claims(claims.subList(0, 3)).update().after();
        assertThat(claimed(fewer, "a")).containsExactly("2001:db8:1::100", "2001:db8:1::101", "2001:db8:1::102");
        assertThat(fewer.edit().claims(claims.subList(0, 3)).update().isEmpty()).isTrue();
    }
}
