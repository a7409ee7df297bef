package org.flow6.apps.l3.errors;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.Field;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.AddressView.Claim;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.PortView;
import org.flow6.network.RouterInterface;
import org.flow6.network.RouterView;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Ipv4;
import org.flow6.packets.Ipv6;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A packet that a router has, and the way back to who sent it.
 *
 * @param entrance the router's port on the network that the packet came to it from
 * @param gateway the MAC address of a router on the network of its source port: this one's, or that of one before it
 * @param sender the MAC address that the packet came from there
 */
record Encounter(PacketIn packet, RouterView router, RouterInterface entrance, MacAddress gateway, MacAddress sender) {

    /**
     * @param forwarded whether the router had changed the packet for its next network: the frame's source is the router's
     *     by then, its destination still what it was
     * @param source the packet's
     */
    static Optional<Encounter> of(PacketIn packet, NetworkSnapshot snapshot, IPAddress<?> source, boolean forwarded) {
        return packet.route().router().flatMap(snapshot::router).flatMap(router -> entrance(packet, router, forwarded)
                .map(entrance -> new Encounter(
                        packet,
                        router,
                        entrance,
                        gateway(packet, snapshot, entrance),
                        sender(packet, snapshot, source, entrance, forwarded))));
    }

    private static MacAddress gateway(PacketIn packet, NetworkSnapshot snapshot, RouterInterface entrance) {
        Id<Network> home = packet.source().network().id();
        boolean first = entrance.network().id().equals(home);
        return snapshot.network(home).stream()
                .flatMap(view -> view.routers().stream())
                .filter(link -> !first || link.equals(entrance))
                .findFirst()
                .orElse(entrance)
                .port()
                .macAddress();
    }

    /** By the frame's destination; where ports of several networks have that MAC address, the sender's network is more likely. */
    private static Optional<RouterInterface> entrance(PacketIn packet, RouterView router, boolean forwarded) {
        List<RouterInterface> reached = router.interfaces().stream()
                .filter(link -> link.port().macAddress().equals(packet.frame().destination()))
                .toList();
        if (!forwarded) {
            return reached.stream()
                    .filter(link -> link.network().id().equals(packet.route().network()))
                    .findFirst();
        }
        return reached.stream()
                .filter(link ->
                        link.network().id().equals(packet.source().network().id()))
                .findFirst()
                .or(() -> reached.stream()
                        .filter(link ->
                                !link.network().id().equals(packet.route().network()))
                        .findFirst());
    }

    /** Where routers wrote over it, what the source port has for the packet's source, or else of its own. */
    private static MacAddress sender(
            PacketIn packet,
            NetworkSnapshot snapshot,
            IPAddress<?> source,
            RouterInterface entrance,
            boolean forwarded) {
        PortView port = packet.source();
        if (!forwarded && entrance.networkKey().equals(port.networkKey())) {
            return packet.frame().source();
        }
        return snapshot.address(new NetworkAddress(port.network().id(), source)).stream()
                .flatMap(view -> view.claims().stream())
                .filter(claim -> claim.port().equals(port.key()))
                .map(Claim::mac)
                .findFirst()
                .orElse(port.port().macAddress());
    }

    Answer.Result reply(Ipv6... answers) {
        return send(Stream.of(answers).map(answer -> Ethernet.of(sender, gateway, answer)));
    }

    Answer.Result reply(Ipv4... answers) {
        return send(Stream.of(answers).map(answer -> Ethernet.of(sender, gateway, answer)));
    }

    private Answer.Result send(Stream<Ethernet> frames) {
        return new Answer.Result.Send(frames.map(this::out).toList());
    }

    /** By the port that the packet came in by; to another host through the tables, which know the way. */
    private PacketOut out(Ethernet frame) {
        return packet.route().fromTunnel()
                ? new PacketOut(
                        OFPort.CONTROLLER,
                        List.of(Action.set(Field.NETWORK, packet.source().networkKey()), Action.resubmit(Table.BRIDGE)),
                        frame)
                : PacketOut.to(packet.inPort(), frame);
    }

    /** Whether the address is the router's on any of its networks, but for link-local ones. */
    boolean isRouters(IPAddress<?> address) {
        return router.interfaces().stream().flatMap(Encounter::addresses).anyMatch(address::equals);
    }

    /** Whether it is an address that the router has on another network: pings of those here are other apps' to answer. */
    boolean isFar(IPAddress<?> address) {
        return isRouters(address) && addresses(entrance).noneMatch(address::equals);
    }

    /** Octets of the largest packet on the way back. */
    int mtu() {
        return entrance.mtu();
    }

    /** The addresses that a port of a router was given. */
    static Stream<IPAddress<?>> addresses(RouterInterface link) {
        return link.port().fixedIps().stream().map(fixed -> fixed.ipAddress());
    }
}
