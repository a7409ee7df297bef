package org.flow6.core.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.flow6.core.multicast.GroupState.Kind;
import org.flow6.core.multicast.GroupState.Step;
import org.flow6.network.SourceFilter;
import org.flow6.network.SourceFilter.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The tables of RFC 3810 §7.4, and what time does (§7.2.2, §7.2.3, §7.6.3, §8.3.2). */
class GroupStateTest {
    private static final Times TIMES = Times.of(125);
    private static final long LISTENING = TimeUnit.SECONDS.toNanos(260);
    private static final long LAST = TimeUnit.SECONDS.toNanos(2);
    /** When what was known before began. */
    private static final long BEFORE = -5000;
    /** Its end. */
    private static final long OLD = LISTENING + BEFORE;

    /** Sources are letters; a group of none is "-". */
    private static Set<IPv6Address> sources(String letters) {
        return letters.chars()
                .filter(Character::isLetter)
                .mapToObj(GroupStateTest::source)
                .collect(Collectors.toSet());
    }

    private static IPv6Address source(int letter) {
        return IPv6Address.of(0x20010db800000000L, letter);
    }

    private static String letters(Iterable<IPv6Address> addresses) {
        StringBuilder letters = new StringBuilder();
        addresses.forEach(address -> letters.append((char) address.getUnsignedShortWord(7)));
        char[] sorted = letters.toString().toCharArray();
        Arrays.sort(sorted);
        return new String(sorted);
    }

    /** Such as "in ab", or "ex a|b": wanted a, blocked b. */
    private static GroupState state(String text) {
        String[] parts = text.substring(3).split("\\|", -1);
        Map<IPv6Address, Long> wanted =
                sources(parts[0]).stream().collect(Collectors.toMap(source -> source, source -> OLD));
        return text.startsWith("in")
                ? new GroupState(Mode.INCLUDE, 0, wanted, Set.of(), null)
                : new GroupState(Mode.EXCLUDE, OLD, wanted, sources(parts[1]), null);
    }

    private static String text(GroupState state) {
        return state.mode() == Mode.INCLUDE
                ? "in " + letters(state.wanted().keySet())
                : "ex " + letters(state.wanted().keySet()) + "|" + letters(state.blocked());
    }

    private static String questions(Step step) {
        List<String> questions = new ArrayList<>();
        step.questions().forEach(sources -> questions.add(sources.isEmpty() ? "group" : letters(sources)));
        return String.join(" ", questions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // RFC 3810 §7.4.1.
                "in ab ; IS_INCLUDE ; bc ; in abc   ; ''",
                "in ab ; IS_EXCLUDE ; bc ; ex b|c   ; ''",
                "ex ab|cd; IS_INCLUDE ; bce ; ex abce|d ; ''",
                "ex ab|cd; IS_EXCLUDE ; bce ; ex be|c ; ''",
                // §7.4.2.
                "in ab ; ALLOW      ; bc ; in abc   ; ''",
                "in ab ; BLOCK      ; bc ; in ab    ; b",
                "in ab ; TO_EXCLUDE ; bc ; ex b|c   ; b",
                "in ab ; TO_INCLUDE ; bc ; in abc   ; a",
                "ex ab|cd; ALLOW      ; bce ; ex abce|d ; ''",
                "ex ab|cd; BLOCK      ; bce ; ex abe|cd ; be",
                "ex ab|cd; TO_EXCLUDE ; bce ; ex be|c ; be",
                "ex ab|cd; TO_INCLUDE ; bce ; ex abce|d ; a group",
                // A listener that comes and one that goes, of any source.
                "in - ; IS_EXCLUDE ; - ; ex | ; ''",
                "in - ; TO_EXCLUDE ; - ; ex | ; ''",
                "ex | ; TO_INCLUDE ; - ; ex | ; group",
                "in ab ; TO_INCLUDE ; - ; in ab ; ab",
            })
    void followsTheTables(String before, String kind, String sources, String after, String questions) {
        Step step = state(before).record(Kind.valueOf(kind), sources(sources), TIMES, 0);
        assertThat(text(step.next())).isEqualTo(after.strip());
        assertThat(questions(step)).isEqualTo(questions);
    }

