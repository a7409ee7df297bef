package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.network.AddressView;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.GroupView;
import org.flow6.network.MacView;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.network.RemoteView;
import org.flow6.network.RouterView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** With apps whose units are whole views, so that a view which an update forgets to name is seen. */
class FlowCompilerRandomTest {
    private static final TestApp PORTS = new TestApp("ports")
            .with(
                    Scope.PORT,
                    port -> port.ofPort().isPresent() ? Stream.of(port) : Stream.empty(),
                    FlowCompilerRandomTest::port);
    private static final TestApp NETWORKS =
            new TestApp("networks").with(Scope.NETWORK, Stream::of, FlowCompilerRandomTest::network);
    private static final TestApp ADDRESSES = new TestApp("addresses")
            .with(
                    Scope.ADDRESS,
                    view -> view.address() instanceof IPv6Address ? Stream.of(view) : Stream.empty(),
                    FlowCompilerRandomTest::address)
            .with(
                    Scope.ADDRESS,
                    view -> view.claims().stream().map(Claim::mac).map(mac -> new Owned(view.network(), mac)),
                    FlowCompilerRandomTest::owned);
    private static final TestApp MACS = new TestApp("macs").with(Scope.MAC, Stream::of, FlowCompilerRandomTest::mac);

    private static final TestApp ROUTERS =
            new TestApp("routers").with(Scope.ROUTER, Stream::of, FlowCompilerRandomTest::router);

    /** Many units that say something of a few matches. */
    private static final TestApp CLAUSES =
            new TestApp("clauses").with(Scope.MAC, Stream::of, FlowCompilerRandomTest::clauses);

    private static final TestApp GROUPS = new TestApp("groups")
            .with(
                    Scope.GROUP,
                    view -> view.boundPorts().isEmpty() ? Stream.empty() : Stream.of(view),
                    FlowCompilerRandomTest::group)
            .with(Scope.REMOTE, Stream::of, FlowCompilerRandomTest::remote);

    private record Owned(NetworkKey network, MacAddress mac) {}

    /** An action that differs where the view does. */
    private static Action trace(Object view) {
        return Action.set(Field.ETH_SRC, MacAddress.of(Integer.toUnsignedLong(view.hashCode())));
    }

    private static List<Flow> port(PortView view) {
        Match match = Match.ANY.and(Field.IN_PORT, view.ofPort().orElseThrow());
        return List.of(Flow.of(Table.CLASSIFY, Priority.rank(1), match, trace(view)));
    }

    private static List<Flow> network(NetworkView view) {
        Match match = Match.ANY.and(Field.NETWORK, view.key());
        return List.of(
                new Flow(Table.FLOOD, Priority.rank(1), match, Action.deliverToEach(view.boundPorts())),
                Flow.of(Table.FLOOD, Priority.rank(2), match, trace(view)));
    }

    private static List<Flow> address(AddressView view) {
        Match match = Match.ICMPV6
                .and(Field.ICMPV6_TYPE, 135)
                .and(Field.ICMPV6_CODE, 0)
                .and(Field.NETWORK, view.network())
                .and(Field.ND_TARGET, (IPv6Address) view.address());
        return List.of(Flow.of(Table.ND_SOLICITATION, Priority.rank(1), match, trace(view)));
    }

    private static List<Flow> owned(Owned unit) {
        Match match = Match.ANY.and(Field.NETWORK, unit.network()).and(Field.ETH_SRC, unit.mac());
        return List.of(Flow.of(Table.BASE_ICMPV6, Priority.rank(1), match));
    }

    private static List<Flow> router(RouterView view) {
        Match match = Match.ANY.and(Field.ROUTER, view.key());
        return List.of(Flow.of(Table.ROUTE, Priority.rank(1), match, trace(view)));
    }

    private static List<Flow> mac(MacView view) {
        Match match = Match.ANY.and(Field.NETWORK, view.network()).and(Field.ETH_DST, view.mac());
        return List.of(Flow.of(Table.BRIDGE, Priority.rank(1), match, trace(view)));
    }

    private static List<Flow> clauses(MacView view) {
        int station = view.hashCode();
        Match shared = Match.ANY.and(Field.RULED_PORT, new PortKey(1 + (station & 3)));
        Match other = Match.IPV6.and(Field.RULED_PORT, new PortKey(1 + (station & 1)));
        return List.of(
                Flow.of(
                        Table.EGRESS_RULES,
                        Priority.rank(1),
                        shared,
                        clause(station & 7, 1),
                        clause(station >> 3 & 7, 2)),
                Flow.of(Table.EGRESS_RULES, Priority.rank(1), other, clause(station >> 6 & 15, 1)),
                Flow.of(
                        Table.EGRESS_RULES,
                        Priority.rank(2),
                        Match.ANY.and(Field.NETWORK, view.network()).and(Field.ETH_DST, view.mac()),
                        trace(view)));
    }

    private static Action clause(int key, int clause) {
        return Action.conjunction(new ConjunctionKey(1 + key), clause, 2);
    }

    private static List<Flow> group(GroupView view) {
        int number = Integer.parseInt(view.group().id().value());
        Match match = Match.ANY.and(Field.IN_PORT, OFPort.of(1000 + number));
        return List.of(Flow.of(Table.CLASSIFY, Priority.rank(2), match, trace(view)));
    }

    private static List<Flow> remote(RemoteView view) {
        MacAddress mac = MacAddress.of(Integer.toUnsignedLong(view.remote().hashCode()));
        Match match = Match.ANY.and(Field.ETH_SRC, mac);
        return List.of(Flow.of(Table.CLASSIFY, Priority.rank(3), match, trace(view)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void deltasAddUpToAFreshCompile(long seed) {
        CompilerOracle oracle = new CompilerOracle(
                new RandomHistory(seed), List.of(PORTS, NETWORKS, ADDRESSES, MACS, ROUTERS, CLAUSES, GROUPS));
        assertThat(oracle.run(2000)).isGreaterThan(2_000);
    }
}
