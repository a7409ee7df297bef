package org.flow6.apps.secgroup.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.flow.Answer;
import org.flow6.flow.Derivation;
import org.flow6.flow.DropReason;
import org.flow6.flow.FlowApp;
import org.flow6.flow.PuntReason;
import org.flow6.flow.Scope;
import org.flow6.network.AddressClaim;
import org.flow6.network.Fact;
import org.flow6.network.Id;
import org.flow6.network.Port;

/**
 * Lets a port with port security send from its own addresses only, and say of itself only what is true (RFC 7513 and RFC
 * 6620 in spirit, RFC 6105). Addresses that a host makes by itself are its own once it claimed them: {@link ClaimAnswer}.
 */
public final class SourceGuard implements FlowApp {
    /** A copy of a duplicate check about an address that hosts may make by themselves, or of what defends one. */
    static final PuntReason CLAIM = new PuntReason(6, "address-claim", 10, 40);

    /** A router solicitation with options, which no switch sees, that goes to whatever routers there are. */
    static final PuntReason SOLICITATION = new PuntReason(7, "guarded-router-solicitation", 10, 20);

    @Override
    public String name() {
        return "source-guard";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(
                new Derivation<>("addresses", Scope.ALWAYS, Stream::of, always -> AddressChecks.flows()),
                new Derivation<>("messages", Scope.ALWAYS, Stream::of, always -> MessageChecks.flows()),
                new Derivation<>("open", Scope.NETWORK, OpenSubnet::of, OpenSubnet::flows),
                new Derivation<>("ports", Scope.PORT, GuardedPort::of, GuardedPort::flows),
                new Derivation<>("stations", Scope.PORT, Station::of, Station::flows),
                new Derivation<>("own", Scope.PORT, OwnAddress::of, OwnAddress::flows));
    }

    @Override
    public Map<PuntReason, Answer> answers() {
        return Map.of(CLAIM, ClaimAnswer::answer, SOLICITATION, SolicitationAnswer::answer);
    }

    @Override
    public Map<String, Function<Fact, Optional<Id<Port>>>> sharedFacts() {
        return Map.of(
                AddressClaim.KIND, fact -> AddressClaim.of(fact).map(AddressClaim::port),
                Defence.KIND, fact -> Optional.empty());
    }

    @Override
    public List<DropReason> drops() {
        return GuardDrop.ALL;
    }
}
