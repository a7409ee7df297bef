package org.flow6.northbound.api;

import static org.flow6.northbound.api.Attribute.Use.POST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flow6.northbound.api.Conversion.Unfit;

/** Groups of addresses that rules of security groups name as peers. */
final class AddressGroups extends Resource {
    static final String ALL = "address_groups";
    private static final String ADDRESSES = "addresses";
    private static final int MOST_ADDRESSES = 10_000;
    private static final Conversion LIST = Conversions.listOf(AddressConversions.HOST_OR_CIDR, MOST_ADDRESSES);

    AddressGroups() {
        super(ALL, "address_group", "AddressGroup");
        common(255);
        add(Attribute.of(ADDRESSES, LIST, "Which addresses are in it.", POST).orNone());
    }

    @Override
    NeutronError notFound(String id) {
        return NeutronError.notFound("AddressGroupNotFound", "Address group " + id + " could not be found.");
    }

    @Override
    void create(ObjectNode group, Request request, Draft draft) {
        draft.put(ALL, group);
    }

    @Override
    void update(ObjectNode before, ObjectNode after, Request request, Draft draft) {
        draft.put(ALL, after);
    }

    @Override
    void delete(ObjectNode group, Request request, Draft draft) throws NeutronError {
        String id = group.path("id").asText();
        if (Stream.of(SecurityGroupRules.ALL, DefaultRules.ALL)
                .anyMatch(rules -> draft.catalog().has(rules, "remote_address_group_id", id))) {
            throw NeutronError.conflict(
                    "AddressGroupInUse", "Address group " + id + " is in use on one or more security group rules.");
        }
        draft.remove(ALL, group);
    }

    @Override
    Map<String, String> actions() {
        return new TreeMap<>(Map.of(
                "add_addresses", "adds `addresses` to the group's",
                "remove_addresses", "removes `addresses` from the group's"));
    }

    @Override
    ObjectNode act(String action, ObjectNode group, JsonNode body, Caller caller, Draft draft) throws NeutronError {
        boolean adds = action.equals("add_addresses");
        if (!adds && !action.equals("remove_addresses")) {
            return super.act(action, group, body, caller, draft);
        }
        Set<JsonNode> said = said(body);
        ObjectNode after = Draft.copy(group);
        Set<JsonNode> addresses = new LinkedHashSet<>();
        after.path(ADDRESSES).forEach(addresses::add);
        if (adds) {
            add(said, addresses, group);
        } else {
            remove(said, addresses, group);
        }
        after.putArray(ADDRESSES).addAll(addresses);
        draft.put(ALL, after);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set(member(), Shown.of(this, after, draft.catalog(), caller));
        return answer;
    }

    /** The addresses of a body, which clients send with or without the group's name around them. */
    private Set<JsonNode> said(JsonNode body) throws NeutronError {
        JsonNode list = body.path(member()).isObject() ? body.path(member()).path(ADDRESSES) : body.path(ADDRESSES);
        if (!list.isArray() || list.isEmpty()) {
            throw NeutronError.badRequest("Invalid input for operation: addresses must be a list that is not empty.");
        }
        Set<JsonNode> said = new LinkedHashSet<>();
        try {
            LIST.of(list).forEach(said::add);
        } catch (Unfit e) {
            throw e.refusal(ADDRESSES);
        }
        return said;
    }

    private static void add(Set<JsonNode> said, Set<JsonNode> addresses, ObjectNode group) throws NeutronError {
        ArrayNode there = JsonNodeFactory.instance.arrayNode();
        said.stream().filter(addresses::contains).forEach(there::add);
        if (!there.isEmpty()) {
            throw NeutronError.badRequest(
                    "AddressesAlreadyExist",
                    "Addresses " + Conversions.quoted(there) + " already exist in the address group "
                            + group.path("id").asText() + ".");
        }
        addresses.addAll(said);
        if (addresses.size() > MOST_ADDRESSES) {
            throw NeutronError.invalid(ADDRESSES, "Exceeded maximum amount of " + MOST_ADDRESSES + " elements");
        }
    }

    private static void remove(Set<JsonNode> said, Set<JsonNode> addresses, ObjectNode group) throws NeutronError {
        ArrayNode missing = JsonNodeFactory.instance.arrayNode();
        said.stream().filter(one -> !addresses.contains(one)).forEach(missing::add);
        if (!missing.isEmpty()) {
            throw NeutronError.notFound(
                    "AddressesNotFound",
                    "Addresses " + Conversions.quoted(missing) + " not found in the address group "
                            + group.path("id").asText() + ".");
        }
        addresses.removeAll(said);
    }
}
