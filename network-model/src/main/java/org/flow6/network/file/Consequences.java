package org.flow6.network.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.Resource;
import org.flow6.network.SecurityGroup;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.network.Subnet;
import org.flow6.network.file.NetworkObjects.Name;
import org.jspecify.annotations.Nullable;

/** What follows from a network file and is not stated in it, added to the objects that are. */
record Consequences(NetworkModel model, Map<Name, ObjectNode> objects) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    void add() {
        model.networks().values().forEach(this::complete);
        model.subnets().values().forEach(this::complete);
        model.ports().values().forEach(this::complete);
        model.securityGroups().values().forEach(this::complete);
        addDefaultRules();
    }

    private @Nullable ObjectNode find(Kind kind, Resource resource) {
        return objects.get(new Name(kind.list(), resource.id().value()));
    }

    private static void putIfAbsent(ObjectNode object, String name, JsonNode value) {
        if (!object.has(name)) {
            object.set(name, value);
        }
    }

    private void complete(Network network) {
        ObjectNode object = find(Kinds.NETWORKS, network);
        if (object != null) {
            putIfAbsent(object, Kinds.NETWORKS.mtu.name(), JSON.numberNode(network.mtu()));
        }
    }

    private void complete(Subnet subnet) {
        ObjectNode object = find(Kinds.SUBNETS, subnet);
        if (object != null) {
            putIfAbsent(object, "ip_version", JSON.numberNode(subnet.cidr().isIpv6() ? 6 : 4));
            object.put(
                    Kinds.SUBNETS.gatewayIp.name(),
                    subnet.gatewayIp().map(Object::toString).orElse(null));
        }
    }

    private void complete(Port port) {
        ObjectNode object = find(Kinds.PORTS, port);
        if (object == null) {
            return;
        }
        object.put(Kinds.PORTS.portSecurityEnabled.name(), port.portSecurityEnabled());
        ArrayNode addresses = object.putArray(Kinds.PORTS.fixedIps.name());
        port.fixedIps().forEach(fixed -> addresses
                .addObject()
                .put("subnet_id", fixed.subnetId().value())
                .put("ip_address", fixed.ipAddress().toString()));
        ArrayNode groups = object.putArray(Kinds.PORTS.securityGroups.name());
        port.securityGroups().forEach(group -> groups.add(group.value()));
        for (JsonNode pair : object.path(Kinds.PORTS.allowedAddressPairs.name())) {
            if (pair instanceof ObjectNode mapping) {
                putIfAbsent(
                        mapping, "mac_address", JSON.textNode(port.macAddress().toString()));
            }
        }
    }

    /** All its rules are stated from now on. */
    private void complete(SecurityGroup group) {
        ObjectNode object = objects.computeIfAbsent(
                new Name(Kinds.SECURITY_GROUPS.list(), group.id().value()), name -> JSON.objectNode()
                        .put("id", group.id().value())
                        .put("project_id", group.projectId())
                        .put("name", group.name())
                        .put("description", "Default security group"));
        String settings = Kinds.SECURITY_GROUPS.flow6.name();
        ObjectNode stated = object.path(settings) instanceof ObjectNode some ? some : object.putObject(settings);
        stated.put(Kinds.SECURITY_GROUPS.settings.defaultRules.name(), false);
    }

    /** Those that no rule says which is stated. */
    private void addDefaultRules() {
        Set<SecurityGroupRule> stated = new HashSet<>();
        String list = Kinds.SECURITY_GROUP_RULES.list();
        for (SecurityGroupRule rule : model.securityGroupRules().values()) {
            if (objects.containsKey(new Name(list, rule.id().value()))) {
                stated.add(anonymous(rule));
            }
        }
        for (SecurityGroupRule rule : model.securityGroupRules().values()) {
            if (stated.add(anonymous(rule))) {
                objects.computeIfAbsent(new Name(list, rule.id().value()), name -> object(rule));
            }
        }
    }

    private static SecurityGroupRule anonymous(SecurityGroupRule rule) {
        return new SecurityGroupRule(
                Id.of("any"),
                rule.securityGroupId(),
                rule.direction(),
                rule.etherType(),
                rule.protocol(),
                rule.portRangeMin(),
                rule.portRangeMax(),
                rule.remote(),
                Optional.empty());
    }

    /** One that Neutron makes with a group. */
    private ObjectNode object(SecurityGroupRule rule) {
        SecurityGroup group = model.securityGroups().get(rule.securityGroupId());
        ObjectNode object = JSON.objectNode()
                .put("id", rule.id().value())
                .put("project_id", group == null ? "" : group.projectId())
                .put("security_group_id", rule.securityGroupId().value())
                .put("direction", rule.direction().name().toLowerCase(Locale.ROOT))
                .put("ethertype", rule.etherType() == EtherType.IPV6 ? "IPv6" : "IPv4");
        if (rule.remote() instanceof Remote.Group remote) {
            object.put("remote_group_id", remote.id().value());
        }
        return object;
    }
}
