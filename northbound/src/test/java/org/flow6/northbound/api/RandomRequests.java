package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.api.Attribute.Use;
import org.flow6.northbound.api.Conversion.Unfit;

/** Requests made of the resources' attributes: values that fit, values at their edges, and values that do not fit. */
final class RandomRequests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> VALUES = values();
    private static final List<String> ACTIONS = List.of(
            "add_router_interface",
            "remove_router_interface",
            "add_extraroutes",
            "remove_extraroutes",
            "add_addresses",
            "remove_addresses",
            "bogus");

    private final Random random;
    /** Of all the values, those that each attribute takes. */
    private final Map<Attribute, List<JsonNode>> fitting = new HashMap<>();

    record Made(String method, String path, Optional<JsonNode> body) {}

    RandomRequests(long seed) {
        random = new Random(seed);
    }

    private static List<JsonNode> values() {
        String texts = """
                null;true;false;'True';'no';0;1;-1;4;6;24;48;64;80;128;129;255;256;1280;1450;4094;4095;65535;65536;2147483647;2147483648;-2147483649
                1e400;0.5;99999999999999999999999;'';' ';'a';'é';'default';'None';'\\u0000';'\\ud800';'a\\nb';'../x';'a/b';'%00';'ingress';'egress';'IPv6';'ipv4'
                'tcp';'udp';'icmp';'ipv6-icmp';'132';'vlan';'flat';'vxlan';'slaac';'dhcpv6-stateless';'dhcpv6-stateful';'normal';'example.org.';'-x.org'
                '2001:db8:1::/64';'2001:db8:2::/64';'2001:db8::/32';'2001:db8:1::/48';'fd00::/120';'::/0';'ff00::/8';'fe80::/10';'10.0.0.0/24';'10.0.0.1/24'
                '0.0.0.0/0';'192.0.2.0/30';'2001:db8:1::/129';'10.0.0.0/33';'2001:db8:1::';'2001:db8:1::1';'2001:db8:1::2';'2001:DB8:1:0::3';'10.0.0.1'
                '10.0.0.9';'::';'::1';'ff02::1';'fe80::1';'fe80::1%eth0';'0.0.0.0';'255.255.255.255';'::ffff:10.0.0.1';'1.2.3';'02:00:00:00:00:01'
                '02-00-00-00-00-02';'01:00:5e:00:00:01';'00:00:00:00:00:00';'ff:ff:ff:ff:ff:ff';'network:router_interface';'network:dhcp';'compute:nova'
                [];{};[[]];[{}];[null];{'a':{'a':[]}};['a','a'];['2001:db8:1::/64'];['2001:db8::/32','fd00::/48'];['10.0.0.0/8'];['10.0.0.0/8','fd00::/8']
                [{'ip_address':'2001:db8:1::7'}];[{'ip_address':'10.0.0.7'},{'ip_address':'2001:db8:1::7'}];[{'subnet_id':'none'}];[{'ip_address':'zz'}]
                [{'start':'2001:db8:1::10','end':'2001:db8:1::20'}];[{'start':'2001:db8:1::20','end':'2001:db8:1::10'}];[{'start':'10.0.0.5','end':'10.0.0.6'}]
                [{'destination':'2001:db8:9::/48','nexthop':'2001:db8:1::9'}];[{'destination':'10.9.0.0/16','nexthop':'10.0.0.9'}];[{'destination':'::/0','nexthop':'fe80::9'}]
                [{'opt_name':'dns-servers','opt_value':'2001:db8::53','ip_version':6}];[{'opt_name':'bootfile-name','opt_value':null}];[{'opt_name':'59','opt_value':'x'}]
                [{'ip_address':'2001:db8:1::/64','mac_address':'02:00:00:00:00:09'}];[{'ip_address':'::/0'}];['2001:db8:1::53','2001:db8:1::53'];['2001:db8:1::53']
                {'interface_name':'s1-eth1'};{'valid_lifetime':7200};{'max_interval':60};{'max_interval':'x'};{'multicast':{'query_interval':0}};{'proxy_nd':true};{'a':'\\ud800'};{'a':1e400};{'a':'\\udc00\\ud800'};{'😀':'😀'};[{'opt_name':'\\ud83d','opt_value':'a'}]
                """;
        List<JsonNode> values = new ArrayList<>();
        for (String text : texts.split("[;\n]", -1)) {
            values.add(ApiCalls.parsed(text));
        }
        values.add(JSON.textNode("x".repeat(199) + "😀".repeat(100)));
        for (int length : List.of(15, 16, 63, 64, 253, 254, 255, 256, 1024, 1025, 70_000)) {
            values.add(JSON.textNode("x".repeat(length)));
        }
        ArrayNode many = JSON.arrayNode();
        for (int i = 0; i < 1001; i++) {
            many.add("2001:db8::" + Integer.toHexString(i));
        }
        values.add(many);
        return values;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    Made next(StoreState state) {
        Resource resource = one(Resources.all());
        String path = "/" + resource.collection().replace('_', '-');
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> new Made("POST", path, Optional.of(body(resource, Use.POST, state)));
            case 5, 6 ->
                new Made(
                        "PUT",
                        path + "/" + id(resource.collection(), state),
                        Optional.of(body(resource, Use.PUT, state)));
            case 7 -> new Made("DELETE", path + "/" + id(resource.collection(), state), Optional.empty());
            case 8 -> act(state);
            default -> new Made("GET", path + query(resource, state), Optional.empty());
        };
    }

    private Made act(StoreState state) {
        Resource resource = once(2) ? new Routers() : one(Resources.all());
        String path = "/" + resource.collection().replace('_', '-') + "/" + id(resource.collection(), state);
        if (once(4)) {
            String tag = once(2) ? "" : "/" + one(List.of("red", "é", "x".repeat(300)));
            ObjectNode tags = JSON.objectNode();
            tags.set("tags", once(2) ? JSON.arrayNode().add("red").add("blue") : one(VALUES));
            return new Made(
                    one(List.of("PUT", "DELETE", "POST")),
                    path + "/tags" + tag,
                    once(9) ? Optional.empty() : Optional.of(tags));
        }
        ObjectNode body = JSON.objectNode();
        if (once(2)) {
            body.put("subnet_id", id("subnets", state));
        }
        if (once(3)) {
            body.put("port_id", id("ports", state));
        }
        if (once(3)) {
            body.set("addresses", one(VALUES));
        }
        if (once(3)) {
            body.putObject("router").set("routes", one(VALUES));
        }
        return new Made("PUT", path + "/" + one(ACTIONS), Optional.of(once(9) ? one(VALUES) : body));
    }

    /** One that is there, mostly. */
    private String id(String collection, StoreState state) {
        // In the order in which they were made, which a seed decides; ids are new in each run.
        List<String> ids = state.objects().entrySet().stream()
                .filter(entry -> entry.getKey().collection().equals(collection))
                .sorted(Comparator.comparing((Map.Entry<ObjectKey, Document> entry) ->
                        entry.getValue().revision()))
                .map(entry -> entry.getKey().id())
                .toList();
        return ids.isEmpty() || once(20) ? one(List.of("none", "a/b", "x".repeat(300))) : one(ids);
    }

    private JsonNode body(Resource resource, Use use, StoreState state) {
        if (once(25)) {
            return one(VALUES);
        }
        ObjectNode body = JSON.objectNode();
        if (once(25)) {
            ArrayNode several = body.putArray(resource.collection());
            for (int i = random.nextInt(4); i >= 0; i--) {
                several.add(object(resource, use, state));
            }
        } else {
            body.set(once(50) ? "bogus" : resource.member(), once(50) ? one(VALUES) : object(resource, use, state));
        }
        return body;
    }

    private ObjectNode object(Resource resource, Use use, StoreState state) {
        ObjectNode object = JSON.objectNode();
        int others = 1 + random.nextInt(12);
        for (Attribute attribute : resource.attributes()) {
            boolean wanted = use == Use.POST && attribute.is(Use.REQUIRED);
            if (wanted ? !once(40) : attribute.is(use) ? once(others) : once(200)) {
                object.set(attribute.name(), value(attribute, state));
            }
        }
        if (once(60)) {
            object.set("bogus", one(VALUES));
        }
        return object;
    }

    private JsonNode value(Attribute attribute, StoreState state) {
        JsonNode reference = reference(attribute.name(), state);
        if (!reference.isMissingNode() && !once(10)) {
            return reference;
        }
        List<JsonNode> some = fitting.computeIfAbsent(
                attribute,
                key -> VALUES.stream().filter(value -> fits(key, value)).toList());
        return some.isEmpty() || once(15) ? one(VALUES) : one(some);
    }

    private static boolean fits(Attribute attribute, JsonNode value) {
        try {
            return attribute.conversion().of(value) != null;
        } catch (Unfit e) {
            return false;
        }
    }

    private JsonNode reference(String attribute, StoreState state) {
        return switch (attribute) {
            case "network_id", "floating_network_id" -> JSON.textNode(id("networks", state));
            case "subnet_id" -> JSON.textNode(id("subnets", state));
            case "port_id" -> JSON.textNode(id("ports", state));
            case "device_id" -> JSON.textNode(id("routers", state));
            case "subnetpool_id" -> once(3) ? JSON.textNode(id("subnetpools", state)) : JSON.nullNode();
            case "security_group_id", "remote_group_id" -> JSON.textNode(id("security_groups", state));
            case "remote_address_group_id" -> JSON.textNode(id("address_groups", state));
            case "security_groups" -> JSON.arrayNode().add(id("security_groups", state));
            case "fixed_ips" -> JSON.arrayNode().add(JSON.objectNode().put("subnet_id", id("subnets", state)));
            case "external_gateway_info" -> JSON.objectNode().put("network_id", id("networks", state));
            default -> JSON.missingNode();
        };
    }

    private String query(Resource resource, StoreState state) {
        List<Attribute> attributes = List.copyOf(resource.attributes());
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = one(attributes).name();
            JsonNode value = one(VALUES);
            String text = encoded(value.isValueNode() ? value.asText() : value.toString());
            parts.add(
                    switch (random.nextInt(8)) {
                        case 0 -> "sort_key=" + name;
                        case 1 -> "sort_dir=" + one(List.of("asc", "desc", "up"));
                        case 2 -> "limit=" + text;
                        case 3 -> "marker=" + encoded(id(resource.collection(), state));
                        case 4 -> "fields=" + name;
                        case 5 -> "page_reverse=True";
                        default -> name + "=" + text;
                    });
        }
        String one = once(4) ? "/" + id(resource.collection(), state) : "";
        return one + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    }

    private static String encoded(String text) {
        String shortened = text.substring(0, Math.min(text.length(), 500));
        return URLEncoder.encode(shortened, StandardCharsets.UTF_8);
    }
}
