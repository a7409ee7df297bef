package org.flow6.core.ovsdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flow6.network.Tunnel;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * The port of a bridge by which packets to other hosts leave and come: one for all of them, whose flows say where a packet
 * goes ("Flow-based tunnels", ovs-vswitchd.conf.db(5)).
 *
 * @param localIp this host's end of tunnels, unicast
 * @param udpPort the destination port, 1 to 65535; empty: the type's own, 4789 for VXLAN (RFC 7348 §5), 6081 for Geneve
 *     (RFC 8926 §3.3)
 * @param mtu octets of the largest IP packet between hosts; empty: as the device with that address tells, or else 1500
 */
public record TunnelPort(Tunnel.Type type, IPAddress<?> localIp, OptionalInt udpPort, OptionalInt mtu) {
    /** The MTU of Ethernet (RFC 2464 §2). */
    private static final int ETHERNET_MTU = 1500;

    private static final int ETHERNET = 14;
    private static final int UDP = 8;
    private static final int IPV6 = 40;
    private static final int IPV4 = 20;
    private static final int VXLAN = 8;
    /** With the option of the sender's port. */
    private static final int GENEVE = 16;

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

    /** One that does not say what gets through between hosts. */
    public TunnelPort(Tunnel.Type type, IPAddress<?> localIp, OptionalInt udpPort) {
        this(type, localIp, udpPort, OptionalInt.empty());
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
