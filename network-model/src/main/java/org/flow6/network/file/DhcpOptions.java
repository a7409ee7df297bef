package org.flow6.network.file;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flow6.network.Port.ExtraDhcpOption;
import org.projectfloodlight.openflow.types.IPVersion;

/** A port's extra DHCP options: read and checked. */
final class DhcpOptions {
    private DhcpOptions() {}

    private static final OptionShape SHAPE = new OptionShape();
    private static final ValueReader<Values> VALUES = SHAPE.reader();

    static final ValueReader<ExtraDhcpOption> OPTION = Readers.mapping(SHAPE, field -> {
        Values option = VALUES.read(field);
        if (option == null) {
            return null;
        }
        IPVersion version = option.find(SHAPE.ipVersion);
        return new ExtraDhcpOption(
                option.get(SHAPE.name), option.get(SHAPE.value), version == null ? IPVersion.IPv4 : version);
    });

    /** Neutron keeps one value of an option for each version. */
    static void check(Item port, Resolving resolving) {
        List<ExtraDhcpOption> options = port.find(Kinds.PORTS.extraDhcpOptions);
        if (options == null || options.isEmpty()) {
            return;
        }
        Set<List<Object>> seen = new HashSet<>();
        for (ExtraDhcpOption option : options) {
            if (!seen.add(List.of(option.name(), option.ipVersion()))) {
                resolving.complain(
                        Kinds.PORTS.extraDhcpOptions, option.name() + " is there twice for " + option.ipVersion());
            }
        }
    }

    private static final class OptionShape extends Shape {
        final Attribute<String> name =
                required("opt_name", "As dnsmasq names it, such as `bootfile-url`, or its number.", Readers.NAME);
        final Attribute<String> value = required("opt_value", "As dnsmasq writes it.", Readers.TEXT);
        final Attribute<IPVersion> ipVersion = optional(
                "ip_version",
                "Which DHCP it is for. Default: `4`.",
                Readers.oneOf(Map.of("4", IPVersion.IPv4, "6", IPVersion.IPv6)));

        OptionShape() {
            super("a DHCP option");
        }
    }
}
