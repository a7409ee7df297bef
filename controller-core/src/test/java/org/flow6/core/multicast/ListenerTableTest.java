package org.flow6.core.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flow6.core.multicast.ListenerTable.Effect;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.Port;
import org.flow6.network.SourceFilter;
import org.flow6.network.SourceFilter.Mode;
import org.flow6.packets.Mld;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Who listens behind which port, what is asked, and for how many there is room. */
class ListenerTableTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Id<Port> ONE = Id.of("one");
    private static final Id<Port> TWO = Id.of("two");
    private static final IPv6Address GROUP = group(1);
    private static final NetworkAddress ON_BLUE = new NetworkAddress(BLUE, GROUP);

    private final ListenerTable table = new ListenerTable(network -> Times.of(125));

    private static IPv6Address group(int number) {
        return IPv6Address.of(0xff15L << 48, number);
    }

    private static Mldv2Report report(int type, IPv6Address group, IPv6Address... sources) {
        return new Mldv2Report(List.of(new GroupRecord(type, group, List.of(sources))));
    }

    @Test
    void aListenerThatLeavesIsAskedTwiceAndThenGone() {
        assertThat(table.reported(BLUE, ONE, report(4, GROUP), 0))
                .containsExactly(new Effect.Wants(ON_BLUE, ONE, SourceFilter.ALL));
        Effect ask = new Effect.Ask(ON_BLUE, ONE, List.of());
        assertThat(table.reported(BLUE, ONE, report(3, GROUP), SECOND)).containsExactly(ask);
        assertThat(table.nextDeadline()).hasValue(2 * SECOND);
        assertThat(table.advance(2 * SECOND)).containsExactly(ask);
        assertThat(table.advance(3 * SECOND)).containsExactly(new Effect.Wants(ON_BLUE, ONE, SourceFilter.NONE));
        assertThat(table.size()).isZero();
        assertThat(table.nextDeadline()).isEmpty();
    }

    @Test
    void whoAnswersStaysAndIsNotAskedAgain() {
        table.reported(BLUE, ONE, new Mld.Report(GROUP), 0);
        assertThat(table.reported(BLUE, ONE, new Mld.Done(GROUP), SECOND)).hasSize(1);
        assertThat(table.reported(BLUE, ONE, new Mld.Report(GROUP), SECOND + 1)).isEmpty();
        assertThat(table.advance(2 * SECOND)).isEmpty();
        assertThat(table.advance(4 * SECOND)).isEmpty();
        assertThat(table.entry(ON_BLUE, ONE)).isPresent();
    }

    @Test
    void reportsOfOnePortAreNoOthers() {
        table.reported(BLUE, ONE, report(2, GROUP), 0);
        assertThat(table.reported(BLUE, TWO, report(3, GROUP), 0)).isEmpty();
        assertThat(table.entry(ON_BLUE, TWO)).isEmpty();
        assertThat(table.advance(259 * SECOND)).isEmpty();
        assertThat(table.advance(260 * SECOND)).containsExactly(new Effect.Wants(ON_BLUE, ONE, SourceFilter.NONE));
    }

    @Test
    void aRefreshChangesNothing() {
        table.reported(BLUE, ONE, report(2, GROUP), 0);
        for (long i = 1; i < 10; i++) {
            assertThat(table.reported(BLUE, ONE, report(2, GROUP), i * 125 * SECOND))
                    .isEmpty();
            assertThat(table.advance(i * 125 * SECOND + 1)).isEmpty();
        }
    }

    /** RFC 3810 §6.1 and RFC 4291 §2.7: nobody reports these. */
    @Test
    void groupsThatNobodyReportsAreLeftOut() {
        for (String group : List.of("ff02::1", "ff01::5", "ff10::5", "2001:db8::1")) {
            assertThat(table.reported(BLUE, ONE, report(4, IPv6Address.of(group)), 0))
                    .isEmpty();
        }
        assertThat(table.reported(BLUE, ONE, report(7, GROUP), 0))
                .as("an unknown type")
                .isEmpty();
        assertThat(table.size()).isZero();
    }

    @Test
    void aPortHasSoManyGroupsAndNoMore() {
        for (int i = 0; i < ListenerTable.MOST_OF_PORT; i++) {
            table.reported(BLUE, ONE, report(4, group(i)), 0);
        }
        NetworkAddress one = new NetworkAddress(BLUE, group(ListenerTable.MOST_OF_PORT));
        assertThat(table.reported(BLUE, ONE, report(4, (IPv6Address) one.address()), 0))
                .containsExactly(new Effect.Full(one, ONE));
        assertThat(table.reported(BLUE, TWO, report(4, (IPv6Address) one.address()), 0))
                .hasSize(1);
        assertThat(table.restore(one, ONE, SourceFilter.ALL, 0))
                .containsExactly(new Effect.Wants(one, ONE, SourceFilter.NONE));
        assertThat(table.size()).isEqualTo(ListenerTable.MOST_OF_PORT + 1);
        assertThat(table.forget(ONE)).hasSize(ListenerTable.MOST_OF_PORT);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void whoNamesTooManySourcesGetsAll() {
        IPv6Address[] many = IntStream.rangeClosed(0, ListenerTable.MOST_SOURCES)
                .mapToObj(i -> IPv6Address.of(0x20010db800000000L, i))
                .toArray(IPv6Address[]::new);
        assertThat(table.reported(BLUE, ONE, report(1, GROUP, many), 0))
                .containsExactly(new Effect.Wants(ON_BLUE, ONE, SourceFilter.ALL));
    }

    @Test
    void whatIsWantedAtAllIsWhatAnyPortWants() {
        IPv6Address a = IPv6Address.of("2001:db8::a");
        IPv6Address b = IPv6Address.of("2001:db8::b");
        table.reported(BLUE, ONE, report(1, GROUP, a), 0);
        assertThat(table.wanted(ON_BLUE)).isEqualTo(SourceFilter.of(Mode.INCLUDE, List.of(a)));
        table.reported(BLUE, TWO, report(2, GROUP, a, b), 0);
        assertThat(table.wanted(ON_BLUE)).isEqualTo(SourceFilter.of(Mode.EXCLUDE, List.of(b)));
    }

    @Test
    void whileTheSwitchIsAwayNobodyIsGivenUp() {
        table.reported(BLUE, ONE, report(4, GROUP), 0);
        table.renew(1000 * SECOND);
        assertThat(table.advance(1259 * SECOND)).isEmpty();
        assertThat(table.advance(1260 * SECOND)).hasSize(1);
    }

    /** After random reports at random times, what was told of each port is what is known of it; all of it ends. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsToldIsWhatIsKnown(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<List<Object>, SourceFilter> told = new HashMap<>();
        long now = 0;
        for (int step = 0; step < 3000; step++) {
            now += random.nextLong(3 * SECOND);
            List<Effect> effects = new ArrayList<>(table.advance(now));
            List<IPv6Address> sources = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                sources.add(IPv6Address.of(1, random.nextInt(4)));
            }
            IPv6Address group = group(random.nextInt(3));
            Id<Port> port = random.nextBoolean() ? ONE : TWO;
            Mld message =
                    switch (random.nextInt(8)) {
                        case 0 -> new Mld.Report(group);
                        case 1 -> new Mld.Done(group);
                        default -> new Mldv2Report(List.of(new GroupRecord(1 + random.nextInt(6), group, sources)));
                    };
            effects.addAll(table.reported(BLUE, port, message, now));
            for (Effect effect : effects) {
                if (effect instanceof Effect.Wants wants) {
                    SourceFilter before = told.put(List.of(wants.group(), wants.port()), wants.filter());
                    assertThat(wants.filter()).isNotEqualTo(before);
                }
            }
            told.forEach((place, filter) -> assertThat(table.entry(
                                    (NetworkAddress) place.get(0),
                                    Id.of(place.get(1).toString()))
                            .map(GroupState::filter)
                            .orElse(SourceFilter.NONE))
                    .isEqualTo(filter));
        }
        table.advance(now + 600 * SECOND);
        table.advance(now + 1200 * SECOND);
        assertThat(table.size()).isZero();
    }
}
