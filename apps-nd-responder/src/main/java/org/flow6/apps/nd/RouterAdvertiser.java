package org.flow6.apps.nd;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.Beacon;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Match;
import org.flow6.flow.Priority;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;
import org.flow6.flow.Table;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.packets.InverseSolicitation;
import org.flow6.packets.RouterSolicitation;
import org.projectfloodlight.openflow.types.MacAddress;

/**
 * Sends Router Advertisements for the routers of subnets that have an {@code ipv6_ra_mode}, unasked and in answer to
 * solicitations (RFC 4861 §6.2), and answers inverse solicitations for routers' MAC addresses (RFC 3122).
 */
public final class RouterAdvertiser implements FlowApp {
    static final PuntReason SOLICITATION = new PuntReason(2, "router-solicitation", 10, 20);
    static final PuntReason INVERSE = new PuntReason(5, "inverse-nd", 10, 20);

    private static final MacAddress MULTICAST_BIT = MacAddress.of("01:00:00:00:00:00");

    /** A network whose routers advertise themselves: what solicits any router there is for them alone. */
    private record Link(NetworkKey network, Askers askers) {}

    /** The MAC address of a router that advertises itself. */
    private record AdvertisingMac(NetworkKey network, MacAddress mac, Askers askers) {}

    /** The MAC address of a router. */
    private record RouterMac(NetworkKey network, MacAddress mac, Askers askers) {}

    @Override
    public String name() {
        return "router-advertisement";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("checks", Scope.ALWAYS, Stream::of, always -> RouterChecks.flows()),
                new Derivation<>("links", Scope.NETWORK, RouterAdvertiser::links, RouterAdvertiser::multicast),
                new Derivation<>(
                        "advertisers", Scope.NETWORK, RouterAdvertiser::advertisers, RouterAdvertiser::unicast),
                new Derivation<>("routers", Scope.NETWORK, RouterAdvertiser::routers, RouterAdvertiser::inverse));
    }

    @Override
    public List<Beacon<?>> beacons() {
        return List.of(new AdvertisementBeacon());
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(SOLICITATION, RouterAnswer::answer, INVERSE, InverseAnswer::answer);
    }

    @Override
    public List<DropReason> drops() {
        return RouterDrop.ALL;
    }

    private static Stream<Link> links(NetworkView view) {
        return Advertiser.of(view).limit(1).map(one -> new Link(view.key(), askers(view)));
    }

    private static List<Flow> multicast(Link link) {
        Match match = message(RouterSolicitation.TYPE, link.network()).and(Field.ETH_DST, MULTICAST_BIT, MULTICAST_BIT);
        return List.of(check(link.askers().among(match)));
    }

    private static Stream<AdvertisingMac> advertisers(NetworkView view) {
        return Advertiser.of(view)
                .map(one -> new AdvertisingMac(view.key(), one.mac(), askers(view)))
                .distinct();
    }

    private static List<Flow> unicast(AdvertisingMac router) {
        return List.of(check(router.askers()
                .among(message(RouterSolicitation.TYPE, router.network()).and(Field.ETH_DST, router.mac()))));
    }

    private static Stream<RouterMac> routers(NetworkView view) {
        return view.routers().stream()
                .map(router -> new RouterMac(view.key(), router.port().macAddress(), askers(view)))
                .distinct();
    }

    /** Sent to all nodes, but to the one MAC address (RFC 3122 §2.1). */
    private static List<Flow> inverse(RouterMac router) {
        return List.of(check(router.askers()
                .among(message(InverseSolicitation.TYPE, router.network()).and(Field.ETH_DST, router.mac()))));
    }

    /** Flow6's routers do not advertise themselves to a physical network, which has its own (RFC 4861 §6.2.2). */
    private static Askers askers(NetworkView view) {
        return Askers.allIf(view.network().segment().isEmpty());
    }

    private static Match message(int type, NetworkKey network) {
        return Match.ICMPV6.and(Field.ICMPV6_TYPE, type).and(Field.NETWORK, network);
    }

    /** Ahead of what source guard does with solicitations that no router of Flow6 answers. */
    private static Flow check(Match match) {
        return Flow.of(Table.BASE_ICMPV6, Priority.rank(2), match, Action.goTo(Table.ROUTER_DISCOVERY));
    }
}
