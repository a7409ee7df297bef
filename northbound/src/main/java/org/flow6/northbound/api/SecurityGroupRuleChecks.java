package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.flow6.network.IpPrefix;
import org.flow6.network.IpProtocols;

/** What Neutron asks of a security group rule beside the form of its attributes. */
final class SecurityGroupRuleChecks {
    static final Resource GROUPS = new SecurityGroups();
    private static final Resource ADDRESS_GROUPS = new AddressGroups();
    private static final String MIN = "port_range_min";
    private static final String MAX = "port_range_max";
    private static final int MOST_OF_ICMP = 255;
    private static final int FIRST_PORT = 1;
    private static final int LAST_PORT = 65_535;

    private SecurityGroupRuleChecks() {}

    /** Checks a rule, or a template of some, by itself. */
    static void checkForm(ObjectNode rule) throws NeutronError {
        canonicalize(rule);
        checkPorts(rule);
        checkEtherType(rule);
        checkPeers(rule);
    }

    /** All ports are no ports. */
    private static void canonicalize(ObjectNode rule) {
        if (IpProtocols.hasPorts(Protocols.of(rule))
                && rule.path(MIN).asInt() == FIRST_PORT
                && rule.path(MAX).asInt() == LAST_PORT) {
            rule.putNull(MIN).putNull(MAX);
        }
    }

    private static boolean isIpv6(JsonNode rule) {
        return Catalog.text(rule, "ethertype").equals("IPv6");
    }

    private static void checkPorts(ObjectNode rule) throws NeutronError {
        if (rule.path(MIN).isNull() && rule.path(MAX).isNull()) {
            return;
        }
        if (rule.path("protocol").isNull()) {
            throw NeutronError.badRequest(
                    "SecurityGroupProtocolRequiredWithPorts", "Must also specify protocol if port range is given.");
        }
        int protocol = Protocols.of(rule);
        if (IpProtocols.hasPorts(protocol)) {
            checkRange(rule);
        } else if (IpProtocols.isIcmp(protocol)) {
            checkIcmp(rule);
        } else {
            throw NeutronError.badRequest(
                    "SecurityGroupInvalidProtocolForPort",
                    "Invalid protocol " + Catalog.text(rule, "protocol")
                            + " for port range, only supported for TCP, UDP, UDPLITE, SCTP and DCCP.");
        }
    }

    private static void checkRange(ObjectNode rule) throws NeutronError {
        if (isZero(rule.path(MIN)) || isZero(rule.path(MAX))) {
            throw invalidPort("0");
        }
        if (rule.path(MIN).isNull()
                || rule.path(MAX).isNull()
                || rule.path(MIN).asInt() > rule.path(MAX).asInt()) {
            throw NeutronError.badRequest(
                    "SecurityGroupInvalidPortRange", "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
    }

    private static boolean isZero(JsonNode port) {
        return port.isNumber() && port.asInt() == 0;
    }

    static NeutronError invalidPort(String port) {
        return NeutronError.badRequest("SecurityGroupInvalidPortValue", "Invalid value for port " + port);
    }

    private static void checkIcmp(ObjectNode rule) throws NeutronError {
        checkIcmp(rule, "type", MIN);
        checkIcmp(rule, "code", MAX);
        if (rule.path(MIN).isNull()) {
            throw NeutronError.badRequest(
                    "SecurityGroupMissingIcmpType",
                    "ICMP code (port-range-max) " + rule.path(MAX).asText()
                            + " is provided but ICMP type (port-range-min) is missing.");
        }
    }

    private static void checkIcmp(ObjectNode rule, String field, String attribute) throws NeutronError {
        if (rule.path(attribute).asInt() > MOST_OF_ICMP) {
            throw NeutronError.badRequest(
                    "SecurityGroupInvalidIcmpValue",
                    "Invalid value for ICMP " + field + " (" + attribute + ") "
                            + rule.path(attribute).asText() + ". It must be 0 to 255.");
        }
    }

    private static void checkEtherType(ObjectNode rule) throws NeutronError {
        String prefix = Catalog.text(rule, "remote_ip_prefix");
        String type = Catalog.text(rule, "ethertype");
        if (!prefix.isEmpty() && IpPrefix.parse(prefix).isIpv6() != isIpv6(rule)) {
            throw NeutronError.badRequest(
                    "SecurityGroupRuleParameterConflict",
                    "Conflicting value ethertype " + type + " for CIDR " + prefix);
        }
        if (!isIpv6(rule) && IpProtocols.isIpv6Only(Protocols.of(rule))) {
            throw NeutronError.badRequest(
                    "SecurityGroupEthertypeConflictWithProtocol",
                    "Invalid ethertype " + type + " for protocol " + Catalog.text(rule, "protocol") + ".");
        }
    }

    private static void checkPeers(ObjectNode rule) throws NeutronError {
        String group = Catalog.text(rule, "remote_group_id");
        String addresses = Catalog.text(rule, "remote_address_group_id");
        boolean prefix = !Catalog.text(rule, "remote_ip_prefix").isEmpty();
        if (prefix && !group.isEmpty()) {
            throw NeutronError.badRequest(
                    "SecurityGroupRemoteGroupAndRemoteIpPrefix",
                    "Only remote_ip_prefix or remote_group_id may be provided.");
        }
        if (!addresses.isEmpty() && (prefix || !group.isEmpty())) {
            throw NeutronError.badRequest(
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix, remote_group_id and remote_address_group_id may be provided.");
        }
    }

    /** The groups that a rule names as its peers are the caller's, and stay until the rule is made. */
    static void requirePeers(ObjectNode rule, Caller caller, Draft draft) throws NeutronError {
        String group = Catalog.text(rule, "remote_group_id");
        String addresses = Catalog.text(rule, "remote_address_group_id");
        if (!group.isEmpty()) {
            requireSeen(GROUPS, group, caller, draft);
        }
        if (!addresses.isEmpty()) {
            requireSeen(ADDRESS_GROUPS, addresses, caller, draft);
        }
    }

    /** An object of the caller's, which stays until the rule is made. */
    static ObjectNode requireSeen(Resource resource, String id, Caller caller, Draft draft) throws NeutronError {
        ObjectNode found = draft.hold(resource.collection(), id);
        if (found == null || !caller.owns(found.path("project_id").asText())) {
            throw resource.notFound(id);
        }
        return found;
    }
}
