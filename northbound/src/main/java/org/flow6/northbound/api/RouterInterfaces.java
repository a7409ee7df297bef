package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/** Ports by which routers are on subnets. The IPv6 subnets of a network share one port of a router. */
final class RouterInterfaces {
    private static final String SUBNET = "subnet_id";
    private static final String PORT = "port_id";

    private final ObjectNode router;
    private final String id;
    private final Caller caller;
    private final Draft draft;

    RouterInterfaces(ObjectNode router, Caller caller, Draft draft) {
        this.router = router;
        this.id = router.path("id").asText();
        this.caller = caller;
        this.draft = draft;
    }

    /** Adds what a body names: a subnet, or a port; returns the answer. */
    ObjectNode add(JsonNode body) throws NeutronError {
        requireEither(body);
        if (body.has(SUBNET) && body.has(PORT)) {
            throw RouterPorts.refusal("Cannot specify both subnet-id and port-id");
        }
        ObjectNode answer = body.has(PORT) ? addPort(Catalog.text(body, PORT)) : addSubnet(Catalog.text(body, SUBNET));
        draft.put(Routers.ALL, Draft.copy(router));
        return answer;
    }

    private static void requireEither(JsonNode body) throws NeutronError {
        if (!body.has(SUBNET) && !body.has(PORT)) {
            throw RouterPorts.refusal("Either subnet_id or port_id must be specified");
        }
    }

    private ObjectNode addPort(String portId) throws NeutronError {
        ObjectNode port = draft.hold(Ports.ALL, portId);
        if (port == null || !caller.owns(Catalog.text(port, "project_id"))) {
            throw new Ports().notFound(portId);
        }
        String device = Catalog.text(port, "device_id");
        if (!device.isEmpty() && !device.equals(id)) {
            throw NeutronError.conflict(
                    "PortInUse",
                    "Unable to complete operation on port " + portId + " for network "
                            + Catalog.text(port, "network_id") + ". Port already has an attached device " + device
                            + ".");
        }
        List<ObjectNode> subnets = RouterPorts.subnets(port, draft.catalog());
        if (subnets.isEmpty()) {
            throw RouterPorts.refusal("Router port must have at least one fixed IP");
        }
        if (device.equals(id) && Ports.isOfRouter(port)) {
            throw RouterPorts.refusal("Router already has a port on subnet "
                    + subnets.get(0).path("id").asText());
        }
        RouterPorts.checkOverlaps(router, subnets, port, draft.catalog());
        checkFamilies(port, subnets);
        ObjectNode after = Draft.copy(port);
        after.put("device_id", id).put("device_owner", RouterPorts.INTERFACE).put("port_security_enabled", false);
        after.putArray("security_groups");
        after.putArray("allowed_address_pairs");
        draft.put(Ports.ALL, after);
        return answer(after, subnets);
    }

    private void checkFamilies(ObjectNode port, List<ObjectNode> subnets) throws NeutronError {
        if (subnets.stream().filter(subnet -> !Subnets.isIpv6(subnet)).count() > 1) {
            throw RouterPorts.refusal("Cannot have multiple IPv4 subnets on router port");
        }
        String network = Catalog.text(port, "network_id");
        ObjectNode other = ipv6Port(network);
        if (other != null && subnets.stream().anyMatch(Subnets::isIpv6)) {
            throw RouterPorts.refusal(
                    "Cannot have multiple router ports with the same network id if both contain IPv6 subnets. Existing port "
                            + other.path("id").asText() + " has IPv6 subnet(s) and network id " + network);
        }
    }

    private @Nullable ObjectNode ipv6Port(String network) {
        for (ObjectNode port : RouterPorts.interfaces(id, draft.catalog())) {
            if (Catalog.text(port, "network_id").equals(network)
                    && RouterPorts.subnets(port, draft.catalog()).stream().anyMatch(Subnets::isIpv6)) {
                return port;
            }
        }
        return null;
    }

    private ObjectNode addSubnet(String subnetId) throws NeutronError {
        ObjectNode subnet = seenSubnet(subnetId);
        String gateway = Catalog.text(subnet, "gateway_ip");
        if (gateway.isEmpty()) {
            throw RouterPorts.refusal("Subnet for router interface must have a gateway IP");
        }
        if (Subnets.isIpv6(subnet)
                && Catalog.text(subnet, "ipv6_ra_mode").isEmpty()
                && !Catalog.text(subnet, "ipv6_address_mode").isEmpty()) {
            throw RouterPorts.refusal("IPv6 subnet " + subnetId
                    + " configured to receive RAs from an external router cannot be added to Neutron Router");
        }
        RouterPorts.checkOverlaps(router, List.of(subnet), JsonNodeFactory.instance.objectNode(), draft.catalog());
        ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
        String network = Catalog.text(subnet, "network_id");
        ObjectNode shared = Subnets.isIpv6(subnet) ? ipv6Port(network) : null;
        if (shared != null) {
            shared.path("fixed_ips").forEach(ip -> wanted.add(ip.deepCopy()));
        }
        wanted.addObject().put(SUBNET, subnetId).put("ip_address", gateway);
        ObjectNode port;
        if (shared != null) {
            port = RouterPorts.changed(shared, wanted, draft);
        } else {
            ObjectNode bare = RouterPorts.bare(network, RouterPorts.INTERFACE, id);
            bare.set("project_id", router.path("project_id"));
            port = RouterPorts.made(bare, wanted, draft);
        }
        return answer(port, List.of(subnet));
    }

