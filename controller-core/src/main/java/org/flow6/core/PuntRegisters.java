package org.flow6.core;

import java.util.Optional;
import org.flow6.core.openflow.PacketIn;
import org.flow6.flow.Field;
import org.flow6.flow.PacketIn.Route;
import org.flow6.flow.RegisterSlice;
import org.flow6.network.HostKey;
import org.flow6.network.HostView;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkView;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.network.Router;
import org.flow6.network.RouterKey;
import org.flow6.network.Snooper;
import org.flow6.packets.Ethernet;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * What registers, and the tunnel that it came by, say of a punted packet; 0 where they say nothing.
 *
 * @param source the key of its port; 0 where a tunnel does not tell it
 * @param tunnelNetwork the key of the network that its port is on, if it came by a tunnel
 * @param tunnelSource the host that it came from, if it came by a tunnel
 */
record PuntRegisters(
        int reason,
        int source,
        int ruledPort,
        int network,
        int router,
        boolean fromTunnel,
        int tunnelNetwork,
        Optional<IPAddress<?>> tunnelSource,
        IPv6Address nextHopIpv6,
        int nextHopIpv4) {

    static PuntRegisters of(PacketIn packet) {
        return new PuntRegisters(
                slice(packet, Field.REASON),
                slice(packet, Field.SOURCE_PORT),
                slice(packet, Field.RULED_PORT),
                slice(packet, Field.NETWORK),
                slice(packet, Field.ROUTER),
                slice(packet, Field.FROM_TUNNEL) != 0,
                (int) packet.tunnelId(),
                packet.tunnelSource(),
                wide(packet, Field.NEXT_HOP_IPV6),
                slice(packet, Field.NEXT_HOP_IPV4));
    }

    private static int slice(PacketIn packet, Field<?> field) {
        RegisterSlice slice = registers(field);
        return (packet.register(slice.register()) >>> slice.offset()) & (-1 >>> (32 - slice.bits()));
    }

    private static IPv6Address wide(PacketIn packet, Field<IPv6Address> field) {
        int first = registers(field).register();
        return IPv6Address.of(
                ((long) packet.register(first) << 32) | (packet.register(first + 1) & 0xffff_ffffL),
                ((long) packet.register(first + 2) << 32) | (packet.register(first + 3) & 0xffff_ffffL));
    }

    private static RegisterSlice registers(Field<?> field) {
        RegisterSlice slice = field.registers();
        if (slice == null) {
            throw new IllegalArgumentException(field + " is not in a register");
        }
        return slice;
    }

    /** Whether there is anything by which to find its port. */
    boolean tellsSource() {
        return source != 0 || fromTunnel;
    }

    /** The port that it is from; where a tunnel does not tell, the one on that host that has its source addresses. */
    Optional<PortView> source(NetworkSnapshot snapshot, Ethernet frame) {
        if (source != 0) {
            return snapshot.port(new PortKey(source));
        }
        return host(snapshot).flatMap(host -> network(snapshot, tunnelNetwork)
                .flatMap(network -> source(network, host, snapshot, frame)));
    }

    /** What the host itself tells, it tells for its ports, whichever. */
    private static Optional<PortView> source(
            NetworkView network, HostKey host, NetworkSnapshot snapshot, Ethernet frame) {
        Id<Network> id = network.network().id();
        return frame.source().equals(Snooper.on(network.key()).mac())
                ? snapshot.somePort(id, host)
                : TunnelSender.of(frame, id, snapshot)
                        .filter(port -> port.remoteHost().equals(Optional.of(host)));
    }

    private static Optional<NetworkView> network(NetworkSnapshot snapshot, int key) {
        return key > 0 && key < NetworkKey.NONE ? snapshot.network(new NetworkKey(key)) : Optional.empty();
    }

    private Optional<HostKey> host(NetworkSnapshot snapshot) {
        return fromTunnel ? tunnelSource.flatMap(snapshot::host).map(HostView::key) : Optional.empty();
    }

    Optional<PortView> ruled(NetworkSnapshot snapshot) {
        return ruledPort == 0 ? Optional.empty() : snapshot.port(new PortKey(ruledPort));
    }

    /** On the source's network, where there is none of the key, or none any more. */
    Route route(NetworkSnapshot snapshot, PortView from, EthType type) {
        Id<Network> on = network(snapshot, network)
                .map(view -> view.network().id())
                .orElse(from.network().id());
        Optional<Id<Router>> by = Optional.of(router)
                .filter(key -> key != 0)
                .flatMap(key -> snapshot.router(new RouterKey(key)))
                .map(view -> view.router().id());
        return new Route(on, by, nextHop(type), host(snapshot));
    }

    private Optional<IPAddress<?>> nextHop(EthType type) {
        if (type.equals(EthType.IPv6) && !nextHopIpv6.isUnspecified()) {
            return Optional.of(nextHopIpv6);
        }
        return type.equals(EthType.IPv4) && nextHopIpv4 != 0
                ? Optional.of(IPv4Address.of(nextHopIpv4))
                : Optional.empty();
    }
}
