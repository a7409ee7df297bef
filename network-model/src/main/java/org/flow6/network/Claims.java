package org.flow6.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flow6.packets.LinkLocal;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/** Which addresses a port may own. */
final class Claims {
    private Claims() {}

    /** The single addresses a port may own, each with its MAC address: fixed IPs, link-local address, allowed pairs. */
    static Map<IPAddress<?>, MacAddress> addresses(Port port) {
        Map<IPAddress<?>, MacAddress> addresses = new LinkedHashMap<>();
        if (!port.adminStateUp() || port.isProvider()) {
            return addresses;
        }
        for (Port.FixedIp fixed : port.fixedIps()) {
            addresses.put(fixed.ipAddress(), port.macAddress());
        }
        addresses.putIfAbsent(LinkLocal.of(port.macAddress()), port.macAddress());
        for (Port.AddressPair pair : port.allowedAddressPairs()) {
            if (pair.ipAddress().isHost()) {
                addresses.putIfAbsent(pair.ipAddress().address(), pair.macAddress());
            }
        }
        return addresses;
    }

    /** The prefixes of which a port may own any address. */
    static List<IpPrefix> prefixes(Port port) {
        if (!port.adminStateUp()) {
            return List.of();
        }
        if (!port.portSecurityEnabled()) {
            return List.of(IpPrefix.ALL_IPV6, IpPrefix.ALL_IPV4);
        }
        List<IpPrefix> prefixes = new ArrayList<>();
        for (Port.AddressPair pair : port.allowedAddressPairs()) {
            if (!pair.ipAddress().isHost()) {
                prefixes.add(pair.ipAddress());
            }
        }
        return prefixes;
    }

    /** The MAC addresses that a port may use. */
    static Set<MacAddress> macs(Port port) {
        Set<MacAddress> macs = new LinkedHashSet<>();
        if (port.adminStateUp() && !port.isProvider()) {
            macs.add(port.macAddress());
            port.allowedAddressPairs().forEach(pair -> macs.add(pair.macAddress()));
        }
        return macs;
    }
}
