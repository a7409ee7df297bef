package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The extensions of Neutron's API that Flow6 has, by which clients tell what they may use. */
final class ExtensionTable {
    private static final List<Extension> ALL = List.of(
            of("address-group", "Address group", "Groups of addresses."),
            of("allowed-address-pairs", "Allowed Address Pairs", "What else ports may send from."),
            of("binding", "Port Binding", "The hosts that ports are on."),
            of("default-subnetpools", "Default Subnetpools", "The pool of subnets that name none."),
            of("empty-string-filtering", "Empty String Filtering Extension", "Filters by empty text."),
            of("external-net", "Neutron external network", "Networks that routers have their gateways on."),
            of("extra_dhcp_opt", "Neutron Extra DHCP options", "What DHCP tells a port alone."),
            of("extraroute", "Neutron Extra Route", "Routes of routers."),
            of("extraroute-atomic", "Atomically add/remove extra routes", "Single routes of routers."),
            of("ext-gw-mode", "Neutron L3 Configurable external gateway mode", "enable_snat of routers."),
            of("filter-validation", "Filter parameters validation", "Unknown filters are refused."),
            of("fip-port-details", "Floating IP Port Details Extension", "port_details of floating IPs."),
            of("ip-substring-filtering", "IP address substring filtering", "Ports by parts of addresses."),
            of("net-mtu", "Network MTU", "The MTU of networks."),
            of("net-mtu-writable", "Network MTU (writable)", "Networks' MTU can be changed."),
            of("network-ip-availability", "Network IP Availability", "How many addresses are used."),
            of("pagination", "Pagination support", "Lists in pages."),
            of("port-security", "Port Security", "Ports send from their own addresses alone."),
            of("project-id", "project_id field enabled", "project_id beside tenant_id."),
            of("quota-check-limit", "Quota engine limit check", "Quotas below what is used are refused."),
            of("quotas", "Quota management support", "How much a project may have."),
            of("quota_details", "Quota details management support", "What of its quotas a project uses."),
            of("revision-if-match", "If-Match constraints based on revision_number", "HTTP's If-Match."),
            of("router", "Neutron L3 Router", "Routers and floating IPs."),
            of("security-group", "security-group", "Security groups and their rules."),
            of("security-groups-default-rules", "Default rules for security groups", "Rules of new security groups."),
            of("security-groups-normalized-cidr", "Normalized CIDR field for security group rules", "Of prefixes."),
            of(
                    "security-groups-remote-address-group",
                    "Remote address group id field for security group rules",
                    "Address groups as peers."),
            of("sort-key-validation", "Sort key validation", "Unknown sort keys are refused."),
            of("sorting", "Sorting support", "Lists in the order of attributes."),
            of("standard-attr-description", "standard-attr-description", "Descriptions of resources."),
            of("standard-attr-revisions", "Resource revision numbers", "How often resources changed."),
            of("standard-attr-tag", "Tag support for resources with standard attribute", "Tags of resources."),
            of("standard-attr-timestamp", "Resource timestamps", "When resources were made and changed."),
            of("stateful-security-group", "Stateful security group", "Groups without connection tracking."),
            of("subnet_allocation", "Subnet Allocation", "Pools that subnets get prefixes of."));

    private ExtensionTable() {}

    static List<Extension> all() {
        return ALL;
    }

    private static Extension of(String alias, String name, String description) {
        return new Extension(alias, name, description);
    }

    /** An extension. */
    record Extension(String alias, String name, String description) {
        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("alias", alias)
                    .put("name", name)
                    .put("description", description)
                    .put("updated", "2026-11-21T00:00:00-00:00");
            json.putArray("links");
            return json;
        }
    }
}
