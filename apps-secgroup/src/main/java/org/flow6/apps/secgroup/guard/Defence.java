package org.flow6.apps.secgroup.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flow6.flow.Answer;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.AddressClaim;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ipv6;
import org.flow6.packets.NeighborAdvertisement;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Takes claims back that were wrong: somebody behind a port that is not guarded says that it has the address, as it does
 * when it is asked by a duplicate check (RFC 4862 §5.4.4). A host that goes on all the same may not claim it again.
 */
final class Defence {
    /** The kind of the facts that defended addresses are kept as. */
    static final String KIND = "defended-address";

    private static final Duration KEPT = Duration.ofDays(1);

    private Defence() {}

    static Answer.Result answer(PacketIn packet, Moment moment) {
        Decoded<NeighborAdvertisement> decoded = Ipv6.decode(packet.frame()).then(NeighborAdvertisement::validate);
        if (decoded instanceof Decoded.Malformed) {
            return new Answer.Result.Refuse(GuardDrop.CLAIM);
        }
        Id<Network> network = packet.source().port().networkId();
        IPv6Address target = decoded.orElseThrow().target();
        List<Fact.Key> wrong = ClaimAnswer.known(network, moment)
                .filter(claim -> claim.address().equals(target))
                .map(AddressClaim::key)
                .toList();
        if (wrong.isEmpty()) {
            return new Answer.Result.Send(List.of());
        }
        Fact defended =
                new Fact(key(network, target), "", Optional.of(moment.now().plus(KEPT)));
        return new Answer.Result.Send(List.of(), new Facts.Change(List.of(defended), wrong), List.of());
    }

    /** Whether somebody defended the address not long ago. */
    static boolean isDefended(Id<Network> network, IPv6Address address, Moment moment) {
        Instant now = moment.now();
        return moment.facts().get(key(network, address), now).isPresent();
    }

    private static Fact.Key key(Id<Network> network, IPv6Address address) {
        return new Fact.Key(KIND, network, address.toString());
    }
}
