package org.flow6.apps.secgroup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.flow6.flow.Answer;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.network.AddressClaim;
import org.flow6.network.Facts;
import org.flow6.network.NetworkSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Whoever claims whatever, no address is of two ports, none has too many, and what is remembered is what passes. */
class ClaimsRandomTest {
    private static final List<String> PORTS = List.of("vm1", "vm2", "upstream", "elsewhere");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void areOfOnePortEach(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NetworkSnapshot snapshot = GuardNets.UNCLAIMED;
        Facts facts = Facts.NONE;
        for (int step = 0; step < 500; step++) {
            String port = PORTS.get(random.nextInt(PORTS.size()));
            String target =
                    (random.nextBoolean() ? "fe80::1:" : "2001:db8:1::1:") + Integer.toHexString(random.nextInt(60));
            Moment moment = new Moment(GuardNets.NOW.plusSeconds(step), facts);
            if (ClaimAnswer.answer(
                            GuardNets.from(snapshot, port, ClaimAnswerTest.check(port, target)), snapshot, moment)
                    instanceof Answer.Result.Send send) {
                facts = facts.with(send.facts());
            }
            check(facts);
        }
        Map<IPv6Address, AddressClaim> claims = check(facts);
        assertThat(claims).hasSizeGreaterThan(60);
        NetworkSnapshot claimed = GuardNets.claimed(claims.values().toArray(AddressClaim[]::new));
        for (AddressClaim claim : claims.values()) {
            assertThat(claimed.port(claim.port()).orElseThrow().claimed()).contains(claim.address());
        }
        assertThat(GoldenFlows.flows(new SourceGuard(), claimed))
                .hasSize(GoldenFlows.flows(new SourceGuard(), GuardNets.UNCLAIMED)
                                .size()
                        + 2
                                * (int) claims.values().stream()
                                        .filter(claim ->
                                                !claim.port().toString().equals("elsewhere"))
                                        .count());
    }

    private static Map<IPv6Address, AddressClaim> check(Facts facts) {
        List<AddressClaim> claims = facts.all()
                .map(AddressClaim::of)
                .map(claim -> claim.orElseThrow())
                .toList();
        assertThat(claims.stream().collect(Collectors.groupingBy(AddressClaim::port, Collectors.counting())))
                .allSatisfy((port, count) -> assertThat(count).isLessThanOrEqualTo(ClaimAnswer.MOST));
        return claims.stream().collect(Collectors.toMap(AddressClaim::address, claim -> claim));
    }
}
