package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.flow6.network.IpProtocols;
import org.flow6.northbound.api.Conversion.Unfit;

/** Protocols of security group rules, as requests and answers have them. */
final class Protocols {

    /** A name in small letters, or a number as text, or null. */
    static final Conversion PROTOCOL = Conversion.as("a protocol's name, a number from 0 to 255, or null", value -> {
        if (value.isNull()) {
            return value;
        }
        String text =
                value.isTextual() || value.isIntegralNumber() ? value.asText().toLowerCase(Locale.ROOT) : "";
        if (IpProtocols.parse(text).isPresent()) {
            return Conversions.text(text);
        }
        throw new Unfit(NeutronError.badRequest(
                "SecurityGroupRuleInvalidProtocol",
                "Security group rule protocol " + Conversions.quoted(value)
                        + " not supported. Only protocol values "
                        + IpProtocols.names().stream()
                                .map(name -> "'" + name + "'")
                                .toList()
                        + " and integer representations [0 to 255] are supported."));
    });

    private Protocols() {}

    /**
     * The number of a rule's protocol; with IPv6 every spelling of ICMP is ICMPv6.
     *
     * @return {@link IpProtocols#ANY} where it has none
     */
    static int of(JsonNode rule) {
        int number = IpProtocols.parse(Catalog.text(rule, "protocol")).orElse(IpProtocols.ANY);
        return IpProtocols.within(number, Catalog.text(rule, "ethertype").equals("IPv6"));
    }
}
