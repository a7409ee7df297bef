package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * The addresses of one port, as Neutron gives them: in each subnet where hosts make their own, the one that they make of
 * the MAC address; besides what is asked for, or else one IPv4 and one IPv6 address of the other subnets.
 */
final class FixedIps {
    private final ObjectNode port;
    private final Draft draft;
    private final String network;
    private final List<ObjectNode> subnets;
    /** Subnets by the addresses that the port will have. */
    private final Map<String, String> chosen = new LinkedHashMap<>();

    private FixedIps(ObjectNode port, Draft draft) {
        this.port = port;
        this.draft = draft;
        network = Catalog.text(port, "network_id");
        subnets = new ArrayList<>(draft.catalog().find(Subnets.ALL, "network_id", network));
        subnets.sort(Comparator.comparing(
                subnet -> subnet.path("created_at").asText() + subnet.path("id").asText()));
    }

    /**
     * Gives a port addresses; it keeps those that it has, as far as they are wanted.
     *
     * @param wanted a list of subnets and addresses; anything else leaves a port without addresses the choice
     */
    static void allocate(ObjectNode port, JsonNode wanted, Draft draft) throws NeutronError {
        FixedIps ips = new FixedIps(port, draft);
        List<JsonNode> had = list(port.path("fixed_ips"));
        if (wanted.isArray()) {
            ips.take(wanted, had);
        } else if (had.isEmpty()) {
            ips.takeOneOfEachFamily();
        } else {
            ips.take(had, had);
        }
        ips.takeAutomatic();
        ips.write();
    }

    /**
     * Gives a port the addresses that it has now.
     *
     * @param after with the ones that it wants, and the MAC address
     */
    static void change(ObjectNode before, ObjectNode after, Draft draft) throws NeutronError {
        FixedIps ips = new FixedIps(after, draft);
        List<JsonNode> wanted = new ArrayList<>();
        String mac = Catalog.text(before, "mac_address");
        boolean same = mac.equals(Catalog.text(after, "mac_address"));
        for (JsonNode one : after.path("fixed_ips")) {
            if (same || !ips.isAutomatic(one, mac)) {
                wanted.add(one);
            }
        }
        ips.take(wanted, list(before.path("fixed_ips")));
        ips.takeAutomatic();
        ips.write();
    }

    /** Gives a port that is there its address in a new subnet where hosts make their own. */
    static void addAutomatic(ObjectNode port, Draft draft) throws NeutronError {
        if (Ports.isOfRouter(port) || Ports.owner(port).equals(Ports.DHCP)) {
            return;
        }
        ObjectNode after = Draft.copy(port);
        FixedIps ips = new FixedIps(after, draft);
        for (JsonNode one : port.path("fixed_ips")) {
            ips.chosen.put(Catalog.text(one, "ip_address"), Catalog.text(one, "subnet_id"));
        }
        ips.takeAutomatic();
        ips.write();
        Ports.put(after, draft);
    }

