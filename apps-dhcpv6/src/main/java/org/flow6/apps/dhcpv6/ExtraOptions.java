package org.flow6.apps.dhcpv6;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flow6.network.Port;
import org.flow6.packets.dhcpv6.BootfileParameters;
import org.flow6.packets.dhcpv6.BootfileUrl;
import org.flow6.packets.dhcpv6.CaptivePortal;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.DnsServers;
import org.flow6.packets.dhcpv6.DomainList;
import org.flow6.packets.dhcpv6.InfMaxRt;
import org.flow6.packets.dhcpv6.InformationRefreshTime;
import org.flow6.packets.dhcpv6.NtpServer;
import org.flow6.packets.dhcpv6.SntpServers;
import org.flow6.packets.dhcpv6.SolMaxRt;
import org.projectfloodlight.openflow.types.IPVersion;

/** A port's own options (Neutron's {@code extra_dhcp_opts}), by the names and numbers that dnsmasq has for them. */
final class ExtraOptions {
    private static final Map<String, Integer> CODES = Map.ofEntries(
            entry("sip-server-domain", 21),
            entry("sip-server", 22),
            entry("dns-server", DnsServers.CODE),
            entry("domain-search", DomainList.CODE),
            entry("nis-server", 27),
            entry("nis+-server", 28),
            entry("nis-domain", 29),
            entry("nis+-domain", 30),
            entry("sntp-server", SntpServers.CODE),
            entry("information-refresh-time", InformationRefreshTime.CODE),
            entry("posix-timezone", 41),
            entry("tzdb-timezone", 42),
            entry("ntp-server", NtpServer.CODE),
            entry("bootfile-url", BootfileUrl.CODE),
            entry("bootfile-param", BootfileParameters.CODE));

    private static final Map<Integer, OptionText> FORMATS = Map.ofEntries(
            entry(21, OptionText.DOMAINS),
            entry(22, OptionText.ADDRESSES),
            entry(DnsServers.CODE, OptionText.ADDRESSES),
            entry(DomainList.CODE, OptionText.DOMAINS),
            entry(27, OptionText.ADDRESSES),
            entry(28, OptionText.ADDRESSES),
            entry(29, OptionText.DOMAINS),
            entry(30, OptionText.DOMAINS),
            entry(SntpServers.CODE, OptionText.ADDRESSES),
            entry(InformationRefreshTime.CODE, OptionText.SECONDS),
            entry(41, OptionText.TEXT),
            entry(42, OptionText.TEXT),
            entry(NtpServer.CODE, OptionText.TIME_SERVERS),
            entry(BootfileUrl.CODE, OptionText.TEXT),
            entry(BootfileParameters.CODE, OptionText.TEXTS),
            entry(SolMaxRt.CODE, OptionText.SECONDS),
            entry(InfMaxRt.CODE, OptionText.SECONDS),
            entry(CaptivePortal.CODE, OptionText.TEXT));

    /** What the protocol itself is made of is not to be set. */
    private static final Set<Integer> PROTOCOL =
            Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 19, 20, 25, 26, 37, 38, 39, 53, 67, 79);

    private static final String PREFIX = "option6:";
    private static final int LAST_CODE = 0xffff;

    private ExtraOptions() {}

    /** A port's options by code; an empty value takes the subnet's option away, a wrong one changes nothing. */
    static Map<Integer, List<Dhcpv6Option>> of(Port port) {
        Map<Integer, List<Dhcpv6Option>> options = new HashMap<>();
        for (Port.ExtraDhcpOption extra : port.extraDhcpOptions()) {
            if (extra.ipVersion() == IPVersion.IPv6) {
                code(extra.name()).ifPresent(code -> options(code, extra.value().strip())
                        .ifPresent(parsed -> options.put(code, parsed)));
            }
        }
        return options;
    }

    private static Optional<Integer> code(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith(PREFIX)) {
            name = name.substring(PREFIX.length());
        }
        if (!name.matches("[0-9]{1,5}")) {
            return Optional.ofNullable(CODES.get(name));
        }
        int code = Integer.parseInt(name);
        return code > LAST_CODE || PROTOCOL.contains(code) ? Optional.empty() : Optional.of(code);
    }

    private static Optional<List<Dhcpv6Option>> options(int code, String value) {
        return value.isEmpty()
                ? Optional.of(List.of())
                : FORMATS.getOrDefault(code, OptionText.ANY).read(code, value);
    }
}
