package org.flow6.apps.l3.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.PacketIn;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.RouterInterface;
import org.flow6.network.Subnet;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Icmpv4Error;
import org.flow6.packets.Ipv4;
import org.projectfloodlight.openflow.types.IPv4Address;

/** ICMP errors of routers, for IPv4 (RFC 1812 §4.3.2). */
final class Ipv4Errors {
    static final int TTL = 64;
    /** Internetwork control (RFC 1812 §4.3.2.5). */
    private static final int PRECEDENCE = 0xc0;

    private Ipv4Errors() {}

    static Answer.Result send(Encounter met, Ipv4 packet, Icmpv4Error error) {
        Optional<DropReason> refusal = refusal(met, packet);
        if (refusal.isPresent()) {
            return new Answer.Result.Refuse(refusal.get());
        }
        if (!Icmpv4Error.mayBeSentFor(packet)) {
            return new Answer.Result.Refuse(ErrorDrop.ABOUT_ERROR);
        }
        return source(met, packet)
                .map(source -> met.reply(Ipv4.of(PRECEDENCE, TTL, source, packet.source(), error)))
                .orElseGet(() -> new Answer.Result.Refuse(ErrorDrop.NO_ADDRESS));
    }

    /** Why nothing is said about a packet, whatever the upper layer. What is for all hosts of a subnet, flows drop. */
    static Optional<DropReason> refusal(Encounter met, Ipv4 packet) {
        if (!isHost(met, packet.source())) {
            return Optional.of(ErrorDrop.SOURCE);
        }
        if (packet.destination().isMulticast() || packet.destination().isBroadcast()) {
            return Optional.of(ErrorDrop.DESTINATION);
        }
        if (met.packet().frame().destination().isMulticast()) {
            return Optional.of(ErrorDrop.LINK_MULTICAST);
        }
        return packet.fragmentOffset() > 0 ? Optional.of(ErrorDrop.FRAGMENT) : Optional.empty();
    }

    /** Not of network 0, a loopback, multicast or reserved address, nor all hosts of a subnet (RFC 1812 §5.3.7). */
    private static boolean isHost(Encounter met, IPv4Address source) {
        int network = source.getInt() >>> 24;
        return network != 0
                && network != 127
                && network < 224
                && met.router().interfaces().stream()
                        .flatMap(link -> link.subnets().stream())
                        .map(Subnet::cidr)
                        .noneMatch(cidr -> isBroadcast(cidr, source));
    }

    /** With /31 there is no broadcast (RFC 3021 §2.1). */
    private static boolean isBroadcast(IpPrefix prefix, IPv4Address address) {
        int hosts = prefix.isIpv6() || prefix.length() > 30 ? 0 : -1 >>> prefix.length();
        return hosts != 0 && prefix.contains(address) && (address.getInt() & hosts) == hosts;
    }

    /** An address of the network that the packet came from (RFC 1812 §4.3.2.4): the one it was for, or of its subnet. */
    private static Optional<IPv4Address> source(Encounter met, Ipv4 packet) {
        RouterInterface entrance = met.entrance();
        List<IPv4Address> own = Encounter.addresses(entrance)
                .filter(IPv4Address.class::isInstance)
                .map(IPv4Address.class::cast)
                .toList();
        return own.stream()
                .filter(packet.destination()::equals)
                .findFirst()
                .or(() -> own.stream()
                        .filter(address -> Ipv6Errors.sharesSubnet(entrance, address, packet.source()))
                        .findFirst())
                .or(() -> own.stream().findFirst());
    }

    /** Fragments where they are allowed (RFC 1812 §5.2.6), else the MTU (RFC 1191 §4). */
    static Answer.Result tooBig(Encounter met, Ipv4 packet, NetworkKey network, int mtu) {
        return packet.dontFragment()
                ? send(met, packet, Icmpv4Error.tooBig(mtu, packet))
                : new Answer.Result.Send(fragments(met.packet(), packet, network, mtu));
    }

    /** They go on where the packet was. */
    private static List<PacketOut> fragments(PacketIn whole, Ipv4 packet, NetworkKey network, int mtu) {
        List<Action> actions = new ArrayList<>();
        actions.add(Action.set(Field.NETWORK, network));
        actions.add(Action.set(Field.SOURCE_PORT, whole.source().key()));
        actions.add(Action.set(Field.FROM_TUNNEL, whole.route().fromTunnel()));
        whole.route().nextHop().ifPresent(next -> actions.add(Action.set(Field.NEXT_HOP_IPV4, (IPv4Address) next)));
        actions.add(Action.resubmit(Table.NEXT_HOP));
        Ethernet frame = whole.frame();
        return packet.fragments(mtu).stream()
                .map(part ->
                        new PacketOut(whole.inPort(), actions, Ethernet.of(frame.destination(), frame.source(), part)))
                .toList();
    }
}
