package org.flow6.apps.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flow6.flow.Moment;
import org.flow6.flow.RandomHistory;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Network;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.Ethernet;
import org.flow6.packets.RouterAdvertisement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a network, what its routers say is valid, and what hosts were told of is either so or withdrawn. */
class RouterAdvertiserRandomTest {
    private static final AdvertisementBeacon BEACON = new AdvertisementBeacon();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Id<Network>, Map<Id<Port>, Advertiser>> known = new HashMap<>();
    private Facts facts = Facts.NONE;
    private int frames;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void saysWhatIsTrue(long seed) {
        RandomHistory history = new RandomHistory(seed);
        for (int step = 0; step < 3000; step++) {
            history.step();
            for (String name : List.of("red", "green", "blue")) {
                look(Id.of(name), history.snapshot().network(Id.of(name)));
            }
        }
        assertThat(frames).isGreaterThan(300);
        assertThat(facts.size()).isPositive();
    }

    /** As the controller looks at a network that changed, whose units may start in any order. */
    private void look(Id<Network> network, Optional<NetworkView> view) {
        Map<Id<Port>, Advertiser> before = known.getOrDefault(network, Map.of());
        Map<Id<Port>, Advertiser> after = view.stream()
                .flatMap(BEACON::units)
                .collect(Collectors.toMap(BEACON::source, unit -> unit));
        before.forEach((port, unit) -> {
            if (!after.containsKey(port) || !BEACON.isContinuedBy(unit, after.get(port))) {
                facts = facts.with(BEACON.ended(unit, view, moment()));
                BEACON.farewell(unit, view, moment())
                        .forEach(frame -> assertThat(valid(frame).lifetime()).isZero());
            }
        });
        after.forEach((port, unit) -> {
            if (!unit.equals(before.get(port))) {
                facts = facts.with(BEACON.started(unit, view.orElseThrow(), moment()));
            }
        });
        after.values().forEach(unit -> BEACON.frames(unit, moment()).forEach(this::valid));
        known.put(network, after);
        checkFacts(network, after);
    }

    private void checkFacts(Id<Network> network, Map<Id<Port>, Advertiser> after) {
        Set<String> advertised = after.values().stream()
                .flatMap(unit -> unit.prefixes().stream())
                .map(prefix -> new IpPrefix(prefix.prefix(), prefix.prefixLength()).toString())
                .collect(Collectors.toSet());
        Set<String> active = facts.of(PrefixFacts.KIND, network, NOW)
                .filter(fact -> fact.until().isEmpty())
                .map(Fact::key)
                .map(Fact.Key::name)
                .collect(Collectors.toSet());
        assertThat(active).isEqualTo(advertised);
    }

    private Moment moment() {
        return new Moment(NOW, facts);
    }

    private RouterAdvertisement valid(Ethernet frame) {
        frames++;
        return RouterNets.advertisement(frame);
    }
}
