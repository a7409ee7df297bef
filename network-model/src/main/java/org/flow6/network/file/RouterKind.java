package org.flow6.network.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;
import org.flow6.network.Port.FixedIp;
import org.flow6.network.Route;
import org.flow6.network.Router;
import org.flow6.network.Router.ExternalGateway;
import org.flow6.network.file.Complaint.Place;
import org.flow6.network.file.FixedIps.StatedIp;
import org.flow6.network.file.Readers.OrNone;
import org.flow6.network.file.Readers.StatedRoute;
import org.flow6.network.text.Node.Mapping;
import org.projectfloodlight.openflow.types.IPAddress;

/** Routers. */
final class RouterKind extends NeutronKind {
    private static final GatewayShape GATEWAY = new GatewayShape();
    private static final ValueReader<Values> GATEWAY_VALUES = GATEWAY.reader();

    final Attribute<String> name = optional("name", "For people.", Readers.TEXT, "");
    final Attribute<Boolean> adminStateUp =
            optional("admin_state_up", "Whether it routes and advertises itself.", Readers.BOOLEAN, true);
    final Attribute<List<StatedRoute>> routes = optional(
            "routes",
            "Where packets go beside the subnets of its ports; several routes to one destination share its packets.",
            Readers.STATED_ROUTES,
            List.of());
    /** Neutron's {} is none. */
    final Attribute<OrNone<Values>> gateway = optional(
            "external_gateway_info",
            "Its way out; `{}` and null are none. Default: none.",
            Readers.mapping(GATEWAY, field -> {
                if (field.node() instanceof Mapping mapping && mapping.entries().isEmpty()) {
                    return new OrNone<>(null);
                }
                Values values = GATEWAY_VALUES.read(field);
                return values == null ? null : new OrNone<>(values);
            }));

    final RoutingShape routing;

    RouterKind() {
        this(new RoutingShape());
    }

    private RouterKind(RoutingShape routing) {
        super("routers", "router", routing, "How it routes, as far as Neutron has no attribute for that.");
        this.routing = routing;
        ignore("distributed", "ha", "flavor_id", "service_type_id", "availability_zones", "availability_zone_hints");
        ignore("external_gateways", "conntrack_helpers", "ha_vr_id", "enable_ndp_proxy", "qos_policy_id");
        ignore("enable_default_route_bfd", "enable_default_route_ecmp");
    }

    @Override
    void resolve(Item router, Resolving resolving) {
        OrNone<Values> way = router.find(gateway);
        Values info = way == null ? null : way.value();
        Optional<ExternalGateway> external = info == null ? Optional.empty() : Optional.of(gatewayOf(info, resolving));
        if (!router.complaints().isEmpty()) {
            return;
        }
        RouterSubnets subnets = new RouterSubnets(router, resolving);
        subnets.checkOverlaps();
        Set<Route> stated = new LinkedHashSet<>();
        for (StatedRoute each : router.get(routes)) {
            subnets.checkNexthop(each);
            if (!stated.add(each.route())) {
                resolving.complain(each.nexthop(), "the same route is there twice");
            }
        }
        if (isProxy(router)) {
            checkProxies(router, subnets, resolving);
        }
        resolving.produce(new Router(
                Id.of(router.get(id)),
                router.get(name),
                router.get(adminStateUp),
                List.copyOf(stated),
                blackholes(router, stated, resolving),
                new GatewayChoice(router, resolving).hosts(),
                isProxy(router),
                external,
                router.project()));
    }

    @Override
    void declare(Item router, Consumer<Key> keys) {
        super.declare(router, keys);
        if (isProxy(router)) {
            keys.accept(Key.ANY_PROXY);
        }
    }

    private boolean isProxy(Item router) {
        Values chosen = router.find(flow6);
        return chosen != null && Boolean.TRUE.equals(chosen.find(routing.proxyNd));
    }

