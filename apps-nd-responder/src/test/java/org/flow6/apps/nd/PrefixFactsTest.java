package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flow6.apps.nd.RouterNets.options;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flow6.flow.GoldenFlows;
import org.flow6.flow.Moment;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkView;
import org.flow6.packets.PrefixInformation;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Withdrawn prefixes (RFC 9096 §3.5). */
class PrefixFactsTest {
    private static final AdvertisementBeacon BEACON = new AdvertisementBeacon();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final NetworkView BLUE = RouterNets.view(RouterNets.SNAPSHOT, "blue");
    private static final String ONE = "{subnet_id: one, ip_address: \"2001:db8:1::1\"}, ";
    private static final String TWO = ", {subnet_id: two, ip_address: \"2001:db8:2::1\"}";
    private static final NetworkView WITHOUT_TWO = RouterNets.blue(TWO, "");
    private static final PrefixInformation GONE =
            PrefixInformation.of(IPv6Address.of("2001:db8:2::"), 64, false, false, 0, 0);

    private static Facts started(Facts facts, NetworkView view, String port, Instant now) {
        return facts.with(BEACON.started(RouterNets.advertiser(view, port), view, new Moment(now, facts)));
    }

    private static List<PrefixInformation> said(Facts facts, NetworkView view, String port, Instant now) {
        return options(
                BEACON.frames(RouterNets.advertiser(view, port), new Moment(now, facts)), PrefixInformation.class);
    }

    @Test
    void aPrefixThatIsGoneIsAdvertisedWithoutLifetimeAndWithItsFlags() {
        Facts facts = started(Facts.NONE, BLUE, "r1-blue", START);
        assertThat(said(facts, BLUE, "r1-blue", START)).doesNotContain(GONE);
        facts = started(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(5));
        assertThat(said(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(5))).contains(GONE);
        // By every router of the link: hosts do not tell who said it.
        assertThat(said(facts, WITHOUT_TWO, "r2-blue", START.plusSeconds(5))).contains(GONE);
    }

    @Test
    void forAsLongAsItWasSaidToBeValid() {
        Facts facts = started(Facts.NONE, BLUE, "r1-blue", START);
        facts = started(facts, WITHOUT_TWO, "r1-blue", START);
        assertThat(said(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(86_399))).contains(GONE);
        assertThat(said(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(86_400))).doesNotContain(GONE);
        // Whatever else changes meanwhile.
        facts = started(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(50_000));
        assertThat(said(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(86_400))).doesNotContain(GONE);
    }

    @Test
    void andNotForEver() {
        NetworkView lasting = RouterNets.blue("on_link: false", "on_link: false, valid_lifetime: infinite");
        Facts facts = started(Facts.NONE, lasting, "r1-blue", START);
        facts = started(facts, WITHOUT_TWO, "r1-blue", START);
        assertThat(said(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(PrefixFacts.LONGEST - 1))).contains(GONE);
        assertThat(said(facts, WITHOUT_TWO, "r1-blue", START.plusSeconds(PrefixFacts.LONGEST))).doesNotContain(GONE);
    }

    @Test
    void aPrefixThatComesBackIsGoodAgain() {
        Facts facts = started(Facts.NONE, BLUE, "r1-blue", START);
        facts = started(facts, WITHOUT_TWO, "r1-blue", START);
        facts = started(facts, BLUE, "r1-blue", START);
        assertThat(said(facts, BLUE, "r1-blue", START)).doesNotContain(GONE).hasSize(2);
        assertThat(said(facts, BLUE, "r2-blue", START)).hasSize(1);
        assertThat(facts.all()).allMatch(fact -> fact.until().isEmpty());
    }

    /** Whichever of the two routers is looked at first. */
    @Test
    void aPrefixThatAnotherRouterTookOverIsNotGone() {
        String text = RouterNets.BLUE
                .replace(TWO, "")
                .replace(
                        "[{subnet_id: one, ip_address: \"2001:db8:1::2\"}]",
                        "[{subnet_id: one, ip_address: \"2001:db8:1::2\"}, {subnet_id: two, ip_address: \"2001:db8:2::2\"}]");
        NetworkView moved = RouterNets.view(GoldenFlows.network(text, RouterNets.BINDINGS), "blue");
        for (List<String> order : List.of(List.of("r1-blue", "r2-blue"), List.of("r2-blue", "r1-blue"))) {
            Facts facts = started(Facts.NONE, BLUE, "r1-blue", START);
            for (String port : order) {
                facts = started(facts, moved, port, START);
            }
            assertThat(said(facts, moved, "r1-blue", START)).hasSize(1);
            assertThat(said(facts, moved, "r2-blue", START)).hasSize(2).doesNotContain(GONE);
        }
    }

    @Test
    void aPrefixIsGoneWithItsRouterAndNotWithTheApp() {
        Facts facts = started(Facts.NONE, BLUE, "r1-blue", START);
        Advertiser r1 = RouterNets.r1();
        assertThat(facts.with(BEACON.ended(r1, Optional.of(BLUE), new Moment(START, facts)))).isEqualTo(facts);
        Facts ended = facts.with(BEACON.ended(r1, Optional.empty(), new Moment(START, facts)));
        assertThat(ended.all()).hasSize(2).allMatch(fact -> fact.until().isPresent());
        assertThat(said(ended, WITHOUT_TWO, "r2-blue", START)).contains(GONE);
    }

    @Test
    void otherNetworksAreLeftAlone() {
        Fact.Key key = new Fact.Key(PrefixFacts.KIND, Id.of("red"), "2001:db8:7::/64");
        Facts facts = Facts.NONE.with(Facts.Change.remember(new Fact(key, "LA 100", Optional.empty())));
        facts = started(facts, BLUE, "r1-blue", START);
        assertThat(facts.get(key, START).orElseThrow().until()).isEmpty();
    }

    @Test
    void whatAnotherVersionWroteIsIgnored() {
        for (String value : List.of("", "LA", "XX 100", "LA -1", "LA 99999999999", "LA 9999999999")) {
            Fact.Key key = new Fact.Key(PrefixFacts.KIND, Id.of("blue"), "2001:db8:7::/64");
            Facts facts = Facts.NONE.with(Facts.Change.remember(new Fact(key, value, Optional.empty())));
            facts = started(facts, BLUE, "r1-blue", START);
            assertThat(said(facts, BLUE, "r1-blue", START)).hasSize(2);
        }
    }

    @Test
    void theFlagsAreKept() {
        NetworkView view = RouterNets.blue(ONE, "");
        Facts facts = started(Facts.NONE, BLUE, "r1-blue", START);
        Facts ended = facts.with(BEACON.ended(RouterNets.r1(), Optional.empty(), new Moment(START, facts)));
        assertThat(said(ended, view, "r1-blue", START))
                .contains(PrefixInformation.of(IPv6Address.of("2001:db8:1::"), 64, true, true, 0, 0));
    }
}
