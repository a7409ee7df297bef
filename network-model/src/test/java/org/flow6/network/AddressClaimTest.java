package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.types.IPv6Address;

class AddressClaimTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Instant SINCE = Instant.parse("2026-11-21T03:04:05.678Z");

    private static Fact fact(String name, String value) {
        return new Fact(new Fact.Key(AddressClaim.KIND, BLUE, name), value, Optional.empty());
    }

    @Test
    void isAFact() {
        AddressClaim claim = new AddressClaim(BLUE, IPv6Address.of("2001:db8::7"), Id.of("vm 1"), SINCE);
        assertThat(claim.fact()).isEqualTo(fact("2001:db8::7 vm 1", "2026-11-21T03:04:05.678Z"));
        assertThat(AddressClaim.of(claim.fact())).contains(claim);
        assertThat(claim.key()).isEqualTo(claim.fact().key());
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::7, 2026-11-21T03:04:05Z",
        "'2001:db8::7 ', 2026-11-21T03:04:05Z",
        "'2001:db8::7 vm', yesterday",
        "'2001:db8::7 vm', ''",
        "'2001:DB8::7 vm', 2026-11-21T03:04:05Z",
        "'2001:db8::07 vm', 2026-11-21T03:04:05Z",
        "'2001:db8::7/64 vm', 2026-11-21T03:04:05Z",
        "'192.0.2.1 vm', 2026-11-21T03:04:05Z",
        "'ff02::1 vm', 2026-11-21T03:04:05Z",
        "':: vm', 2026-11-21T03:04:05Z",
        "'::1 vm', 2026-11-21T03:04:05Z",
        "' vm', 2026-11-21T03:04:05Z",
        "'2001:db8::7 vm', 2026-11-21T03:04:05.000Z",
        "'', ''",
    })
    void isNoFactThatNobodyWroteLikeThis(String name, String value) {
        assertThat(AddressClaim.of(fact(name, value))).isEmpty();
    }

    @Test
    void isNoFactOfAnotherKindOrOneThatEnds() {
        Fact fact = new AddressClaim(BLUE, IPv6Address.of("2001:db8::7"), Id.of("vm"), SINCE).fact();
        Fact.Key other = new Fact.Key("other", BLUE, fact.key().name());
        assertThat(AddressClaim.of(new Fact(other, fact.value(), Optional.empty())))
                .isEmpty();
        assertThat(AddressClaim.of(new Fact(fact.key(), fact.value(), Optional.of(SINCE))))
                .isEmpty();
    }

    @Test
    void isReadFromAnyTextWithoutAnError() {
        SplittableRandom random = new SplittableRandom(1);
        String letters = "0123456789abcdefA:. -TZ/%é\0";
        for (int i = 0; i < 100_000; i++) {
            String name = text(random, letters) + (random.nextBoolean() ? " vm" : "");
            String value = random.nextBoolean() ? SINCE.toString() : text(random, letters);
            Fact fact = fact(name, value);
            AddressClaim.of(fact).ifPresent(claim -> assertThat(claim.fact()).isEqualTo(fact));
        }
    }

    private static String text(SplittableRandom random, String letters) {
        return random.ints(random.nextInt(12), 0, letters.length())
                .mapToObj(at -> letters.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    @Test
    void isToAnAddressThatAHostMayHave() {
        assertThatThrownBy(() -> new AddressClaim(BLUE, IPv6Address.of("ff02::1"), Id.of("vm"), SINCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("claim to ff02::1");
    }
}
