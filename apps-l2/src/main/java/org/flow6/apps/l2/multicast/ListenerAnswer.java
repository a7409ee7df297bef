package org.flow6.apps.l2.multicast;

import java.util.Optional;
import org.flow6.flow.Answer.Result;
import org.flow6.flow.DropReason;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Receiver;
import org.flow6.network.Snooper;
import org.flow6.packets.Decoded;
import org.flow6.packets.Icmpv6;
import org.flow6.packets.Ipv6;
import org.flow6.packets.Mld;
import org.flow6.packets.Mldv2Query;
import org.flow6.packets.MulticastRouterDiscovery;

/** Takes down what hosts and routers say of multicast, if it is what RFC 3810 and RFC 4286 let them say. */
final class ListenerAnswer {
    private ListenerAnswer() {}

    static Result report(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Decoded<Mld> message = Ipv6.decode(packet.frame()).then(Mld::validate);
        if (!(message instanceof Decoded.Ok<Mld> ok) || isQuery(ok.value())) {
            return new Result.Refuse(MulticastDrop.REPORT);
        }
        if (packet.route().host().isEmpty()) {
            return told(packet, new Receiver.OnPort(packet.source().port().id()), ok.value());
        }
        Optional<Receiver> host =
                packet.route().host().flatMap(snapshot::hostId).map(Receiver.OnHost::new);
        boolean ours = packet.frame()
                .source()
                .equals(Snooper.on(packet.source().networkKey()).mac());
        return host.isPresent() && ours ? told(packet, host.get(), ok.value()) : new Result.Refuse(MulticastDrop.HOST);
    }

    static Result query(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Decoded<Mld> message = Ipv6.decode(packet.frame()).then(Mld::validate);
        return message instanceof Decoded.Ok<Mld> ok && isQuery(ok.value())
                ? ofRouter(packet, ok.value())
                : new Result.Refuse(MulticastDrop.REPORT);
    }

    private static boolean isQuery(Mld message) {
        return message instanceof Mld.Query || message instanceof Mldv2Query;
    }

    static Result router(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Decoded<MulticastRouterDiscovery> message =
                Ipv6.decode(packet.frame()).then(MulticastRouterDiscovery::validate);
        return message instanceof Decoded.Ok<MulticastRouterDiscovery> ok
                ? ofRouter(packet, ok.value())
                : new Result.Refuse(MulticastDrop.ROUTER);
    }

    private static Result ofRouter(PacketIn packet, Icmpv6 message) {
        DropReason refused = MulticastDrop.QUERIER;
        return packet.source().mayRoute() && packet.route().host().isEmpty()
                ? told(packet, new Receiver.OnPort(packet.source().port().id()), message)
                : new Result.Refuse(refused);
    }

    private static Result told(PacketIn packet, Receiver from, Icmpv6 message) {
        Id<Network> network = packet.source().network().id();
        return Ipv6.decode(packet.frame()) instanceof Decoded.Ok<Ipv6> ip
                ? new Result.Multicast(network, from, ip.value().source(), message)
                : new Result.Refuse(MulticastDrop.REPORT);
    }
}
