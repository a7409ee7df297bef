package org.flow6.core.neighbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.flow6.core.neighbor.CacheEntry.Event;
import org.flow6.core.neighbor.CacheEntry.State;
import org.flow6.core.neighbor.NeighborTable.Effect;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.PortKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** Which packets wait, which give way, and for whom there is room. */
class NeighborTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Id<Network> RED = Id.of("red");
    private static final PortKey ASKER = new PortKey(1);
    private static final PortKey OTHER = new PortKey(2);
    private static final LinkAddress WHERE = new LinkAddress(MacAddress.of("02:00:00:00:00:01"), Id.of("p"));

    private final NeighborTable<String> table = new NeighborTable<>(() -> CacheEntry.REACHABLE);

    private static NetworkAddress at(Id<Network> network, int number) {
        return new NetworkAddress(network, IPv6Address.of(0x20010db800000000L, number));
    }

    private static Event answer() {
        return new Event.Advertised(Optional.of(WHERE), true, true);
    }

    private void resolve(Id<Network> network, int from, int to) {
        for (int i = from; i < to; i++) {
            table.send(at(network, i), "first", ASKER, 0);
            table.on(at(network, i), answer(), 0);
        }
    }

    private int size() {
        return table.counts().values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void theOldestPacketGivesWay() {
        NetworkAddress neighbor = at(BLUE, 1);
        assertThat(table.send(neighbor, "a", ASKER, 0)).containsExactly(new Effect.AskAll<>(neighbor));
        assertThat(table.send(neighbor, "b", ASKER, 0)).isEmpty();
        assertThat(table.send(neighbor, "c", ASKER, 0)).isEmpty();
        assertThat(table.send(neighbor, "d", ASKER, 0)).containsExactly(new Effect.QueueFull<>(neighbor, "a"));
        assertThat(table.on(neighbor, answer(), 0))
                .containsExactly(
                        new Effect.Learn<>(neighbor, WHERE),
                        new Effect.Send<>(neighbor, WHERE, "b"),
                        new Effect.Send<>(neighbor, WHERE, "c"),
                        new Effect.Send<>(neighbor, WHERE, "d"));
        assertThat(table.send(neighbor, "e", ASKER, 0)).containsExactly(new Effect.Send<>(neighbor, WHERE, "e"));
    }

    @Test
    void everyPacketThatWaitsIsAnsweredWhenNobodyIsThere() {
        NetworkAddress neighbor = at(BLUE, 1);
        table.send(neighbor, "a", ASKER, 0);
        table.send(neighbor, "b", ASKER, 0);
        assertThat(table.advance(SECOND - 1)).isEmpty();
        assertThat(table.advance(SECOND)).containsExactly(new Effect.AskAll<>(neighbor));
        assertThat(table.advance(2 * SECOND)).containsExactly(new Effect.AskAll<>(neighbor));
        assertThat(table.advance(3 * SECOND))
                .containsExactly(new Effect.Unreachable<>(neighbor, "a"), new Effect.Unreachable<>(neighbor, "b"));
        assertThat(table.entry(neighbor)).isEmpty();
        assertThat(table.nextDeadline()).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsNotLearned() {
        assertThat(table.on(at(BLUE, 1), answer(), 0)).isEmpty();
        assertThat(size()).isZero();
    }

    @Test
    void aNeighborThatDoesNotAnswerProbesIsForgotten() {
        NetworkAddress neighbor = at(BLUE, 1);
        resolve(BLUE, 1, 2);
        assertThat(table.advance(CacheEntry.REACHABLE)).containsExactly(new Effect.Watch<>(neighbor));
        long used = CacheEntry.REACHABLE + SECOND;
        table.on(neighbor, new Event.Used(), used);
        for (int i = 0; i < 3; i++) {
            assertThat(table.advance(used + CacheEntry.DELAY + i * SECOND))
                    .containsExactly(new Effect.AskAlone<>(neighbor, WHERE));
        }
        assertThat(table.advance(used + CacheEntry.DELAY + 3 * SECOND)).containsExactly(new Effect.Forget<>(neighbor));
    }

    @Test
    void oneThatIsWatchedIsAskedForUntilItAnswersAndThenAgainAndAgain() {
        NetworkAddress hop = at(BLUE, 1);
        long half = NeighborTable.WATCH_RETRANSMIT;
        assertThat(table.watch(Set.of(hop), 0)).containsExactly(new Effect.AskAll<>(hop));
        assertThat(table.watch(Set.of(hop), 0)).isEmpty();
        assertThat(table.advance(half)).containsExactly(new Effect.AskAll<>(hop));
        assertThat(table.advance(2 * half)).containsExactly(new Effect.AskAll<>(hop));
        assertThat(table.advance(3 * half)).containsExactly(new Effect.Lost<>(hop));
        assertThat(table.advance(3 * half + NeighborTable.WATCH_PAUSE)).containsExactly(new Effect.AskAll<>(hop));
        long found = 10 * SECOND;
        assertThat(table.on(hop, answer(), found))
                .containsExactly(new Effect.Learn<>(hop, WHERE), new Effect.Found<>(hop));
        assertThat(table.advance(found + SECOND)).containsExactly(new Effect.AskAlone<>(hop, WHERE));
        assertThat(table.on(hop, answer(), found + SECOND)).containsExactly(new Effect.Found<>(hop));
    }

    @Test
    void oneThatIsWatchedAndFallsSilentIsForgottenAndAskedFor() {
        NetworkAddress hop = at(BLUE, 1);
        table.watch(Set.of(hop), 0);
        table.on(hop, answer(), 0);
        long now = SECOND;
        for (int i = 0; i < 3; i++) {
            assertThat(table.advance(now)).containsExactly(new Effect.AskAlone<>(hop, WHERE));
            now += NeighborTable.WATCH_RETRANSMIT;
        }
        assertThat(table.advance(now)).containsExactly(new Effect.Forget<>(hop), new Effect.Lost<>(hop));
        assertThat(table.advance(now)).containsExactly(new Effect.AskAll<>(hop));
        assertThat(table.send(hop, "waits", ASKER, now)).isEmpty();
        assertThat(table.watch(Set.of(), now)).isEmpty();
        assertThat(table.advance(now + 10 * SECOND)).containsExactly(new Effect.AskAll<>(hop));
    }

    @Test
    void oneThatIsWatchedIsNotDisplaced() {
        NetworkAddress hop = at(RED, 1);
        table.watch(Set.of(hop), 0);
        for (int i = 0; i < 2 * NeighborTable.MOST; i++) {
            table.send(at(BLUE, i), "scan", ASKER, 0);
        }
        assertThat(table.entry(hop)).isPresent();
        assertThat(size()).isEqualTo(NeighborTable.MOST);
    }

    @Test
    void whatCouldNotBeHeardIsAskedAgain() {
        NetworkAddress hop = at(BLUE, 1);
        table.watch(Set.of(hop), 0);
        table.advance(SECOND);
        table.advance(2 * SECOND);
        assertThat(table.askAgain(9 * SECOND)).containsExactly(new Effect.AskAll<>(hop));
    }

    @Test
    void oneThatWasKnownEarlierIsWatched() {
        NetworkAddress neighbor = at(BLUE, 1);
        assertThat(table.remember(neighbor, WHERE, ASKER, 0)).containsExactly(new Effect.Watch<>(neighbor));
        assertThat(table.remember(neighbor, WHERE, ASKER, 0)).isEmpty();
        assertThat(table.in(State.STALE)).containsExactly(neighbor);
        assertThat(table.forget(neighbor, 0)).containsExactly(new Effect.Forget<>(neighbor));
    }

    @Test
    void aScanTakesNoPlaceFromWhoAnswers() {
        resolve(BLUE, 0, 500);
        for (int i = 0; i < 5000; i++) {
            table.send(at(BLUE, 10_000 + i), "scan", OTHER, 0);
            assertThat(size()).isLessThanOrEqualTo(NeighborTable.MOST);
        }
        assertThat(table.in(State.REACHABLE)).hasSize(500);
    }

    @Test
    void aScanTakesNoPlaceFromAnotherPortsQuestions() {
        for (int i = 0; i < 20; i++) {
            table.send(at(BLUE, i), "packet", ASKER, 0);
        }
        for (int i = 0; i < 5000; i++) {
            table.send(at(BLUE, 10_000 + i), "scan", OTHER, 0);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(table.entry(at(BLUE, i))).isPresent();
        }
    }

    @Test
    void aTableOfThoseInUseTakesNoMoreOfTheirNetwork() {
        resolve(BLUE, 0, NeighborTable.MOST);
        assertThat(table.send(at(BLUE, 5000), "late", OTHER, 0))
                .containsExactly(new Effect.TableFull<>(at(BLUE, 5000), "late"));
        assertThat(table.in(State.REACHABLE)).hasSize(NeighborTable.MOST);
    }

    @Test
    void aNetworkWithManyMakesRoomForOneWithFew() {
        resolve(BLUE, 0, NeighborTable.MOST);
        resolve(RED, 0, 10);
        assertThat(table.in(State.REACHABLE)).hasSize(NeighborTable.MOST);
        for (int i = 0; i < 10; i++) {
            assertThat(table.entry(at(RED, i))).isPresent();
        }
        resolve(RED, 10, 2000);
        Map<Id<Network>, Integer> sizes = new HashMap<>();
        table.in(State.REACHABLE).forEach(neighbor -> sizes.merge(neighbor.network(), 1, Integer::sum));
        assertThat(sizes.get(BLUE)).isBetween(NeighborTable.MOST / 2 - 1, NeighborTable.MOST / 2 + 1);
    }

    @Test
    void staleOnesGiveWayToNewOnes() {
        resolve(BLUE, 0, NeighborTable.MOST);
        table.advance(CacheEntry.REACHABLE);
        List<Effect<String>> effects = table.send(at(RED, 1), "new", OTHER, CacheEntry.REACHABLE + 1);
        assertThat(effects)
                .hasSize(2)
                .anySatisfy(effect -> assertThat(effect).isInstanceOf(Effect.Forget.class))
                .contains(new Effect.AskAll<>(at(RED, 1)));
        assertThat(size()).isEqualTo(NeighborTable.MOST);
    }

    /** Every packet is sent, answered, dropped or waits; what is learned and not forgotten is what the table knows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingIsLost(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> open = new ArrayList<>();
        Map<NetworkAddress, LinkAddress> flows = new HashMap<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(SECOND / 50);
            NetworkAddress neighbor = at(random.nextBoolean() ? BLUE : RED, random.nextInt(900));
            List<Effect<String>> effects;
            if (random.nextInt(3) == 0) {
                String packet = "packet " + step;
                open.add(packet);
                effects = table.send(neighbor, packet, new PortKey(1 + random.nextInt(3)), now);
            } else {
                effects = event(random, neighbor, now);
            }
            effects.forEach(effect -> note(effect, open, flows));
            assertThat(size()).isLessThanOrEqualTo(NeighborTable.MOST);
        }
        Map<NetworkAddress, LinkAddress> known = new HashMap<>();
        for (Id<Network> network : List.of(BLUE, RED)) {
            for (int i = 0; i < 900; i++) {
                NetworkAddress neighbor = at(network, i);
                table.entry(neighbor)
                        .filter(entry -> entry.state() != State.INCOMPLETE)
                        .ifPresent(entry -> known.put(neighbor, entry.known()));
            }
        }
        assertThat(flows).isEqualTo(known);
        int unresolved = table.in(State.INCOMPLETE).size();
        assertThat(open).hasSizeBetween(unresolved, NeighborTable.MOST_WAITING * unresolved);
        for (int i = 0; i < 4; i++) {
            now += SECOND;
            table.advance(now).forEach(effect -> note(effect, open, flows));
        }
        assertThat(open).isEmpty();
    }

    private List<Effect<String>> event(SplittableRandom random, NetworkAddress neighbor, long now) {
        LinkAddress said = new LinkAddress(WHERE.mac(), Id.of("p" + random.nextInt(2)));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                table.on(
                        neighbor,
                        new Event.Advertised(
                                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(said),
                                random.nextBoolean(),
                                random.nextBoolean()),
                        now);
            case 3 -> table.on(neighbor, new Event.Solicited(said), now);
            case 4 -> table.on(neighbor, new Event.Used(), now);
            case 5 -> random.nextInt(10) == 0 ? table.forget(neighbor, 0) : List.of();
            default -> table.advance(now);
        };
    }

    private static void note(Effect<String> effect, List<String> open, Map<NetworkAddress, LinkAddress> flows) {
        if (effect instanceof Effect.Learn<String> learned) {
            flows.put(learned.neighbor(), learned.address());
        } else if (effect instanceof Effect.Forget<String> forgotten) {
            assertThat(flows.remove(forgotten.neighbor())).isNotNull();
        } else if (effect instanceof Effect.Send<String> send) {
            assertThat(flows.get(send.neighbor())).isEqualTo(send.address());
            assertThat(open.remove(send.packet())).isTrue();
        } else if (effect instanceof Effect.Unreachable<String> unreachable) {
            assertThat(open.remove(unreachable.packet())).isTrue();
        } else if (effect instanceof Effect.QueueFull<String> full) {
            assertThat(open.remove(full.packet())).isTrue();
        } else if (effect instanceof Effect.TableFull<String> full) {
            assertThat(open.remove(full.packet())).isTrue();
        }
    }
}