    /** One address has one answer on a network. */
    private void checkProxies(Item router, RouterSubnets subnets, Resolving resolving) {
        Values chosen = router.get(flow6);
        for (Item other : resolving.all(Key.ANY_PROXY)) {
            if (other != router) {
                subnets.sharedWith(new RouterSubnets(other, resolving))
                        .ifPresent(shared -> resolving.complainAgainst(
                                other,
                                chosen.place(FLOW6, routing.proxyNd),
                                "router " + other.id() + " answers for the same addresses on the same network: "
                                        + shared));
            }
        }
    }

    private List<IpPrefix> blackholes(Item router, Set<Route> routes, Resolving resolving) {
        Values chosen = router.find(flow6);
        Set<IpPrefix> blackholes = new LinkedHashSet<>();
        if (chosen == null) {
            return List.of();
        }
        Place place = chosen.place(FLOW6, routing.blackholeRoutes);
        Set<IpPrefix> routed = routes.stream().map(Route::destination).collect(Collectors.toSet());
        for (IpPrefix destination : chosen.get(routing.blackholeRoutes)) {
            if (!blackholes.add(destination)) {
                resolving.complain(place, destination + " is there twice");
            } else if (routed.contains(destination)) {
                resolving.complain(place, destination + " is also the destination of one of the routes");
            }
        }
        return List.copyOf(blackholes);
    }

    private ExternalGateway gatewayOf(Values info, Resolving resolving) {
        String network = info.get(GATEWAY.networkId);
        Place place = new Place(info.line(GATEWAY.networkId), gateway.name() + ".network_id");
        Item found = resolving.refer(Kinds.NETWORKS, network, place);
        if (found != null && Boolean.FALSE.equals(found.find(Kinds.NETWORKS.external))) {
            resolving.complain(place, "network " + network + " is not external: set its router:external to true");
        }
        List<FixedIp> addresses = new ArrayList<>();
        SubnetsOn subnets = new SubnetsOn(Id.of(network), resolving);
        for (StatedIp stated : info.get(GATEWAY.fixedIps)) {
            Item subnet = found == null ? null : subnets.of(stated);
            if (subnet == null) {
                continue;
            }
            IPAddress<?> address = stated.address();
            if (address == null) {
                resolving.complain(stated.place(), "has no ip_address: state the router's on subnet " + subnet.id());
            } else {
                subnets.check(stated, subnet, address, true);
                addresses.add(new FixedIp(Id.of(subnet.id()), address));
            }
        }
        return new ExternalGateway(Id.of(network), info.get(GATEWAY.enableSnat), addresses);
    }

    /** What a router states under {@code flow6}. */
    static final class RoutingShape extends Shape {
        final Attribute<List<IpPrefix>> blackholeRoutes = optional(
                "blackhole_routes",
                "Destinations whose packets are dropped without an answer, but for longer prefixes that are routed.",
                Readers.list(Readers.CIDR),
                List.of());

        final Attribute<List<String>> gatewayHosts = optional(
                "gateway_hosts",
                "The hosts that its gateway may be on, the preferred one first; the next that is reachable takes over.",
                Readers.list(Readers.ID),
                List.of());

        final Attribute<Boolean> proxyNd = optional(
                "proxy_nd",
                "Whether Neighbor Solicitations and ARP requests on the network of its gateway, a provider network, are "
                        + "answered for the addresses of ports behind it ([page](provider-networks.md)).",
                Readers.BOOLEAN,
                false);

        RoutingShape() {
            super("flow6");
        }
    }

    private static final class GatewayShape extends Shape {
        final Attribute<String> networkId = required("network_id", "An external network.", Readers.ID);
        final Attribute<Boolean> enableSnat =
                optional("enable_snat", "Neutron's; kept, as IPv6 is not translated.", Readers.BOOLEAN, true);
        final Attribute<List<StatedIp>> fixedIps =
                optional("external_fixed_ips", "Its addresses there.", Readers.list(FixedIps.STATED), List.of());

        GatewayShape() {
            super("an external gateway");
            ignore("qos_policy_id", "enable_default_route_bfd", "enable_default_route_ecmp");
        }
    }
}
