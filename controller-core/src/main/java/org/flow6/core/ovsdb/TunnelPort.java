package org.flow6.core.ovsdb;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkKey;
import org.flow6.network.Tunnel;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * The port of a bridge by which packets to other hosts leave and come: one for all of them, whose flows say where a packet
 * goes ("Flow-based tunnels", ovs-vswitchd.conf.db(5)). Beside it there is one for each host that is watched, for nothing but
 * its BFD session (RFC 5880): Open vSwitch has one session a port. These have a key of their own, so that it takes packets of
 * networks for the port that is for all.
 *
 * @param localIp this host's end of tunnels, unicast
 * @param udpPort the destination port, 1 to 65535; empty: the type's own, 4789 for VXLAN (RFC 7348 §5), 6081 for Geneve
 *     (RFC 8926 §3.3)
 * @param watched the hosts that BFD is to tell about, with their ends of tunnels, of the same family
 */
public record TunnelPort(
        Tunnel.Type type, IPAddress<?> localIp, OptionalInt udpPort, Map<Id<Host>, IPAddress<?>> watched) {
    private static final String WATCHING = "f6bfd-";

    /**
     * Three packets lost are a host lost (RFC 5880 §6.8.4), after a second at most; which leaves two for everything else
     * that a takeover needs.
     */
    private static final Map<String, String> BFD =
            Map.of("enable", "true", "min_rx", "300", "min_tx", "300", "mult", "3");

    /** Without watched hosts. */
    public TunnelPort(Tunnel.Type type, IPAddress<?> localIp, OptionalInt udpPort) {
        this(type, localIp, udpPort, Map.of());
    }

    /** @throws IllegalArgumentException if the port is out of range */
    public TunnelPort {
        watched = Map.copyOf(watched);
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

    /** The name of the interface that watches a host. */
    public static String watching(Id<Host> host) {
        HashCode hash = Hashing.murmur3_32_fixed().hashUnencodedChars(host.value());
        return WATCHING + hash;
    }

    /** Whether Flow6 gives interfaces such names. */
    static boolean isName(String name) {
        return name.startsWith(WATCHING)
                || Stream.of(Tunnel.Type.values()).map(TunnelPort::name).anyMatch(name::equals);
    }

    /** The same, watching other hosts. */
    public TunnelPort watching(Map<Id<Host>, IPAddress<?>> hosts) {
        return new TunnelPort(type, localIp, udpPort, hosts);
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

    /** All interfaces, by their names. */
    Map<String, TunnelInterface> interfaces() {
        Map<String, TunnelInterface> interfaces = new TreeMap<>();
        interfaces.put(name(), new TunnelInterface(name(), interfaceType(), options("flow", "flow"), Map.of()));
        watched.forEach((host, address) -> {
            Map<String, String> options = options(address.toString(), Integer.toString(NetworkKey.NONE));
            String name = watching(host);
            interfaces.put(name, new TunnelInterface(name, interfaceType(), options, BFD));
        });
        return interfaces;
    }

    private Map<String, String> options(String remoteIp, String key) {
        Map<String, String> options = new TreeMap<>();
        options.put("remote_ip", remoteIp);
        options.put("local_ip", localIp.toString());
        options.put("key", key);
        udpPort.ifPresent(port -> options.put("dst_port", Integer.toString(port)));
        return options;
    }
}
