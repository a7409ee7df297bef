package org.flow6.packets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.flow6.packets.NdOption.Nonce;
import org.flow6.packets.NdOption.SourceLinkLayerAddress;
import org.flow6.packets.NdOption.TargetLinkLayerAddress;
import org.flow6.packets.NdOption.UnknownOption;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A Neighbor Discovery option's fields as vectors.py names them; as a body where there is but one. */
final class NdOptionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NdOptionJson() {}

    static NdOption read(JsonNode option) {
        int type = option.get("type").asInt();
        Bytes body = option.has("body") ? Bytes.ofHex(option.get("body").asText()) : Bytes.EMPTY;
        if (option.has("body")) {
            return switch (type) {
                case 1 -> new SourceLinkLayerAddress(body.macAddress(0));
                case 2 -> new TargetLinkLayerAddress(body.macAddress(0));
                case 4 -> new RedirectedHeader(body.slice(6));
                case 14 -> new Nonce(body);
                default -> new UnknownOption(type, body);
            };
        }
        return switch (type) {
            case 3 ->
                new PrefixInformation(
                        prefix(option),
                        option.get("prefixLength").asInt(),
                        (option.get("flags").asInt() & 0x80) != 0,
                        (option.get("flags").asInt() & 0x40) != 0,
                        (option.get("flags").asInt() & 0x20) != 0,
                        option.get("validLifetime").asLong(),
                        option.get("preferredLifetime").asLong());
            case 5 -> new Mtu(option.get("mtu").asLong());
            case 9 -> new AddressList.Source(Icmpv6Json.addresses(option.get("addresses")));
            case 10 -> new AddressList.Target(Icmpv6Json.addresses(option.get("addresses")));
            case 24 ->
                new RouteInformation(
                        prefix(option),
                        option.get("prefixLength").asInt(),
                        RouterPreference.valueOf(
                                option.get("preference").asText().toUpperCase(Locale.ROOT)),
                        option.get("lifetime").asLong());
            case 25 ->
                new RecursiveDnsServer(option.get("lifetime").asLong(), Icmpv6Json.addresses(option.get("addresses")));
            case 31 ->
                new DnsSearchList(
                        option.get("lifetime").asLong(),
                        StreamSupport.stream(option.get("domains").spliterator(), false)
                                .map(each -> DomainName.of(each.asText()))
                                .toList());
            case 37 -> new CaptivePortal(option.get("uri").asText());
            case 38 ->
                new Pref64(
                        option.get("lifetime").asInt(),
                        prefix(option),
                        option.get("prefixLength").asInt());
            default -> throw new IllegalArgumentException("no fields for option type " + type);
        };
    }

    private static IPv6Address prefix(JsonNode option) {
        return IPv6Address.of(option.get("prefix").asText());
    }

    static ObjectNode write(NdOption option) {
        ObjectNode fields = JSON.createObjectNode().put("type", option.type());
        if (option instanceof PrefixInformation each) {
            fields.put("prefix", each.prefix().toString()).put("prefixLength", each.prefixLength());
            fields.put(
                    "flags",
                    (each.onLink() ? 0x80 : 0) | (each.autonomous() ? 0x40 : 0) | (each.routerAddress() ? 0x20 : 0));
            fields.put("validLifetime", each.validLifetime()).put("preferredLifetime", each.preferredLifetime());
        } else if (option instanceof Mtu each) {
            fields.put("mtu", each.value());
        } else if (option instanceof AddressList each) {
            Icmpv6Json.write(fields.putArray("addresses"), each.addresses());
        } else if (option instanceof RouteInformation each) {
            fields.put("prefix", each.prefix().toString()).put("prefixLength", each.prefixLength());
            fields.put("preference", each.preference().name().toLowerCase(Locale.ROOT));
            fields.put("lifetime", each.lifetime());
        } else if (option instanceof RecursiveDnsServer each) {
            Icmpv6Json.write(fields.put("lifetime", each.lifetime()).putArray("addresses"), each.addresses());
        } else if (option instanceof DnsSearchList each) {
            ArrayNode domains = fields.put("lifetime", each.lifetime()).putArray("domains");
            each.domains().forEach(domain -> domains.add(domain.toString()));
        } else if (option instanceof CaptivePortal each) {
            fields.put("uri", each.uri());
        } else if (option instanceof Pref64 each) {
            fields.put("lifetime", each.lifetime());
            fields.put("prefix", each.prefix().toString()).put("prefixLength", each.prefixLength());
        } else {
            fields.put("body", option.encode().slice(2).toString());
        }
        return fields;
    }
}
