package org.flow6.apps.nd;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Beacon;
import org.flow6.flow.Moment;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.packets.Ethernet;

/** Router Advertisements that are sent to all nodes (RFC 4861 §6.2.4, §6.2.5). */
final class AdvertisementBeacon implements Beacon<Advertiser> {
    static final String NAME = "router-advertisements";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Stream<Advertiser> units(NetworkView view) {
        return Advertiser.of(view);
    }

    @Override
    public Id<Port> source(Advertiser unit) {
        return unit.port();
    }

    /** Hosts know a router by its link-local address. */
    @Override
    public boolean isContinuedBy(Advertiser unit, Advertiser next) {
        return unit.source().equals(next.source()) && unit.network().equals(next.network());
    }

    @Override
    public Timing timing(Advertiser unit) {
        return unit.timing();
    }

    @Override
    public List<Ethernet> frames(Advertiser unit, Moment moment) {
        return Advertisements.toAllNodes(unit, unit.header(), unit.options(PrefixFacts.withdrawn(unit, moment)));
    }

    @Override
    public List<Ethernet> farewell(Advertiser unit, Optional<NetworkView> now, Moment moment) {
        return Farewell.of(unit, advertisers(now)).frames();
    }

    @Override
    public Facts.Change started(Advertiser unit, NetworkView now, Moment moment) {
        return PrefixFacts.change(unit.network(), Advertiser.of(now).toList(), moment);
    }

    @Override
    public Facts.Change ended(Advertiser unit, Optional<NetworkView> now, Moment moment) {
        return PrefixFacts.change(unit.network(), advertisers(now), moment);
    }

    private static List<Advertiser> advertisers(Optional<NetworkView> view) {
        return view.stream().flatMap(Advertiser::of).toList();
    }
}
