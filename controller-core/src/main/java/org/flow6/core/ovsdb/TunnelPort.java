package org.flow6.core.ovsdb;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flow6.network.Tunnel;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * The port of a bridge by which packets to other hosts leave and come: one for all of them, whose flows say where a packet
 * goes ("Flow-based tunnels", ovs-vswitchd.conf.db(5)).
 *
 * @param localIp this host's end of tunnels, unicast
 * @param udpPort the destination port, 1 to 65535; empty: the type's own, 4789 for VXLAN (RFC 7348 §5), 6081 for Geneve
 *     (RFC 8926 §3.3)
 */
public record TunnelPort(Tunnel.Type type, IPAddress<?> localIp, OptionalInt udpPort) {
    /** Every option that Flow6 sets or leaves out; it takes no offence at others. */
    static final List<String> OPTIONS = List.of("remote_ip", "local_ip", "key", "dst_port");

    /** @throws IllegalArgumentException if the port is out of range */
    public TunnelPort {
        udpPort.ifPresent(port -> {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("UDP port " + port);
            }
        });
    }

    /** The name of interface and OpenFlow port for tunnels of this type: {@code flow6-vxlan} or {@code flow6-geneve}. */
    public static String name(Tunnel.Type type) {
        return "flow6-" + interfaceType(type);
    }

    /** The names of all such ports. */
    static List<String> names() {
        return Stream.of(Tunnel.Type.values()).map(TunnelPort::name).toList();
    }

    /** The port's name. */
    public String name() {
        return name(type);
    }

    /** Open vSwitch's word for the type. */
    String interfaceType() {
        return interfaceType(type);
    }

    private static String interfaceType(Tunnel.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The options of the interface. */
    Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        options.put("remote_ip", "flow");
        options.put("local_ip", localIp.toString());
        options.put("key", "flow");
        udpPort.ifPresent(port -> options.put("dst_port", Integer.toString(port)));
        return options;
    }
}
