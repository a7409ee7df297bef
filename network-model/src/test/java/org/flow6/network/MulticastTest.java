package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.flow6.network.SourceFilter.Mode;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Filters, and what is kept of listeners. */
class MulticastTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final IPv6Address GROUP = IPv6Address.of("ff15::77");
    private static final IPv6Address A = IPv6Address.of("2001:db8::a");
    private static final IPv6Address B = IPv6Address.of("2001:db8::b");
    private static final List<Receiver> RECEIVERS = List.of(
            new Receiver.OnPort(Id.of("vm1")),
            new Receiver.OnPort(Id.of("a name / with host/ and spaces")),
            new Receiver.OnHost(Id.of("hostB")));

    private static IPv6Address source(int number) {
        return IPv6Address.of(0x20010db800000000L, number);
    }

    @Test
    void factsTellListenersAndRoles() {
        for (Receiver at : RECEIVERS) {
            for (SourceFilter filter : List.of(
                    SourceFilter.ALL,
                    SourceFilter.of(Mode.INCLUDE, List.of(B, A)),
                    SourceFilter.of(Mode.EXCLUDE, List.of(A)))) {
                MulticastListener listener = new MulticastListener(BLUE, GROUP, at, filter);
                assertThat(MulticastListener.of(listener.fact())).contains(listener);
            }
            for (MulticastRole.Kind kind : MulticastRole.Kind.values()) {
                MulticastRole role = new MulticastRole(BLUE, at, kind);
                assertThat(MulticastRole.of(role.fact())).contains(role);
            }
        }
    }

    @Test
    void whatNobodyWroteIsNoListener() {
        for (String name : List.of("", "ff15::77", "ff15::77 vm1", "nonsense port/vm1", "2001:db8::1 port/vm1")) {
            for (String value : List.of("exclude", "", "sometimes", "include nonsense", "include")) {
                Fact fact = new Fact(new Fact.Key(MulticastListener.KIND, BLUE, name), value, Optional.empty());
                assertThat(MulticastListener.of(fact)).as(name + " " + value).isEmpty();
            }
        }
        assertThat(MulticastRole.of(
                        new Fact(new Fact.Key(MulticastRole.KIND, BLUE, "port/vm1"), "king", Optional.empty())))
                .isEmpty();
        assertThatThrownBy(() -> new MulticastListener(BLUE, A, RECEIVERS.get(0), SourceFilter.ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MulticastListener(BLUE, GROUP, RECEIVERS.get(0), SourceFilter.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 3810 §4.2: whoever one of two wants, both together want. */
    @Test
    void twoFiltersTogetherWantWhatOneOfThemWants() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            SourceFilter one = filter(random);
            SourceFilter other = filter(random);
            SourceFilter both = one.or(other);
            assertThat(both.wantsOthers()).isEqualTo(one.wantsOthers() || other.wantsOthers());
            for (int number = 0; number < 5; number++) {
                IPv6Address source = source(number);
                assertThat(both.wants(source)).isEqualTo(one.wants(source) || other.wants(source));
            }
        }
    }

    private static SourceFilter filter(SplittableRandom random) {
        return SourceFilter.of(
                random.nextBoolean() ? Mode.INCLUDE : Mode.EXCLUDE,
                IntStream.range(0, 4)
                        .filter(number -> random.nextBoolean())
                        .mapToObj(MulticastTest::source)
                        .toList());
    }

    /** RFC 3810 §7.6.2: the lowest address asks, and that is to be a router's, if there is one. */
    @Test
    void flow6AsksFromAHighAddress() {
        Snooper one = Snooper.on(new NetworkKey(0x123456));
        assertThat(one.address()).isEqualTo(IPv6Address.of("fe80::fcf6:ff:fe12:3456"));
        assertThat(one.mac().isMulticast()).isFalse();
        assertThat(one.address()).isGreaterThan(IPv6Address.of("fe80::2ff:ffff:feff:ffff"));
    }
}
