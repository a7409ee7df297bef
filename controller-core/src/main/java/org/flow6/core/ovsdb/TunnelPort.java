package org.flow6.core.ovsdb;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.NetworkKey;
import org.flow6.network.Tunnel;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * The port of a bridge by which packets to other hosts leave and come: one for all of them, whose flows say where a packet
 * goes ("Flow-based tunnels", ovs-vswitchd.conf.db(5)). Beside it there is one for each host that is watched, for nothing but
 * its BFD session (RFC 5880): Open vSwitch has one session a port. These have a key of their own, so that it takes packets of
 * networks for the port that is for all.
 *
 * @param localIp this host's end of tunnels, unicast
 * @param udpPort the destination port, 1 to 65535; empty: the type's own, 4789 for VXLAN (RFC 7348 §5), 6081 for Geneve
 *     (RFC 8926 §3.3)
 * @param mtu octets of the largest IP packet between hosts; empty: as the device with that address tells, or else 1500
 * @param watched the hosts that BFD is to tell about, with their ends of tunnels, of the same family; empty: they are not
 *     known yet, and the sessions that there are go on
 */
public record TunnelPort(
        Tunnel.Type type,
        IPAddress<?> localIp,
        OptionalInt udpPort,
        OptionalInt mtu,
        Optional<Map<Id<Host>, IPAddress<?>>> watched) {
    private static final String WATCHING = "f6bfd-";

    /**
     * Three packets lost are a host lost (RFC 5880 §6.8.4), after a second at most; which leaves two for everything else
     * that a takeover needs.
     */
    private static final Map<String, String> BFD =
            Map.of("enable", "true", "min_rx", "300", "min_tx", "300", "mult", "3");

    /** The MTU of Ethernet (RFC 2464 §2). */
    private static final int ETHERNET_MTU = 1500;

    private static final int ETHERNET = 14;
    private static final int UDP = 8;
    private static final int IPV6 = 40;
    private static final int IPV4 = 20;
    private static final int VXLAN = 8;
    /** With the option of the sender's port. */
    private static final int GENEVE = 16;

    /** @throws IllegalArgumentException if the port is out of range */
    public TunnelPort {
        watched = watched.map(Map::copyOf);
        udpPort.ifPresent(port -> {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("UDP port " + port);
            }
        });
    }

    /** Without knowing whom to watch, and without saying what gets through between hosts. */
    public TunnelPort(Tunnel.Type type, IPAddress<?> localIp, OptionalInt udpPort) {
        this(type, localIp, udpPort, OptionalInt.empty(), Optional.empty());
    }

    /** Octets that are around the IP packet of a network, which is in a frame. */
    public static int around(Tunnel.Type type, IPAddress<?> localIp) {
        int header = type == Tunnel.Type.GENEVE ? GENEVE : VXLAN;
        return ETHERNET + header + UDP + (localIp instanceof IPv6Address ? IPV6 : IPV4);
    }

    /** Octets of the largest IP packet of a network that gets through. */
    public int room() {
        return mtu.orElseGet(() -> device(localIp).orElse(ETHERNET_MTU)) - around(type, localIp);
    }

    /** The MTU of the network device that has an address, if it is one of this machine. */
    private static OptionalInt device(IPAddress<?> address) {
        try {
            NetworkInterface device = NetworkInterface.getByInetAddress(InetAddress.getByAddress(address.getBytes()));
            return device == null ? OptionalInt.empty() : OptionalInt.of(device.getMTU());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
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

    /** Whether an interface is to stay although it is not one of {@link #interfaces}. */
    boolean mayStay(String name) {
        return watched.isEmpty() && name.startsWith(WATCHING);
    }

    /** Whether Flow6 gives interfaces such names. */
    static boolean isName(String name) {
        return name.startsWith(WATCHING)
                || Stream.of(Tunnel.Type.values()).map(TunnelPort::name).anyMatch(name::equals);
    }

    /** The same, watching other hosts. */
    public TunnelPort watching(Map<Id<Host>, IPAddress<?>> hosts) {
        return new TunnelPort(type, localIp, udpPort, mtu, Optional.of(hosts));
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
        watched.orElse(Map.of()).forEach((host, address) -> {
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
