package org.flow6.apps.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Table;
import org.flow6.network.NetworkSnapshot;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.U128;

class L2Test {
    private static final L2 APP = new L2();

    private static final String TWO_NETWORKS = """
            networks: [{id: blue}, {id: red}]
            subnets: [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}]
            ports:
              - {id: vm1, network_id: blue, mac_address: "02:00:00:00:00:01"}
              - {id: vm2, network_id: blue, mac_address: "02:00:00:00:00:02",
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "02:00:00:00:00:77"}]}
              - {id: vm3, network_id: blue, mac_address: "02:00:00:00:00:03",
                 allowed_address_pairs: [{ip_address: "2001:db8:1::77", mac_address: "02:00:00:00:00:77"}]}
              - {id: elsewhere, network_id: blue, mac_address: "02:00:00:00:00:04"}
              - {id: down, network_id: blue, mac_address: "02:00:00:00:00:05", admin_state_up: false}
              - {id: other, network_id: red, mac_address: "02:00:00:00:00:01"}
            """;

    private static final Map<String, Integer> BINDINGS =
            new TreeMap<>(Map.of("vm1", 1, "vm2", 2, "vm3", 3, "down", 5, "other", 6));

    private static List<Flow> flows(String yaml, Map<String, Integer> bindings) {
        return GoldenFlows.flows(APP, GoldenFlows.network(yaml, bindings));
    }

    @Test
    void bridgesTwoNetworks() throws Exception {
        GoldenFlows.check("l2.flows", flows(TWO_NETWORKS, BINDINGS));
    }

    @Test
    void aNetworkThatIsDownHasNoFlows() {
        String down = TWO_NETWORKS.replace("{id: red}", "{id: red, admin_state_up: false}");
        List<Flow> flows = flows(down, BINDINGS);
        assertThat(flows).hasSizeLessThan(flows(TWO_NETWORKS, BINDINGS).size());
        assertThat(flows.stream().flatMap(flow -> flow.match().terms().stream()))
                .noneMatch(term ->
                        term.field().equals(Field.IN_PORT) && term.value().equals(U128.of(0, 6)));
    }

    private static NetworkSnapshot large(int ports) {
        String list = IntStream.range(0, ports)
                .mapToObj(i -> "  - {id: p%d, network_id: blue, mac_address: \"02:00:00:00:%02x:%02x\"}"
                        .formatted(i, i >> 8, i & 0xff))
                .collect(Collectors.joining("\n"));
        return GoldenFlows.network(
                "networks: [{id: blue}]\nports:\n" + list + "\n",
                IntStream.range(0, ports).boxed().collect(Collectors.toMap(i -> "p" + i, i -> i + 1)));
    }

    @Test
    void floodsALargeNetworkPageByPage() {
        NetworkSnapshot snapshot = large(3000);
        List<Flow> pages = GoldenFlows.flows(APP, snapshot).stream()
                .filter(flow -> flow.table() == Table.FLOOD)
                .toList();
        assertThat(pages).hasSizeBetween(3000 / 1024 + 1, 3000 / 64);
        Map<Long, Flow> byPage = new TreeMap<>();
        pages.forEach(flow -> byPage.put(
                flow.match().terms().stream()
                        .filter(term -> term.field().equals(Field.FLOOD_PAGE))
                        .findFirst()
                        .orElseThrow()
                        .value()
                        .getLsb(),
                flow));
        assertThat(byPage).hasSameSizeAs(pages);
        Set<Action> delivered = new HashSet<>();
        long page = 0;
        for (Flow flow : byPage.values()) {
            List<Action> actions = new ArrayList<>(flow.actions());
            boolean last = page == byPage.size() - 1;
            if (!last) {
                assertThat(actions.remove(actions.size() - 1)).isEqualTo(Action.resubmit(Table.FLOOD));
                assertThat(actions.remove(actions.size() - 1)).isEqualTo(Action.set(Field.FLOOD_PAGE, (int) page + 1));
            } else {
                assertThat(actions.remove(actions.size() - 1)).isEqualTo(Action.set(Field.FLOOD_PAGE, 0));
            }
            assertThat(actions.size() / 2).isBetween(1, 1024);
            actions.stream().filter(Action.Set.class::isInstance).forEach(set -> assertThat(delivered.add(set))
                    .isTrue());
            page++;
        }
        assertThat(delivered).hasSize(3000);
    }

    @Test
    void onePortMoreChangesFewPages() {
        Set<Flow> before = new HashSet<>(GoldenFlows.flows(APP, large(3000)));
        List<Flow> after = GoldenFlows.flows(APP, large(3001));
        List<Flow> changed =
                after.stream().filter(flow -> !before.contains(flow)).toList();
        // Its own two flows, its station and its page; the page may have been taken apart.
        assertThat(changed).hasSizeBetween(4, 8);
    }
}
