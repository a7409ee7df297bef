package org.flow6.northbound.api;

import static org.flow6.northbound.api.Conversions.quoted;
import static org.flow6.northbound.api.Conversions.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.flow6.network.IpPrefix;
import org.flow6.northbound.api.Conversion.Unfit;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPVersion;

/** Conversions of addresses, to the one form that each has (RFC 5952). */
final class AddressConversions {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    static final Conversion IP =
            Conversion.as("an address", value -> text(address(value).toString()));

    /** A prefix whose host bits are clear. */
    static final Conversion CIDR = Conversion.as("a prefix", value -> {
        IpPrefix prefix = prefix(value, "%s isn't a recognized IP subnet cidr");
        if (!value.asText().contains("/")) {
            throw new Unfit(quoted(value) + " isn't a recognized IP subnet cidr, '" + prefix + "' is recommended");
        }
        return text(prefix.toString());
    });

    /** A prefix; an address is one of full length. */
    static final Conversion HOST_OR_CIDR = Conversion.as(
            "an address or prefix",
            value -> text(prefix(value, "%s isn't a recognized IP subnet cidr").toString()));

    /** An address, or a prefix. */
    static final Conversion IP_OR_CIDR = Conversion.as(
            "an address or prefix",
            value -> value.isTextual() && value.asText().contains("/") ? CIDR.of(value) : IP.of(value));

    static final Conversion MAC_ADDRESS = Conversion.as("a MAC address", value -> {
        String mac = value.isTextual()
                ? value.asText().strip().toLowerCase(Locale.ROOT).replace('-', ':')
                : "";
        if (!MAC.matcher(mac).matches()) {
            throw new Unfit(quoted(value) + " is not a valid MAC address");
        }
        if (mac.equals("00:00:00:00:00:00") || (Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0) {
            throw new Unfit(quoted(value) + " is not a valid MAC address");
        }
        return text(mac);
    });

    static final Conversion POOL = Conversions.mapping(Map.of("start", IP, "end", IP), Set.of("start", "end"));

    static final Conversion HOST_ROUTE =
            Conversions.mapping(Map.of("destination", CIDR, "nexthop", IP), Set.of("destination", "nexthop"));

    static final Conversion ADDRESS_PAIR =
            Conversions.mapping(Map.of("ip_address", IP_OR_CIDR, "mac_address", MAC_ADDRESS), Set.of("ip_address"));

    private static final int MOST_FIXED_IPS = 100;
    private static final Conversion FIXED_IP =
            Conversions.mapping(Map.of("subnet_id", Conversions.text(255), "ip_address", IP), Set.of());

    /** Addresses, or subnets to have one of; no address twice, but several of one subnet. */
    static final Conversion FIXED_IPS =
            Conversion.as("list of at most " + MOST_FIXED_IPS + ": " + FIXED_IP.form(), value -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                if (value.isNull()) {
                    return list;
                }
                if (!value.isArray()) {
                    throw new Unfit("Invalid data format for fixed IP: " + quoted(value));
                }
                if (value.size() > MOST_FIXED_IPS) {
                    throw new Unfit("Exceeded maximum amount of " + MOST_FIXED_IPS + " elements");
                }
                Set<JsonNode> seen = new HashSet<>();
                for (JsonNode one : value) {
                    if (!one.isObject()) {
                        throw new Unfit("Invalid data format for fixed IP: " + quoted(one));
                    }
                    JsonNode converted = FIXED_IP.of(one);
                    if (converted.has("ip_address") && !seen.add(converted.path("ip_address"))) {
                        throw new Unfit("Duplicate IP address '"
                                + converted.path("ip_address").asText() + "'");
                    }
                    list.add(converted);
                }
                return list;
            });

    private AddressConversions() {}

    static IPAddress<?> address(JsonNode value) throws Unfit {
        IPAddress<?> address = null;
        if (value.isTextual()
                && value.asText().equals(value.asText().strip())
                && value.asText().indexOf('%') < 0) {
            try {
                address = IPAddress.of(value.asText());
            } catch (IllegalArgumentException e) {
                address = null;
            }
        }
        if (address == null) {
            throw new Unfit(quoted(value) + " is not a valid IP address");
        }
        return address;
    }

    private static IpPrefix prefix(JsonNode value, String message) throws Unfit {
        if (value.isTextual()) {
            try {
                String text = value.asText();
                if (text.indexOf('/') < 0) {
                    IPAddress<?> address = address(value);
                    return IpPrefix.of(address, address.getIpVersion() == IPVersion.IPv6 ? 128 : 32);
                }
                return IpPrefix.parse(text);
            } catch (IllegalArgumentException e) {
                throw new Unfit(message.formatted(quoted(value)));
            }
        }
        throw new Unfit(message.formatted(quoted(value)));
    }
}
