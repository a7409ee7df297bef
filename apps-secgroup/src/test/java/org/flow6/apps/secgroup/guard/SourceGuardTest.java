package org.flow6.apps.secgroup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.Table;
import org.flow6.network.IpPrefix;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.MacAddress;

class SourceGuardTest {
    private static final SourceGuard APP = new SourceGuard();
    private static final List<Flow> FLOWS = GoldenFlows.flows(APP, GuardNets.SNAPSHOT);

    private static List<Flow> of(String port) {
        PortKey key = GuardNets.key(port);
        return FLOWS.stream()
                .filter(flow -> flow.match().terms().stream()
                        .anyMatch(term -> term.field() == Field.SOURCE_PORT
                                && term.value().equals(Field.SOURCE_PORT.encode(key))))
                .toList();
    }

    private static Flow entry(String port, Action... actions) {
        return Flow.of(Table.GUARD, Priority.rank(2), Match.ANY.and(Field.SOURCE_PORT, GuardNets.key(port)), actions);
    }

    private static boolean passes(String port, String mac, String source) {
        Match match = Match.IPV6
                .and(Field.SOURCE_PORT, GuardNets.key(port))
                .and(Field.ETH_SRC, MacAddress.of(mac))
                .andIpv6(Field.IPV6_SRC, IpPrefix.parse(source));
        return FLOWS.contains(AddressChecks.own(match));
    }

    @Test
    void keepsItsFlows() throws Exception {
        GoldenFlows.check("source-guard.flows", FLOWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"free", "elsewhere", "down"})
    void guardsNoPortThatIsFreeOrNotHere(String port) {
        assertThat(of(port)).isEmpty();
    }

    /** One for the port, four for each MAC address, two for each address or prefix; two more for a router's MAC address. */
    @ParameterizedTest
    @CsvSource({"vm1,1,5", "vm2,3,5", "any,1,3", "dhcp,1,2", "red1,1,2"})
    void needsFewFlows(String port, int macs, int addresses) {
        assertThat(of(port)).hasSize(1 + 4 * macs + 2 * addresses);
    }

    @Test
    void letsRoutersSendFromAnywhere() {
        assertThat(of("router"))
                .hasSize(1 + 6 + 2 * 2)
                .contains(AddressChecks.routed(Match.IPV6
                        .and(Field.SOURCE_PORT, GuardNets.key("router"))
                        .and(Field.ETH_SRC, GuardNets.mac("router"))));
    }

    @Test
    void knowsRoutersAndServers() {
        Action go = Action.goTo(Table.GUARD_ETHERNET);
        Action mayRoute = Action.set(Field.MAY_ROUTE, true);
        Action mayServe = Action.set(Field.MAY_SERVE_DHCP, true);
        assertThat(FLOWS)
                .contains(
                        entry("vm1", go),
                        entry("router", mayRoute, go),
                        entry("dhcp", mayServe, go),
                        entry("upstream", mayRoute, mayServe, go));
    }

    @Test
    void knowsAddressesWithTheirMacAddress() {
        assertThat(passes("vm1", "02:00:00:00:00:01", "2001:db8:1::11/128")).isTrue();
        assertThat(passes("vm1", "02:00:00:00:00:01", "fe80::ff:fe00:1/128")).isTrue();
        assertThat(passes("vm1", "02:00:00:00:00:01", "2001:db8:1::abcd/128")).isTrue();
        assertThat(passes("vm1", "02:00:00:00:00:01", "fe80::1234/128")).isTrue();
        assertThat(passes("vm2", "00:00:5e:00:02:01", "2001:db8:1::77/128")).isTrue();
        assertThat(passes("vm2", "02:00:00:00:00:02", "2001:db8:1::77/128")).isFalse();
        assertThat(passes("vm2", "02:00:00:00:00:02", "2001:db8:1:0:f::/80")).isTrue();
        assertThat(passes("vm2", "02:00:00:00:00:02", "fe80::1234/128")).isFalse();
    }

    @Test
    void takesDownClaimsWhereHostsMayMakeThem() {
        Stream<Flow> copies = FLOWS.stream()
                .filter(flow -> flow.table() == Table.GUARD_MESSAGE)
                .filter(flow -> flow.actions().contains(Action.puntCopy(SourceGuard.CLAIM)));
        assertThat(copies)
                .containsExactlyInAnyOrder(
                        MessageChecks.claim(MessageChecks.SOLICITATION, IpPrefix.parse("fe80::/10")),
                        MessageChecks.claim(
                                MessageChecks.SOLICITATION.and(
                                        Field.NETWORK,
                                        GuardNets.SNAPSHOT
                                                .port(GuardNets.key("vm1"))
                                                .orElseThrow()
                                                .networkKey()),
                                IpPrefix.parse("2001:db8:1::/64")));
    }

    /** Whatever an allowed pair says. */
    @Test
    void letsNobodySendDataWithoutAddress() {
        Match any = Match.IPV6.and(Field.SOURCE_PORT, GuardNets.key("any")).and(Field.ETH_SRC, GuardNets.mac("any"));
        assertThat(FLOWS).contains(AddressChecks.own(any));
        Priority own = AddressChecks.own(any).priority();
        for (String none : List.of("::/128", "ff00::/8")) {
            assertThat(FLOWS)
                    .anyMatch(flow -> flow.match().equals(Match.IPV6.andIpv6(Field.IPV6_SRC, IpPrefix.parse(none)))
                            && flow.priority().compareTo(own) > 0);
        }
    }
}