    private ObjectNode seenSubnet(String subnetId) throws NeutronError {
        Subnets form = new Subnets();
        ObjectNode subnet = draft.hold(Subnets.ALL, subnetId);
        if (subnet == null
                || !(caller.owns(Catalog.text(subnet, "project_id")) || form.isShared(subnet, draft.catalog()))) {
            throw form.notFound(subnetId);
        }
        return subnet;
    }

    /** Removes what a body names; returns the answer. */
    ObjectNode remove(JsonNode body) throws NeutronError {
        requireEither(body);
        ObjectNode answer = body.has(PORT)
                ? removePort(Catalog.text(body, PORT), Catalog.text(body, SUBNET))
                : removeSubnet(Catalog.text(body, SUBNET));
        draft.put(Routers.ALL, Draft.copy(router));
        return answer;
    }

    private ObjectNode removePort(String portId, String subnetId) throws NeutronError {
        ObjectNode port = draft.hold(Ports.ALL, portId);
        if (port == null || !Catalog.text(port, "device_id").equals(id) || !isInterface(port)) {
            throw NeutronError.notFound(
                    "RouterInterfaceNotFound", "Router " + id + " does not have an interface with id " + portId);
        }
        if (!subnetId.isEmpty() && !RouterPorts.isOn(port, subnetId)) {
            throw NeutronError.badRequest(
                    "SubnetMismatchForPort",
                    "Subnet on port " + portId + " does not match the requested subnet " + subnetId + ".");
        }
        List<ObjectNode> subnets = RouterPorts.subnets(port, draft.catalog());
        for (ObjectNode subnet : subnets) {
            requireUnused(subnet);
        }
        draft.remove(Ports.ALL, port);
        return answer(port, subnets);
    }

    private static boolean isInterface(ObjectNode port) {
        return Ports.isOfRouter(port) && !RouterPorts.isGateway(port);
    }

    private ObjectNode removeSubnet(String subnetId) throws NeutronError {
        ObjectNode subnet = draft.hold(Subnets.ALL, subnetId);
        if (subnet == null) {
            throw new Subnets().notFound(subnetId);
        }
        requireUnused(subnet);
        for (ObjectNode port : RouterPorts.interfaces(id, draft.catalog())) {
            if (RouterPorts.isOn(port, subnetId)) {
                take(port, subnetId);
                return answer(port, List.of(subnet));
            }
        }
        throw NeutronError.notFound(
                "RouterInterfaceNotFoundForSubnet", "Router " + id + " has no interface on subnet " + subnetId);
    }

    /** A port's addresses on a subnet go, and the port with its last ones. */
    private void take(ObjectNode port, String subnetId) throws NeutronError {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode ip : port.path("fixed_ips")) {
            if (!Catalog.text(ip, SUBNET).equals(subnetId)) {
                left.add(ip.deepCopy());
            }
        }
        if (left.isEmpty()) {
            draft.remove(Ports.ALL, port);
        } else {
            ObjectNode after = Draft.copy(port);
            after.set("fixed_ips", left);
            draft.put(Ports.ALL, after);
        }
    }

    private void requireUnused(ObjectNode subnet) throws NeutronError {
        for (ObjectNode floating : draft.catalog().find(FloatingIps.ALL, "router_id", id)) {
            String fixed = Catalog.text(floating, "fixed_ip_address");
            if (!fixed.isEmpty() && Subnets.cidr(subnet).contains(IPAddress.of(fixed))) {
                throw NeutronError.conflict(
                        "RouterInterfaceInUseByFloatingIP",
                        "Router interface for subnet " + subnet.path("id").asText() + " on router " + id
                                + " cannot be deleted, as it is required by one or more floating IPs.");
            }
        }
        RouterRoutes.requireNotNeeded(router, subnet, draft.catalog());
    }

    private ObjectNode answer(ObjectNode port, List<ObjectNode> subnets) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("id", id);
        answer.set("tenant_id", router.path("project_id"));
        answer.set(PORT, port.path("id"));
        answer.set("network_id", port.path("network_id"));
        answer.set(SUBNET, subnets.get(subnets.size() - 1).path("id"));
        ArrayNode ids = answer.putArray("subnet_ids");
        subnets.forEach(subnet -> ids.add(subnet.path("id")));
        return answer;
    }
}
