package org.flow6.apps.nd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.RouterInterface;
import org.flow6.packets.LinkLocalMulticast;
import org.flow6.packets.MulticastMac;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;

/** What echo requests to routers are sent to: the units of {@link Icmpv6Responder}. */
final class EchoTargets {
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    private EchoTargets() {}

    /** A MAC address by which one router, or all of them, get echo requests. */
    record Station(NetworkKey network, MacAddress mac, Askers askers) {}

    /** An address of one router. */
    record Unicast(NetworkKey network, MacAddress mac, IPv6Address address, Askers askers) {}

    /**
     * A group that all routers of a network are in, which has other members too or not.
     *
     * @param members whether hosts are in it
     */
    record Group(NetworkKey network, IPv6Address address, boolean members, Askers askers) {
        MacAddress mac() {
            return MulticastMac.of(address);
        }
    }

    /**
     * Who answers echo requests to a group that come from a prefix, each by its address for that prefix.
     *
     * @param askers a longer prefix goes before a shorter one
     */
    record GroupAnswer(Group group, IpPrefix askers, List<Answerer> answerers) {
        GroupAnswer {
            answerers = List.copyOf(answerers);
        }
    }

    record Answerer(MacAddress mac, IPv6Address source) {}

    static Stream<Station> stations(NetworkView view) {
        Stream<Station> own = view.routers().stream()
                .map(router -> new Station(view.key(), router.port().macAddress(), askers(router)));
        Stream<Station> groups = groups(view).map(group -> new Station(view.key(), group.mac(), group.askers()));
        return Stream.concat(own, groups).distinct();
    }

    static Stream<Unicast> unicast(NetworkView view) {
        return view.routers().stream()
                .flatMap(router -> RouterLink.of(router).addresses().stream()
                        .map(own -> new Unicast(view.key(), router.port().macAddress(), own.address(), askers(router))))
                .distinct();
    }

    static Stream<Group> groups(NetworkView view) {
        // Not all of a network's routers may serve a physical network from here; these groups are left to others there.
        Askers askers = Askers.allIf(view.network().segment().isEmpty());
        return view.routers().isEmpty()
                ? Stream.empty()
                : Stream.of(
                        new Group(view.key(), LinkLocalMulticast.ALL_ROUTERS, false, askers),
                        new Group(view.key(), LinkLocalMulticast.ALL_NODES, true, askers));
    }

    private static Askers askers(RouterInterface router) {
        return Askers.allIf(router.servesOutside());
    }

    /** By the prefixes of the routers: for askers of others, any address of a router does. */
    static Stream<GroupAnswer> groupAnswers(NetworkView view) {
        List<RouterLink> links = links(view).toList();
        Set<IpPrefix> prefixes = new LinkedHashSet<>(List.of(IpPrefix.ALL_IPV6, LINK_LOCAL));
        links.forEach(link -> link.addresses().stream()
                .map(RouterLink.OnLink::prefix)
                .filter(prefix -> !LINK_LOCAL.contains(prefix))
                .forEach(prefixes::add));
        return groups(view).flatMap(group -> prefixes.stream()
                .map(prefix -> new GroupAnswer(group, prefix, answerers(links, (IPv6Address) prefix.address()))));
    }

    static List<Answerer> answerers(List<RouterLink> links, IPv6Address asker) {
        List<Answerer> answerers = new ArrayList<>();
        links.forEach(link -> answerers.add(new Answerer(link.mac(), link.sourceTo(asker))));
        return answerers.stream().distinct().toList();
    }

    static Stream<RouterLink> links(NetworkView view) {
        return view.routers().stream().map(RouterLink::of);
    }
}