    @Test
    void timersAreThoseOfTheTables() {
        GroupState included =
                state("in ab").record(Kind.ALLOW, sources("bc"), TIMES, 0).next();
        assertThat(included.wanted())
                .containsEntry(source('a'), OLD)
                .containsEntry(source('b'), LISTENING)
                .containsEntry(source('c'), LISTENING);
        GroupState again = state("ex ab|cd")
                .record(Kind.IS_EXCLUDE, sources("bce"), TIMES, 0)
                .next();
        assertThat(again.filterUntil()).isEqualTo(LISTENING);
        assertThat(again.wanted()).containsEntry(source('b'), OLD).containsEntry(source('e'), LISTENING);
        GroupState changed = state("ex ab|cd")
                .record(Kind.TO_EXCLUDE, sources("bce"), TIMES, 0)
                .next();
        assertThat(changed.filterUntil()).isEqualTo(LISTENING);
        assertThat(changed.wanted()).containsEntry(source('b'), LAST).containsEntry(source('e'), LAST);
        GroupState left =
                state("ex |").record(Kind.TO_INCLUDE, Set.of(), TIMES, 0).next();
        assertThat(left.filterUntil()).isEqualTo(LAST);
        assertThat(left.awaits(List.of(), TIMES, 0)).isTrue();
        assertThat(left.record(Kind.IS_EXCLUDE, Set.of(), TIMES, 1).next().awaits(List.of(), TIMES, 1))
                .isFalse();
    }

    @Test
    void timeTakesAwayWhatNobodyWantsAnyMore() {
        GroupState included =
                state("in ab").record(Kind.ALLOW, sources("b"), TIMES, 0).next();
        assertThat(included.deadline()).contains(OLD);
        assertThat(text(included.advance(OLD - 1))).isEqualTo("in ab");
        assertThat(text(included.advance(OLD))).isEqualTo("in b");
        assertThat(included.advance(LISTENING).filter()).isEqualTo(SourceFilter.NONE);
        GroupState excluded =
                state("ex a|b").record(Kind.IS_EXCLUDE, sources("ab"), TIMES, 0).next();
        assertThat(text(excluded.advance(OLD))).isEqualTo("ex |ab");
        GroupState returning =
                state("ex a|b").record(Kind.ALLOW, sources("c"), TIMES, 0).next();
        assertThat(text(returning.advance(OLD))).isEqualTo("in c");
    }

    @Test
    void whatIsWantedIsWhatIsForwarded() {
        assertThat(state("ex a|b").filter()).isEqualTo(SourceFilter.of(Mode.EXCLUDE, sources("b")));
        assertThat(state("in ab").filter()).isEqualTo(SourceFilter.of(Mode.INCLUDE, sources("ab")));
    }

    /** RFC 3810 §8.3.2: a listener of version 1 can name no sources, and none of its are to be cut off. */
    @Test
    void listenersOfVersion1AreNotCutOff() {
        GroupState older = GroupState.NONE.olderReport(TIMES, 0).next();
        assertThat(text(older)).isEqualTo("ex |");
        assertThat(older.record(Kind.BLOCK, sources("a"), TIMES, 1)).isEqualTo(new Step(older, List.of()));
        Step excluding = older.record(Kind.TO_EXCLUDE, sources("a"), TIMES, 1);
        assertThat(text(excluding.next())).isEqualTo("ex |");
        assertThat(excluding.questions()).isEmpty();
        GroupState later =
                older.record(Kind.IS_EXCLUDE, Set.of(), TIMES, LISTENING - 1).next();
        assertThat(text(later.record(Kind.TO_EXCLUDE, sources("a"), TIMES, LISTENING)
                        .next()
                        .advance(LISTENING + LAST)))
                .isEqualTo("ex |a");
    }

    @Test
    void whatWasKnownBeforeHasAllItsTime() {
        for (SourceFilter filter : List.of(
                SourceFilter.ALL,
                SourceFilter.of(Mode.EXCLUDE, sources("ab")),
                SourceFilter.of(Mode.INCLUDE, sources("ab")))) {
            GroupState restored = GroupState.restored(filter, TIMES, 0);
            assertThat(restored.filter()).isEqualTo(filter);
            assertThat(restored.deadline()).contains(LISTENING);
        }
    }
}
