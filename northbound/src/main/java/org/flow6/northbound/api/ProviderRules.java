package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a network has to say of the physical network that it is part of, if it is. */
final class ProviderRules {
    private static final String TYPE = "provider:network_type";
    private static final String PHYSICAL = "provider:physical_network";
    private static final String SEGMENT = "provider:segmentation_id";
    static final List<String> ALL = List.of(TYPE, PHYSICAL, SEGMENT);

    /** IEEE 802.1Q. */
    private static final int LAST_VLAN = 4094;

    private ProviderRules() {}

    /** Takes away what is null. */
    static void tidy(ObjectNode network) {
        for (String attribute : ALL) {
            if (Catalog.text(network, attribute).isEmpty()) {
                network.remove(attribute);
            }
        }
    }

    /** Checks a new network's. */
    static void check(ObjectNode network, Catalog catalog) throws NeutronError {
        tidy(network);
        String type = Catalog.text(network, TYPE);
        boolean physical = type.equals("flat") || type.equals("vlan");
        if (type.isEmpty() && (network.has(PHYSICAL) || network.has(SEGMENT))) {
            throw invalid("provider:network_type required.");
        }
        if (physical && !network.has(PHYSICAL)) {
            throw invalid("physical_network required for " + type + " provider network.");
        }
        if (!physical && network.has(PHYSICAL)) {
            throw invalid("provider:physical_network specified for " + type + " network.");
        }
        if ((type.equals("flat") || type.equals("local")) && network.has(SEGMENT)) {
            throw invalid("provider:segmentation_id specified for " + type + " network.");
        }
        if (!physical) {
            return;
        }
        String name = Catalog.text(network, PHYSICAL);
        int vlan = network.path(SEGMENT).asInt();
        if (type.equals("vlan") && (vlan < 1 || vlan > LAST_VLAN)) {
            throw invalid("segmentation_id out of range (1 through " + LAST_VLAN + ").");
        }
        for (ObjectNode other : catalog.find(Networks.ALL, PHYSICAL, name)) {
            if (other.path(SEGMENT).asInt() == vlan) {
                throw vlan == 0
                        ? NeutronError.conflict(
                                "FlatNetworkInUse",
                                "Unable to create the flat network. Physical network " + name + " is in use.")
                        : NeutronError.conflict(
                                "VlanIdInUse",
                                "Unable to create the network. The VLAN " + vlan + " on physical network " + name
                                        + " is in use.");
            }
        }
    }

    /** Shows administrators what carries a network. */
    static void complete(ObjectNode shown, Caller caller) {
        if (!caller.isAdmin()) {
            shown.remove(ALL);
            return;
        }
        if (!shown.has(TYPE)) {
            shown.put(TYPE, "geneve");
        }
        for (String attribute : List.of(PHYSICAL, SEGMENT)) {
            if (!shown.has(attribute)) {
                shown.putNull(attribute);
            }
        }
    }

    private static NeutronError invalid(String message) {
        return NeutronError.badRequest("InvalidInput", "Invalid input for operation: " + message);
    }
}
