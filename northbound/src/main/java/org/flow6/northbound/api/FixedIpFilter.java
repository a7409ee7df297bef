package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.flow6.northbound.api.Conversion.Unfit;

/**
 * Neutron's filter of ports by one of their addresses: {@code fixed_ips=subnet_id=…} and {@code fixed_ips=ip_address=…}; of
 * several values of one of them one is enough.
 */
final class FixedIpFilter {
    private final List<String> subnets = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();

    private FixedIpFilter() {}

    static Predicate<ObjectNode> of(List<String> values) throws NeutronError {
        FixedIpFilter filter = new FixedIpFilter();
        for (String value : values) {
            filter.add(value);
        }
        return filter::matches;
    }

    private void add(String value) throws NeutronError {
        int sign = value.indexOf('=');
        String key = sign < 0 ? "" : value.substring(0, sign);
        String wanted = value.substring(sign + 1);
        switch (key) {
            case "subnet_id" -> subnets.add(wanted);
            case "ip_address" -> addresses.add(address(wanted));
            case "ip_address_substr" -> parts.add(wanted.toLowerCase(Locale.ROOT));
            case "" ->
                throw NeutronError.badRequest(
                        "InvalidInput", "Invalid input for operation: '" + value + "' is not in <key>=<value> format.");
            default -> throw NeutronError.badRequest("['fixed_ips." + key + "'] is invalid attribute for filtering");
        }
    }

    private static String address(String text) {
        try {
            return AddressConversions.address(Conversions.text(text)).toString();
        } catch (Unfit e) {
            return text;
        }
    }

    private boolean matches(ObjectNode port) {
        for (JsonNode fixed : port.path("fixed_ips")) {
            String address = Catalog.text(fixed, "ip_address");
            if ((subnets.isEmpty() || subnets.contains(Catalog.text(fixed, "subnet_id")))
                    && (addresses.isEmpty() || addresses.contains(address))
                    && (parts.isEmpty() || parts.stream().anyMatch(address::contains))) {
                return true;
            }
        }
        return false;
    }
}
