package org.flow6.core.neighbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.flow6.core.neighbor.CacheEntry.Event;
import org.flow6.core.neighbor.CacheEntry.Output;
import org.flow6.core.neighbor.CacheEntry.State;
import org.flow6.core.neighbor.CacheEntry.Step;
import org.flow6.core.neighbor.CacheEntry.Times;
import org.flow6.network.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.projectfloodlight.openflow.types.MacAddress;

/** RFC 4861's appendix C row by row, §7.2.3, §7.2.5, and the times of §10. */
class CacheEntryTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long REACHABLE = 20 * SECOND;
    private static final Times TIMES = new Times(REACHABLE, CacheEntry.RETRANSMIT);
    private static final LinkAddress CACHED = new LinkAddress(MacAddress.of("02:00:00:00:00:01"), Id.of("p"));
    private static final LinkAddress OTHER = new LinkAddress(MacAddress.of("02:00:00:00:00:02"), Id.of("p"));
    private static final LinkAddress ELSEWHERE = new LinkAddress(CACHED.mac(), Id.of("q"));

    private static CacheEntry in(State state) {
        return state == State.INCOMPLETE
                ? CacheEntry.incomplete(NOW)
                : new CacheEntry(state, CACHED, state == State.PROBE ? 1 : 0, NOW + 3 * SECOND);
    }

    private static Event advertised(Optional<LinkAddress> address, boolean solicited, boolean override) {
        return new Event.Advertised(address, solicited, override);
    }

    private static Step step(State state, Event event) {
        return in(state).step(event, NOW, TIMES);
    }

    private static void assertBecomes(Step step, State state, LinkAddress address, Output... outputs) {
        assertThat(step.next()).get().extracting(CacheEntry::state).isEqualTo(state);
        assertThat(step.next()).get().extracting(CacheEntry::address).isEqualTo(address);
        assertThat(step.outputs()).containsExactly(outputs);
    }

    private static void assertUnchanged(State state, Event event) {
        assertThat(step(state, event)).isEqualTo(new Step(Optional.of(in(state)), List.of()));
    }

    @Test
    void isAskedThreeTimesASecondApartAndThenGivenUp() {
        CacheEntry entry = CacheEntry.incomplete(NOW);
        for (int asked = 2; asked <= 3; asked++) {
            assertThat(entry.deadline()).isEqualTo(NOW + (asked - 1) * SECOND);
            Step step = entry.step(new Event.TimeOut(), entry.deadline(), TIMES);
            assertThat(step.outputs()).containsExactly(Output.ASK_ALL);
            entry = step.next().orElseThrow();
            assertThat(entry.state()).isEqualTo(State.INCOMPLETE);
        }
        assertThat(entry.deadline()).isEqualTo(NOW + 3 * SECOND);
        assertThat(entry.step(new Event.TimeOut(), entry.deadline(), TIMES))
                .isEqualTo(new Step(Optional.empty(), List.of(Output.UNREACHABLE)));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true"})
    void isStaleWhenTheFirstAdvertisementWasNotAskedFor(boolean solicited, boolean override) {
        Step step = step(State.INCOMPLETE, advertised(Optional.of(CACHED), solicited, override));
        assertBecomes(step, State.STALE, CACHED, Output.LEARN, Output.SEND_WAITING);
        assertThat(step.next().orElseThrow().deadline()).isEqualTo(NOW + CacheEntry.IDLE);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void isReachableWhenItAnswers(boolean override) {
        Step step = step(State.INCOMPLETE, advertised(Optional.of(CACHED), true, override));
        assertBecomes(step, State.REACHABLE, CACHED, Output.LEARN, Output.SEND_WAITING);
        assertThat(step.next().orElseThrow().deadline()).isEqualTo(NOW + REACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void isNotResolvedByWhatNamesNoLinkLayerAddress(boolean solicited, boolean override) {
        assertUnchanged(State.INCOMPLETE, advertised(Optional.empty(), solicited, override));
    }

    @Test
    void isStaleWhenItAsksBeforeItAnswers() {
        assertBecomes(
                step(State.INCOMPLETE, new Event.Solicited(CACHED)),
                State.STALE,
                CACHED,
                Output.LEARN,
                Output.SEND_WAITING);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOMPLETE")
    void isReachableBySolicitedOfTheSameAddress(State state) {
        for (boolean override : List.of(false, true)) {
            Step step = step(state, advertised(Optional.of(CACHED), true, override));
            assertBecomes(step, State.REACHABLE, CACHED);
            assertThat(step.next().orElseThrow().deadline()).isEqualTo(NOW + REACHABLE);
        }
    }

    /** As §7.2.5 has it; appendix C would leave it unchanged. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOMPLETE")
    void isReachableBySolicitedOfNoAddress(State state) {
        assertBecomes(step(state, advertised(Optional.empty(), true, false)), State.REACHABLE, CACHED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOMPLETE")
    void isUnchangedByUnsolicitedOfNoAddress(State state) {
        assertUnchanged(state, advertised(Optional.empty(), false, false));
        assertUnchanged(state, advertised(Optional.empty(), false, true));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void isStaleAndWhereItWasWhenAnotherAddressIsSaidWithoutOverride(boolean solicited) {
        assertBecomes(step(State.REACHABLE, advertised(Optional.of(OTHER), solicited, false)), State.STALE, CACHED);
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "DELAY", "PROBE"})
    void isUnchangedByAnotherAddressWithoutOverride(State state) {
        assertUnchanged(state, advertised(Optional.of(OTHER), true, false));
        assertUnchanged(state, advertised(Optional.of(OTHER), false, false));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOMPLETE")
    void followsWhatOverrides(State state) {
        for (LinkAddress next : List.of(OTHER, ELSEWHERE)) {
            assertBecomes(step(state, advertised(Optional.of(next), true, true)), State.REACHABLE, next, Output.LEARN);
            assertBecomes(step(state, advertised(Optional.of(next), false, true)), State.STALE, next, Output.LEARN);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOMPLETE")
    void isUnchangedByUnsolicitedOfTheSameAddress(State state) {
        assertUnchanged(state, advertised(Optional.of(CACHED), false, true));
        assertUnchanged(state, advertised(Optional.of(CACHED), false, false));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOMPLETE")
    void isStaleWhenItAsksFromAnotherAddress(State state) {
        assertUnchanged(state, new Event.Solicited(CACHED));
        assertBecomes(step(state, new Event.Solicited(OTHER)), State.STALE, OTHER, Output.LEARN);
    }

    @Test
    void isStaleAfterItsTime() {
        Step step = step(State.REACHABLE, new Event.TimeOut());
        assertBecomes(step, State.STALE, CACHED);
        assertThat(step.next().orElseThrow().deadline()).isEqualTo(NOW + CacheEntry.IDLE);
    }

    @Test
    void isForgottenAfterALongTimeWithoutUse() {
        assertThat(step(State.STALE, new Event.TimeOut())).isEqualTo(new Step(Optional.empty(), List.of()));
    }

    @Test
    void isGivenFiveSecondsOnceItIsUsedAndThenProbedThreeTimes() {
        CacheEntry entry = step(State.STALE, new Event.Used()).next().orElseThrow();
        assertThat(entry.state()).isEqualTo(State.DELAY);
        assertThat(entry.deadline()).isEqualTo(NOW + 5 * SECOND);
        for (int probes = 1; probes <= 3; probes++) {
            Step step = entry.step(new Event.TimeOut(), entry.deadline(), TIMES);
            assertBecomes(step, State.PROBE, CACHED, Output.ASK_ALONE);
            assertThat(step.next().orElseThrow().deadline()).isEqualTo(entry.deadline() + SECOND);
            entry = step.next().orElseThrow();
        }
        assertThat(entry.step(new Event.TimeOut(), entry.deadline(), TIMES))
                .isEqualTo(new Step(Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "DELAY"})
    void isProbedAtOnceWhenItIsDoubted(State state) {
        Step step = step(state, new Event.Doubted());
        assertBecomes(step, State.PROBE, CACHED, Output.ASK_ALONE);
        assertThat(step.next().orElseThrow().deadline()).isEqualTo(NOW + CacheEntry.RETRANSMIT);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"STALE", "DELAY"})
    void isUnchangedByDoubtWhereItIsAskedOrSure(State state) {
        assertUnchanged(state, new Event.Doubted());
    }

    @Test
    void isAskedForAtOnceWhenAPacketComesForOneThatIsMissing() {
        Step step = CacheEntry.missing(NOW + SECOND).step(new Event.Used(), NOW, TIMES);
        assertThat(step).isEqualTo(new Step(Optional.of(CacheEntry.incomplete(NOW)), List.of(Output.ASK_ALL)));
    }

    @Test
    void isAskedAllQuestionsAnewThatNobodyCouldHear() {
        CacheEntry probed = new CacheEntry(State.PROBE, CACHED, CacheEntry.MOST_ASKED, NOW - SECOND);
        assertThat(probed.unasked(NOW)).isEqualTo(new CacheEntry(State.PROBE, CACHED, 0, NOW));
        assertThat(in(State.STALE).unasked(NOW)).isEqualTo(in(State.STALE));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STALE")
    void isUnchangedByUseUnlessItIsStale(State state) {
        assertUnchanged(state, new Event.Used());
    }
}
