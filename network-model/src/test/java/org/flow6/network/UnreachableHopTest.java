package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.IPAddress;

/** Next hops that were found to be unreachable: kept as facts, one for each switch. */
class UnreachableHopTest {
    private static UnreachableHop hop(String address, long seenBy) {
        return new UnreachableHop(new NetworkAddress(Id.of("blue"), IPAddress.of(address)), DatapathId.of(seenBy));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1, 1", "10.0.0.1, 2", "fe80::1, -1"})
    void isReadBackFromItsFact(String address, long seenBy) {
        UnreachableHop hop = hop(address, seenBy);
        assertThat(UnreachableHop.of(hop.fact())).contains(hop);
    }

    @Test
    void eachSwitchHasItsOwn() {
        Facts facts = Facts.NONE
                .with(Facts.Change.remember(hop("2001:db8::1", 1).fact()))
                .with(Facts.Change.remember(hop("2001:db8::1", 2).fact()));
        assertThat(UnreachableHop.among(facts)).containsExactlyInAnyOrder(hop("2001:db8::1", 1), hop("2001:db8::1", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2001:db8::1",
                "2001:db8::1 1",
                "2001:DB8::1 00:00:00:00:00:00:00:01",
                "x 00:00:00:00:00:00:00:01"
            })
    void isNotReadFromWhatNobodyWroteLikeThat(String name) {
        Fact.Key key = new Fact.Key(UnreachableHop.KIND, Id.of("blue"), name);
        assertThat(UnreachableHop.of(new Fact(key, "", Optional.empty()))).isEmpty();
    }
}
