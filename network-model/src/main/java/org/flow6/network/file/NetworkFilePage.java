package org.flow6.network.file;

import java.util.Locale;
import java.util.stream.Collectors;

/** The reference of the network file, in Markdown. */
public final class NetworkFilePage {
    /** In the meaning of an attribute, what comes before its default if that is no single value. */
    private static final String DEFAULT = " Default: ";

    private static final String BEFORE = """
            # The network file

            This page is made by `bin/flow6 network-file`.

            The file is YAML or JSON and has a list for each type of resource, in the names of Neutron's API v2.0, with its
            defaults and rules. Lists may be left out. What Neutron has no attribute for is stated under `flow6`.
            `bin/flow6 check FILE` tells everything that is wrong in a file, and `flow6 run` takes none that is.

            ```yaml
            %s```

            Seconds are numbers, of which 4294967295 (all ones in 32 bits) or the word `infinite` never end. `[]` stands for
            each element of a list. "required" is said of an attribute that must be there, within a mapping that is.

            `hosts` is Flow6's own list: the hosts that ports are on and how they reach each other ([page](hosts.md)).
            A file without it is one host's. `subnetpools`, `default_security_group_rules` and `quotas` are kept for Neutron's
            API ([page](api.md)) alone.
            """;

    /** A whole file, as an example. */
    static final String EXAMPLE = """
            networks:
            - {id: blue, mtu: 1450, dns_domain: blue.example.org}
            subnets:
            - id: blue6
              network_id: blue
              ip_version: 6
              cidr: 2001:db8:1::/64
              gateway_ip: 2001:db8:1::1
              ipv6_ra_mode: slaac
              ipv6_address_mode: slaac
              dns_nameservers: ["2001:db8::53"]
              flow6: {valid_lifetime: 7200, preferred_lifetime: 3600}
            routers:
            - {id: r1}
            ports:
            - id: vm1
              network_id: blue
              mac_address: 02:00:00:00:00:01
              device_owner: compute:nova
              binding:host_id: hostA
              security_groups: [web]
            - id: r1-blue
              network_id: blue
              mac_address: 02:00:00:00:01:01
              device_owner: network:router_interface
              device_id: r1
              fixed_ips: [{subnet_id: blue6, ip_address: "2001:db8:1::1"}]
              flow6: {max_interval: 60, pref64: [{prefix: "64:ff9b::/96"}]}
            security_groups:
            - {id: web}
            security_group_rules:
            - {id: w1, security_group_id: web, direction: ingress, ethertype: IPv6, protocol: tcp, port_range_min: 80, port_range_max: 80}
            """;

    private NetworkFilePage() {}

    /** The page. */
    public static String render() {
        StringBuilder page = new StringBuilder(BEFORE.formatted(EXAMPLE));
        for (Kind kind : Kinds.ALL) {
            page.append("\n## `").append(kind.list()).append("`\n\n");
            page.append("| attribute | value | default | meaning |\n|---|---|---|---|\n");
            addRows(kind, "", page);
            if (kind instanceof NeutronKind neutron && hasSettings(neutron)) {
                addRow(neutron.flow6, "", page);
            }
            page.append("\nAccepted, and of no effect: `")
                    .append(kind.ignored().stream()
                            .filter(name -> kind.attributes().stream()
                                    .noneMatch(attribute -> attribute.name().equals(name)))
                            .collect(Collectors.joining("`, `")))
                    .append("`.\n");
        }
        return page.toString();
    }

    private static boolean hasSettings(NeutronKind kind) {
        Shape settings = kind.flow6.reader().shape();
        return settings != null && !settings.attributes().isEmpty();
    }

    private static void addRows(Shape shape, String path, StringBuilder page) {
        for (Attribute<?> attribute : shape.attributes()) {
            if (!attribute.name().equals(Kind.FLOW6)) {
                addRow(attribute, path, page);
            }
        }
    }

    private static void addRow(Attribute<?> attribute, String path, StringBuilder page) {
        page.append(row(path, attribute));
        Shape within = attribute.reader().shape();
        if (within != null) {
            boolean list = attribute.reader().form().startsWith(Readers.LIST);
            addRows(within, path + attribute.name() + (list ? "[]." : "."), page);
        }
    }

    private static <T> String row(String path, Attribute<T> attribute) {
        String meaning = attribute.meaning();
        int at = meaning.indexOf(DEFAULT);
        String fallback =
                at >= 0 ? meaning.substring(at + DEFAULT.length(), meaning.length() - 1) : fallback(attribute);
        return "| `%s%s` | %s | %s | %s |\n"
                .formatted(
                        path,
                        attribute.name(),
                        attribute.reader().form(),
                        fallback,
                        at >= 0 ? meaning.substring(0, at) : meaning);
    }

    private static <T> String fallback(Attribute<T> attribute) {
        if (attribute.required()) {
            return "required";
        }
        String value = attribute.fallback() == null ? "" : attribute.fallback().toString();
        return value.isEmpty() ? "none" : "`" + value.toLowerCase(Locale.ROOT) + "`";
    }
}
