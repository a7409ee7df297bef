package org.flow6.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flow6.core.Reached.Taken;
import org.flow6.network.AddressClaim;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.MulticastListener;
import org.flow6.network.MulticastRole;
import org.flow6.network.Neighbor;
import org.flow6.network.NetworkEditor;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.Tunnel;
import org.flow6.network.UnreachableHop;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the snapshot of a switch is made of: the network as far as its ports {@linkplain Reached reach}, the ports of the
 * switch, the addresses that ports claim, the neighbors that routers learned, the next hops that are unreachable, and who listens to multicast. Inputs come from any
 * thread, and of several that wait the newest counts; they are taken by the switch's thread.
 */
final class SwitchInputs {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchInputs.class);

    private final DatapathId datapathId;
    private final String host;
    private final FactStore facts;
    private final ErrorLog errorLog;
    private final SwitchTunnel tunnel;
    private final Moves moves = new Moves();
    private final PortDemand demand;
    private final Reached reached;

    private volatile @Nullable KnownNetwork newestNetwork;
    private volatile @Nullable List<Bindings.Interface> newestInterfaces;
    private volatile Set<Id<Host>> newestUnreachable = Set.of();
    private volatile NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;

    // Of the thread alone.
    private Taken taken = Taken.NOTHING;
    private List<AddressClaim> claims = List.of();
    private Optional<Tunnel> takenTunnel = Optional.empty();
    private boolean first = true;
    private boolean moved;
    private List<Neighbor> neighbors = List.of();
    private List<UnreachableHop> unreachableHops = List.of();
    private Set<OFPort> down = Set.of();
    private List<MulticastListener> multicastListeners = List.of();
    private List<MulticastRole> multicastRoles = List.of();
    private List<String> conflicts = List.of();

    SwitchInputs(DatapathId datapathId, String host, Shared shared) {
        this.datapathId = datapathId;
        this.host = host;
        demand = shared.ports();
        reached = new Reached(datapathId, host, demand);
        facts = shared.facts();
        errorLog = shared.errors();
        tunnel = new SwitchTunnel(errorLog);
    }

    void network(KnownNetwork next) {
        newestNetwork = next;
    }

    /** The switch's ports as they are from now on; null while they are not known. */
    void interfaces(@Nullable List<Bindings.Interface> next) {
        newestInterfaces = next;
    }

    /** The hosts that no gateway should be on from now on. */
    void unreachable(Set<Id<Host>> next) {
        newestUnreachable = next;
    }

    /** How hosts are to reach each other. */
    SwitchTunnel tunnel() {
        return tunnel;
    }

    /** Whether everything is known that flows depend on. */
    boolean areKnown() {
        return look().isPresent();
    }

    /** What was taken last. */
    NetworkSnapshot snapshot() {
        return snapshot;
    }

    /** The newest network and ports; as they were taken last while more has to be known; empty before enough is. */
    private Optional<Taken> look() {
        KnownNetwork network = newestNetwork;
        List<Bindings.Interface> interfaces = newestInterfaces;
        if (network == null || interfaces == null) {
            return Optional.empty();
        }
        Optional<Taken> next = reached.look(network, interfaces);
        return next.isPresent() || isSame(taken, Taken.NOTHING) ? next : Optional.of(taken);
    }

    /** Takes the newest inputs into the snapshot; empty while not all are known. */
    Optional<NetworkUpdate> take() {
        Optional<Taken> next = look();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        NetworkEditor editor = snapshot.edit();
        boolean rebound = takeNetwork(editor, next.get());
        editor.unreachable(newestUnreachable);
        takeTunnel(editor, tunnel.among(taken.interfaces()));
        takeNeighbors(editor);
        takeMulticast(editor);
        NetworkUpdate update = editor.update();
        snapshot = update.after();
        if (rebound) {
            facts.bound(datapathId, snapshot.bindings().keySet());
        }
        return Optional.of(update);
    }

    /** Whether other ports may be bound now. */
    private boolean takeNetwork(NetworkEditor editor, Taken next) {
        boolean newPorts = !isSame(next.whole().ports(), taken.whole().ports());
        boolean newInterfaces = !next.interfaces().equals(taken.interfaces());
        long now = System.nanoTime();
        moved = newPorts && moves.note(taken.whole(), next.whole(), now);
        moves.forget(now);
        if (!isSame(next.part(), taken.part())) {
            editor.model(next.part());
        }
        boolean rebound = newPorts || newInterfaces || !moves.from().equals(snapshot.movedFrom());
        if (rebound) {
            bind(editor, next);
            down = down(next.interfaces());
        }
        editor.movedFrom(moves.from());
        taken = next;
        return rebound;
    }

    private void takeNeighbors(NetworkEditor editor) {
        List<AddressClaim> nextClaims = facts.claims();
        if (!isSame(nextClaims, claims)) {
            editor.claims(nextClaims);
        }
        List<Neighbor> nextNeighbors = facts.neighbors();
        if (!isSame(nextNeighbors, neighbors)) {
            editor.neighbors(nextNeighbors);
        }
        List<UnreachableHop> nextUnreachable = facts.unreachableHops();
        if (!isSame(nextUnreachable, unreachableHops)) {
            editor.unreachableHops(nextUnreachable.stream()
                    .filter(hop -> hop.seenBy().equals(datapathId))
                    .map(UnreachableHop::address)
                    .collect(Collectors.toSet()));
        }
        claims = nextClaims;
        neighbors = nextNeighbors;
        unreachableHops = nextUnreachable;
    }

    /** Whether ports moved between hosts with what was taken last, and so that it is to be taken again when they have. */
    boolean isMoving() {
        return moved;
    }

    /** Whether the network has a port, also where this switch's own ports do not reach it. */
    boolean exists(Id<Port> port) {
        return taken.whole().ports().containsKey(port) || demand.exists(port);
    }

    /** Whether the network has a port that names another host. */
    boolean isElsewhere(Id<Port> port) {
        Port known = taken.whole().ports().get(port);
        Optional<String> on = known == null ? demand.hostOf(port) : known.hostId();
        return on.map(name -> !name.equals(host)).orElse(false);
    }

    /** Whether it belongs to this host, or did until a moment ago. */
    private boolean isHere(Port port) {
        return port.hostId().map(host::equals).orElse(true) || moves.isFrom(Id.of(host), port.id());
    }

    /** Whether the link of a port that is bound here is up, as far as that is known. */
    boolean isLinkUp(Id<Port> port) {
        return !down.contains(snapshot.bindings().get(port));
    }

    private void takeMulticast(NetworkEditor editor) {
        List<MulticastListener> nextListeners = facts.multicastListeners();
        if (!isSame(nextListeners, multicastListeners)) {
            editor.multicastListeners(nextListeners);
        }
        List<MulticastRole> nextRoles = facts.multicastRoles();
        if (!isSame(nextRoles, multicastRoles)) {
            editor.multicastRoles(nextRoles);
        }
        multicastListeners = nextListeners;
        multicastRoles = nextRoles;
    }

    /** By identity: comparing a hundred thousand ports takes longer than all the rest of a small update. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }

    private void takeTunnel(NetworkEditor editor, Optional<Tunnel> next) {
        if (first) {
            editor.host(host);
            first = false;
        }
        if (!next.equals(takenTunnel)) {
            LOG.info(
                    "switch {}: tunnel: {}",
                    datapathId,
                    next.map(Tunnel::toString).orElse("none"));
            editor.tunnel(next);
            takenTunnel = next;
        }
    }

    private static Set<OFPort> down(List<Bindings.Interface> interfaces) {
        return interfaces.stream()
                .filter(one -> !one.up())
                .map(Bindings.Interface::ofPort)
                .collect(Collectors.toSet());
    }

    private void bind(NetworkEditor editor, Taken from) {
        Bindings next = Bindings.resolve(from.whole(), from.byInterfaceName(), this::isHere, from.interfaces());
        snapshot.bindings().forEach((port, ofPort) -> {
            if (!next.ports().containsKey(port)) {
                LOG.info("switch {}: port {} unbound from OpenFlow port {}", datapathId, port, ofPort);
                editor.unbind(port);
            }
        });
        next.ports().forEach((port, ofPort) -> {
            if (!ofPort.equals(snapshot.bindings().get(port))) {
                LOG.info("switch {}: port {} bound to OpenFlow port {}", datapathId, port, ofPort);
                editor.bind(port, ofPort);
            }
        });
        for (String conflict : next.conflicts()) {
            if (!conflicts.contains(conflict)) {
                LOG.error("switch {}: {}", datapathId, conflict);
                errorLog.add(conflict);
            }
        }
        conflicts = next.conflicts();
    }
}
