package org.flow6.apps.secgroup.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flow6.flow.Answer;
import org.flow6.flow.Moment;
import org.flow6.flow.PacketIn;
import org.flow6.network.AddressClaim;
import org.flow6.network.AddressView;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.packets.Decoded;
import org.flow6.packets.Ipv6;
import org.flow6.packets.LinkLocal;
import org.flow6.packets.NeighborSolicitation;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Takes down which port claims an address by its duplicate check (RFC 4862 §5.4): the first one does, if no port has it
 * otherwise (RFC 6620 §3.2). It answers nothing: the check itself goes on to who may have the address.
 */
final class ClaimAnswer {
    /** So many claims of a port are remembered; the oldest gives way, of link-local addresses and others each to its like. */
    static final int MOST = 32;

    private static final Answer.Result NOTHING = new Answer.Result.Send(List.of());
    private static final Answer.Result REFUSED = new Answer.Result.Refuse(GuardDrop.CLAIM);

    private ClaimAnswer() {}

    static Answer.Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment) {
        Port port = packet.source().port();
        if (!port.portSecurityEnabled()) {
            return Defence.answer(packet, moment);
        }
        Id<Network> network = port.networkId();
        Decoded<NeighborSolicitation> decoded = Ipv6.decode(packet.frame()).then(NeighborSolicitation::validate);
        if (!packet.frame().tags().isEmpty() || decoded instanceof Decoded.Malformed) {
            return REFUSED;
        }
        IPv6Address target = decoded.orElseThrow().target();
        Optional<AddressView> owned = snapshot.address(new NetworkAddress(network, target));
        if (owned.isPresent()) {
            return isOf(packet.source().key(), owned.get()) ? NOTHING : REFUSED;
        }
        return mayBeClaimed(target, network, snapshot) && !Defence.isDefended(network, target, moment)
                ? answer(new AddressClaim(network, target, port.id(), moment.now()), snapshot, moment)
                : REFUSED;
    }

    private static boolean isOf(PortKey port, AddressView address) {
        return address.claims().stream().anyMatch(claim -> claim.port().equals(port));
    }

    private static boolean isLinkLocal(AddressClaim claim) {
        return LinkLocal.includes(claim.address());
    }

    private static boolean mayBeClaimed(IPv6Address target, Id<Network> network, NetworkSnapshot snapshot) {
        return LinkLocal.includes(target)
                || snapshot.network(network).stream()
                        .flatMap(OpenSubnet::prefixes)
                        .anyMatch(prefix -> prefix.contains(target));
    }

    private static Answer.Result answer(AddressClaim claim, NetworkSnapshot snapshot, Moment moment) {
        List<Fact.Key> forgotten = new ArrayList<>();
        List<AddressClaim> own = new ArrayList<>();
        for (AddressClaim other : known(claim.network(), moment).toList()) {
            if (!isOn(other, snapshot)) {
                forgotten.add(other.key());
            } else if (other.port().equals(claim.port())) {
                own.add(other);
            } else if (other.address().equals(claim.address())) {
                return REFUSED;
            }
        }
        if (own.stream().anyMatch(one -> one.address().equals(claim.address()))) {
            return NOTHING;
        }
        own.sort(Comparator.comparing((AddressClaim one) -> isLinkLocal(one) != isLinkLocal(claim))
                .thenComparing(AddressClaim::since)
                .thenComparing(AddressClaim::address));
        own.stream()
                .limit(Math.max(0, own.size() + 1 - MOST))
                .map(AddressClaim::key)
                .forEach(forgotten::add);
        return new Answer.Result.Send(List.of(), new Facts.Change(List.of(claim.fact()), forgotten), List.of());
    }

    /** The claims on a network that are remembered. */
    static Stream<AddressClaim> known(Id<Network> network, Moment moment) {
        return moment.facts()
                .of(AddressClaim.KIND, network, moment.now())
                .map(AddressClaim::of)
                .flatMap(Optional::stream);
    }

    private static boolean isOn(AddressClaim claim, NetworkSnapshot snapshot) {
        Port port = snapshot.model().ports().get(claim.port());
        return port != null && port.networkId().equals(claim.network());
    }
}
