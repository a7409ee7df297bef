package org.flow6.packets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.projectfloodlight.openflow.types.IPv6Address;

/** An ICMPv6 message's fields as vectors.py names them. */
final class Icmpv6Json {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Icmpv6Json() {}

    static Icmpv6 read(JsonNode icmp) {
        int type = icmp.get("type").asInt();
        return switch (type) {
            case 1, 2, 3, 4 ->
                new Icmpv6Error(
                        kind(type),
                        icmp.get("code").asInt(),
                        icmp.get("detail").asLong(),
                        Bytes.ofHex(icmp.get("invoking").asText()));
            case 128 -> new Echo.Request(identifier(icmp), icmp.get("sequence").asInt(), data(icmp));
            case 129 -> new Echo.Reply(identifier(icmp), icmp.get("sequence").asInt(), data(icmp));
            case 130 -> query(icmp);
            case 131 -> new Mld.Report(address(icmp, "group"));
            case 132 -> new Mld.Done(address(icmp, "group"));
            case 133 -> new RouterSolicitation(options(icmp));
            case 134 ->
                new RouterAdvertisement(
                        icmp.get("hopLimit").asInt(),
                        RouterFlags.ofOctet(icmp.get("flags").asInt()),
                        icmp.get("lifetime").asInt(),
                        icmp.get("reachableTime").asLong(),
                        icmp.get("retransTimer").asLong(),
                        options(icmp));
            case 135 -> new NeighborSolicitation(address(icmp, "target"), options(icmp));
            case 136 ->
                new NeighborAdvertisement(
                        NdFlags.ofWord(icmp.get("flags").asLong()), address(icmp, "target"), options(icmp));
            case 137 -> new Redirect(address(icmp, "target"), address(icmp, "destination"), options(icmp));
            case 141 -> new InverseSolicitation(options(icmp));
            case 142 -> new InverseAdvertisement(options(icmp));
            case 143 -> report(icmp);
            case 151 ->
                new MulticastRouterDiscovery.Advertisement(
                        icmp.get("interval").asInt(),
                        icmp.get("queryInterval").asInt(),
                        icmp.get("robustness").asInt());
            case 152 -> new MulticastRouterDiscovery.Solicitation();
            case 153 -> new MulticastRouterDiscovery.Termination();
            default ->
                new Icmpv6.Other(
                        type,
                        icmp.get("code").asInt(),
                        Bytes.ofHex(icmp.get("body").asText()));
        };
    }

    private static Icmpv6Error.Kind kind(int type) {
        return Stream.of(Icmpv6Error.Kind.values())
                .filter(kind -> kind.type() == type)
                .findFirst()
                .orElseThrow();
    }

    private static int identifier(JsonNode icmp) {
        return icmp.get("identifier").asInt();
    }

    private static Bytes data(JsonNode icmp) {
        return Bytes.ofHex(icmp.get("data").asText());
    }

    private static IPv6Address address(JsonNode fields, String name) {
        return IPv6Address.of(fields.get(name).asText());
    }

    private static Mld query(JsonNode icmp) {
        int delay = icmp.get("maximumResponse").asInt();
        return icmp.has("sources")
                ? new Mldv2Query(
                        delay,
                        address(icmp, "group"),
                        icmp.get("suppress").asBoolean(),
                        icmp.get("robustness").asInt(),
                        icmp.get("interval").asInt(),
                        addresses(icmp.get("sources")))
                : new Mld.Query(delay, address(icmp, "group"));
    }

    private static Mldv2Report report(JsonNode icmp) {
        List<GroupRecord> records = new ArrayList<>();
        for (JsonNode each : icmp.get("records")) {
            records.add(
                    new GroupRecord(each.get("type").asInt(), address(each, "group"), addresses(each.get("sources"))));
        }
        return new Mldv2Report(records);
    }

    private static List<NdOption> options(JsonNode icmp) {
        return StreamSupport.stream(icmp.get("options").spliterator(), false)
                .map(NdOptionJson::read)
                .toList();
    }

    static List<IPv6Address> addresses(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> IPv6Address.of(each.asText()))
                .toList();
    }

    static ObjectNode write(Icmpv6 message) {
        ObjectNode icmp = JSON.createObjectNode().put("type", message.type());
        if (message instanceof NdMessage nd) {
            fixed(icmp, nd);
            ArrayNode options = icmp.putArray("options");
            nd.options().forEach(option -> options.add(NdOptionJson.write(option)));
        } else if (message instanceof Mld mld) {
            write(icmp, mld);
        } else if (message instanceof MulticastRouterDiscovery.Advertisement advertisement) {
            icmp.put("interval", advertisement.interval());
            icmp.put("queryInterval", advertisement.queryInterval()).put("robustness", advertisement.robustness());
        } else if (message instanceof Echo echo) {
            icmp.put("identifier", echo.identifier()).put("sequence", echo.sequence());
            icmp.put("data", echo.data().toString());
        } else if (message instanceof Icmpv6Error error) {
            icmp.put("code", error.code()).put("detail", error.detail());
            icmp.put("invoking", error.invoking().toString());
        } else if (message instanceof Icmpv6.Other other) {
            icmp.put("code", other.code()).put("body", other.body().toString());
        }
        return icmp;
    }

    private static void fixed(ObjectNode icmp, NdMessage message) {
        if (message instanceof NeighborAdvertisement advertisement) {
            icmp.put("flags", advertisement.flags().word());
            icmp.put("target", advertisement.target().toString());
        } else if (message instanceof NeighborSolicitation solicitation) {
            icmp.put("target", solicitation.target().toString());
        } else if (message instanceof Redirect redirect) {
            icmp.put("target", redirect.target().toString());
            icmp.put("destination", redirect.destination().toString());
        } else if (message instanceof RouterAdvertisement advertisement) {
            icmp.put("hopLimit", advertisement.hopLimit());
            icmp.put("flags", advertisement.flags().octet()).put("lifetime", advertisement.lifetime());
            icmp.put("reachableTime", advertisement.reachableTime());
            icmp.put("retransTimer", advertisement.retransTimer());
        }
    }

    private static void write(ObjectNode icmp, Mld message) {
        if (message instanceof Mld.Query query) {
            icmp.put("maximumResponse", query.maximumResponseDelay());
            icmp.put("group", query.group().toString());
        } else if (message instanceof Mldv2Query query) {
            icmp.put("maximumResponse", query.maximumResponseCode());
            icmp.put("group", query.group().toString()).put("suppress", query.suppress());
            icmp.put("robustness", query.robustness()).put("interval", query.intervalCode());
            write(icmp.putArray("sources"), query.sources());
        } else if (message instanceof Mld.Report report) {
            icmp.put("group", report.group().toString());
        } else if (message instanceof Mld.Done done) {
            icmp.put("group", done.group().toString());
        } else if (message instanceof Mldv2Report report) {
            ArrayNode records = icmp.putArray("records");
            for (GroupRecord each : report.records()) {
                ObjectNode fields = records.addObject().put("type", each.type());
                fields.put("group", each.group().toString());
                write(fields.putArray("sources"), each.sources());
            }
        }
    }

    static void write(ArrayNode array, List<IPv6Address> addresses) {
        addresses.forEach(address -> array.add(address.toString()));
    }
}