    /** Takes a port's addresses of a subnet. */
    static void removeOf(ObjectNode subnet, ObjectNode port, Draft draft) {
        ObjectNode after = Draft.copy(port);
        ArrayNode left = after.putArray("fixed_ips");
        for (JsonNode one : port.path("fixed_ips")) {
            if (!one.path("subnet_id").equals(subnet.path("id"))) {
                left.add(one);
            }
        }
        Ports.put(after, draft);
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    /** @param had addresses that the port has so far, which it keeps where they do */
    private void take(Iterable<JsonNode> wanted, List<JsonNode> had) throws NeutronError {
        List<ObjectNode> open = new ArrayList<>();
        for (JsonNode one : wanted) {
            ObjectNode subnet = subnet(one);
            String address = Catalog.text(one, "ip_address");
            if (address.isEmpty()) {
                open.add(subnet);
            } else {
                if (!has(had, address)) {
                    requireChoice(subnet, address);
                }
                add(subnet, address);
            }
        }
        for (ObjectNode subnet : open) {
            if (!Subnets.isAutoAddress(subnet) || Ports.isRouterInterface(port)) {
                Optional<String> kept = kept(subnet, had);
                add(subnet, kept.isPresent() ? kept.get() : free(subnet));
            }
        }
    }

    private static boolean has(List<JsonNode> had, String address) {
        return had.stream().anyMatch(one -> Catalog.text(one, "ip_address").equals(address));
    }

    private Optional<String> kept(ObjectNode subnet, List<JsonNode> had) {
        return had.stream()
                .filter(one -> one.path("subnet_id").equals(subnet.path("id")))
                .map(one -> Catalog.text(one, "ip_address"))
                .filter(address -> !chosen.containsKey(address))
                .findFirst();
    }

    private String free(ObjectNode subnet) throws NeutronError {
        Optional<String> free = FreeAddresses.of(subnet, draft.catalog(), chosen.keySet());
        if (free.isEmpty()) {
            throw NeutronError.conflict(
                    "IpAddressGenerationFailure",
                    "No more IP addresses available for subnet "
                            + subnet.path("id").asText() + ".");
        }
        return free.get();
    }

    private void takeOneOfEachFamily() throws NeutronError {
        for (boolean ipv6 : new boolean[] {false, true}) {
            List<ObjectNode> candidates = subnets.stream()
                    .filter(subnet -> Subnets.isIpv6(subnet) == ipv6 && !Subnets.isAutoAddress(subnet))
                    .toList();
            boolean found = candidates.isEmpty();
            for (ObjectNode subnet : candidates) {
                Optional<String> free = FreeAddresses.of(subnet, draft.catalog(), chosen.keySet());
                if (free.isPresent()) {
                    add(subnet, free.get());
                    found = true;
                    break;
                }
            }
            if (!found) {
                throw NeutronError.conflict(
                        "IpAddressGenerationFailure", "No more IP addresses available on network " + network + ".");
            }
        }
    }

    private void takeAutomatic() throws NeutronError {
        if (Ports.isRouterInterface(port)) {
            return;
        }
        for (ObjectNode subnet : subnets) {
            boolean instead =
                    mayChoose(subnet) && chosen.containsValue(subnet.path("id").asText());
            if (Subnets.isAutoAddress(subnet) && !instead) {
                add(subnet, Subnets.automatic(subnet, Catalog.text(port, "mac_address")));
            }
        }
    }

    private void add(ObjectNode subnet, String address) throws NeutronError {
        String id = subnet.path("id").asText();
        for (ObjectNode other : draft.catalog().find(Ports.ALL, PortIndex.ADDRESS, PortIndex.on(network, address))) {
            if (!other.path("id").equals(port.path("id"))) {
                throw NeutronError.conflict(
                        "IpAddressAlreadyAllocated", "IP address " + address + " already allocated in subnet " + id);
            }
        }
        draft.hold(Subnets.ALL, id);
        chosen.put(address, id);
    }

    private void write() {
        ArrayNode list = port.putArray("fixed_ips");
        chosen.forEach(
                (address, subnet) -> list.addObject().put("subnet_id", subnet).put("ip_address", address));
    }

    private ObjectNode subnet(JsonNode wanted) throws NeutronError {
        String id = Catalog.text(wanted, "subnet_id");
        String address = Catalog.text(wanted, "ip_address");
        if (subnets.isEmpty()) {
            throw invalid("IP allocation requires subnets for network.");
        }
        if (id.isEmpty() && address.isEmpty()) {
            throw invalid("IP allocation requires subnet_id or ip_address.");
        }
        for (ObjectNode subnet : subnets) {
            if (id.equals(subnet.path("id").asText())) {
                if (!address.isEmpty() && !SubnetRules.fits(subnet, IPAddress.of(address), Ports.isOfRouter(port))) {
                    throw NeutronError.badRequest(
                            "InvalidIpForSubnet",
                            "IP address " + address + " is not a valid IP for the specified subnet.");
                }
                return subnet;
            }
            if (id.isEmpty() && SubnetRules.fits(subnet, IPAddress.of(address), Ports.isOfRouter(port))) {
                return subnet;
            }
        }
        if (id.isEmpty()) {
            throw NeutronError.badRequest(
                    "InvalidIpForNetwork",
                    "IP address " + address + " is not a valid IP for any of the subnets on the specified network.");
        }
        if (draft.catalog().get(Subnets.ALL, id) == null) {
            throw new Subnets().notFound(id);
        }
        throw invalid("Failed to create port on network " + network + ", because fixed_ips included invalid subnet "
                + id + ".");
    }

    /** Where hosts make their own addresses, nobody chooses one for them: they would not know. */
    private void requireChoice(ObjectNode subnet, String address) throws NeutronError {
        if (Subnets.isAutoAddress(subnet)
                && !mayChoose(subnet)
                && !Subnets.automatic(subnet, Catalog.text(port, "mac_address")).equals(address)) {
            throw NeutronError.badRequest(
                    "AllocationOnAutoAddressSubnet",
                    "IPv6 address " + address + " cannot be directly assigned to a port on subnet "
                            + subnet.path("id").asText() + " as the subnet is configured for automatic addresses");
        }
    }

    /** Whether addresses may be chosen where hosts make their own: those of routers, and where Flow6 is told so. */
    private boolean mayChoose(ObjectNode subnet) {
        return Ports.isOfRouter(port)
                || subnet.path("flow6").path("chosen_addresses").asBoolean();
    }

    private boolean isAutomatic(JsonNode fixed, String mac) {
        ObjectNode subnet = automaticSubnet(fixed);
        return subnet != null && Subnets.automatic(subnet, mac).equals(Catalog.text(fixed, "ip_address"));
    }

    private @Nullable ObjectNode automaticSubnet(JsonNode fixed) {
        String address = Catalog.text(fixed, "ip_address");
        if (address.isEmpty() || Ports.isRouterInterface(port)) {
            return null;
        }
        return subnets.stream()
                .filter(subnet ->
                        Subnets.isAutoAddress(subnet) && Subnets.cidr(subnet).contains(IPAddress.of(address)))
                .findFirst()
                .orElse(null);
    }

    private static NeutronError invalid(String message) {
        return NeutronError.badRequest("InvalidInput", "Invalid input for operation: " + message);
    }
}
