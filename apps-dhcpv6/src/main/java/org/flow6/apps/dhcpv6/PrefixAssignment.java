package org.flow6.apps.dhcpv6;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.flow6.apps.dhcpv6.Assignment.Purpose;
import org.flow6.apps.dhcpv6.Remembered.Delegation;
import org.flow6.apps.dhcpv6.Remembered.Holder;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaPrefix;
import org.flow6.packets.dhcpv6.Lease;
import org.flow6.packets.dhcpv6.Status;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * Which prefixes a client gets (RFC 8415 §6.3): one for each identity association, that it has already, or that it names
 * and nobody has, or a free one. Where the search starts follows from who asks, so that a Request finds what the Solicit
 * before it was offered, and a client its prefix when the server has forgotten it.
 */
final class PrefixAssignment {
    /** What one port may have at once. */
    static final int MOST_PER_PORT = 8;

    private final Client client;
    private final Duid duid;
    private final Purpose purpose;
    private final Assignment assignment;
    private final List<Delegation> held;

    PrefixAssignment(Client client, Duid duid, Purpose purpose, Assignment assignment) {
        this.client = client;
        this.duid = duid;
        this.purpose = purpose;
        this.assignment = assignment;
        this.held = new ArrayList<>();
    }

    /** Every prefix that somebody on the network has. */
    static Stream<Delegation> held(Client client) {
        return client.moment()
                .facts()
                .of(Remembered.PREFIX, client.network(), client.moment().now())
                .map(Delegation::of)
                .flatMap(Optional::stream);
    }

    /** @param ias each IAID once, in order */
    void answer(List<IaPd> ias) {
        if (ias.isEmpty()) {
            return;
        }
        held(client).forEach(held::add);
        for (IaPd ia : ias) {
            List<Lease> leases = new ArrayList<>();
            Holder holder = Holder.of(duid, ia.iaid());
            kept(holder).or(() -> found(holder, ia)).ifPresent(prefix -> leases.add(lease(holder, prefix)));
            if (purpose == Purpose.EXTEND) {
                leases.addAll(ended(ia));
            }
            assignment.add(
                    leases.isEmpty()
                            ? IaAnswer.of(ia, Status.NO_PREFIX_AVAIL, "no prefix is left for this port")
                            : IaAnswer.of(ia, leases));
        }
    }

    /** What it has already. What is of no pool any more is forgotten. */
    private Optional<IpPrefix> kept(Holder holder) {
        Optional<IpPrefix> kept = Optional.empty();
        for (Delegation each : List.copyOf(held)) {
            if (!each.holder().equals(holder)
                    || !each.port().equals(client.port().id())) {
                continue;
            }
            if (kept.isEmpty() && pool(each.prefix()).isPresent()) {
                kept = Optional.of(each.prefix());
            } else {
                held.remove(each);
                assignment.forget(each.key(client.network()));
            }
        }
        return kept;
    }

    private Optional<IpPrefix> found(Holder holder, IaPd ia) {
        long ofPort = held.stream()
                .filter(each -> each.port().equals(client.port().id()))
                .count();
        if (ofPort >= MOST_PER_PORT || client.moment().facts().size() >= Facts.MOST) {
            return Optional.empty();
        }
        List<IpPrefix> taken = held.stream().map(Delegation::prefix).toList();
        Optional<IpPrefix> named = ia.options(IaPrefix.class).stream()
                .map(wish -> IpPrefix.of(wish.prefix(), wish.prefixLength()))
                .filter(wish -> pool(wish).isPresent() && taken.stream().noneMatch(wish::overlaps))
                .findFirst();
        return named.or(() -> pools().map(pool -> pool.free(start(holder), taken))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private long start(Holder holder) {
        String who = client.port().id() + " " + holder;
        return UUID.nameUUIDFromBytes(who.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits();
    }

    private IaPrefix lease(Holder holder, IpPrefix prefix) {
        Lifetimes lifetimes = pool(prefix).orElseThrow().delegation().lifetimes();
        Delegation delegation = new Delegation(prefix, holder, client.port().id());
        if (!held.contains(delegation)) {
            held.add(delegation);
        }
        Fact fact =
                delegation.fact(client.network(), Remembered.end(client.moment().now(), lifetimes));
        assignment.remember(fact);
        return iaPrefix(prefix, lifetimes.preferred(), lifetimes.valid());
    }

    /** The prefixes that the client is to use no longer (§18.3.4, §18.3.5): all that it names but has in none of its IAs. */
    private List<IaPrefix> ended(IaPd ia) {
        return ia.options(IaPrefix.class).stream()
                .map(named -> IpPrefix.of(named.prefix(), named.prefixLength()))
                .distinct()
                .filter(named -> held.stream()
                        .noneMatch(each -> each.prefix().equals(named)
                                && each.port().equals(client.port().id())
                                && each.holder().duid().equals(duid.toString())))
                .map(named -> iaPrefix(named, 0, 0))
                .toList();
    }

    private static IaPrefix iaPrefix(IpPrefix prefix, long preferred, long valid) {
        return new IaPrefix((IPv6Address) prefix.address(), prefix.length(), preferred, valid, List.of());
    }

    private Stream<PrefixPool> pools() {
        return Stream.concat(client.profile().subnets().stream(), client.link().served().stream())
                .distinct()
                .flatMap(subnet -> subnet.settings().dhcpv6().prefixDelegation().stream())
                .map(PrefixPool::new);
    }

    private Optional<PrefixPool> pool(IpPrefix prefix) {
        return pools().filter(pool -> pool.has(prefix)).findFirst();
    }
}
