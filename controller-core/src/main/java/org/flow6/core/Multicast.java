package org.flow6.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flow6.core.multicast.HostListeners;
import org.flow6.core.multicast.ListenerTable;
import org.flow6.core.multicast.ListenerTable.Effect;
import org.flow6.core.multicast.Messages;
import org.flow6.core.multicast.Times;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.flow.Action;
import org.flow6.flow.Answer;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.PacketOut;
import org.flow6.flow.Table;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.MulticastListener;
import org.flow6.network.MulticastRole;
import org.flow6.network.MulticastSettings;
import org.flow6.network.Network;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortKey;
import org.flow6.network.PortView;
import org.flow6.network.Receiver;
import org.flow6.network.SourceFilter;
import org.flow6.packets.Ethernet;
import org.flow6.packets.Mld;
import org.flow6.packets.Mldv2Query;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.MulticastRouterDiscovery;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Asks who listens to multicast groups behind the ports of one switch and keeps what is answered, for as long as an app is
 * enabled that wants to know. What is learned are facts, which the snapshot shows and flows are made of. For the switch's
 * thread.
 */
final class Multicast {
    static final DropReason FULL =
            new DropReason(0xfffa, "multicast-full", "a report of more groups than a port, or all of them, may have");

    /** Things that are due so close together are done together. */
    private static final long TOGETHER_MILLIS = 20;

    private static final long WITHOUT_SWITCH_MILLIS = TimeUnit.SECONDS.toMillis(1);
    /** A packet-out holds so many outputs easily. */
    private static final int PORTS_AT_ONCE = 1000;

    /** The latest that a network is asked first, in nanoseconds. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(1);

    /** RFC 4286 §3.1.1 and §3.1.2: three advertisements, each a fortieth late at most. */
    private static final double DEAD_ADVERTISEMENTS = 3 * 1.025;

    private final Neighbors.Surroundings surroundings;
    private final MulticastMemory memory;
    private final HostListeners hosts;
    private final Map<Id<Network>, MulticastLink> links = new HashMap<>();
    private final Map<Id<Port>, MulticastPort> ports = new HashMap<>();
    private final Output output = new Output();
    private ListenerTable table = newTable();
    private boolean enabled;
    private boolean started;
    private long wakeAt;
    private boolean awake = true;

    Multicast(Neighbors.Surroundings surroundings) {
        this.surroundings = surroundings;
        memory = new MulticastMemory(surroundings.thread(), surroundings.facts());
        hosts = new HostListeners(memory);
    }

    private ListenerTable newTable() {
        return new ListenerTable(network -> {
            MulticastLink link = links.get(network);
            return link == null ? Times.of(MulticastSettings.DEFAULT.queryInterval()) : link.times();
        });
    }

    /** Begins or ends to ask. Other hosts are told to send everything when it ends. */
    void enable(boolean on) {
        if (on == enabled) {
            return;
        }
        enabled = on;
        if (!started) {
            return;
        }
        if (on) {
            follow(NetworkUpdate.all(surroundings.snapshot()), false);
        } else {
            links.values().forEach(link -> link.giveUp(output));
            links.clear();
            ports.clear();
            table = newTable();
        }
        wakeInTime();
    }

    /** Follows a change of ports and networks. What is remembered of earlier is taken over with the first. */
    void update(NetworkUpdate update) {
        if (enabled) {
            follow(update, !started);
            wakeInTime();
        }
        started = true;
    }

    private void follow(NetworkUpdate update, boolean first) {
        NetworkSnapshot after = update.after();
        long now = System.nanoTime();
        // What ports leave is told to other hosts before the last of them takes the network along.
        update.ports().forEach(port -> look(port, after, first, now));
        update.networks().forEach(network -> look(network, after, now));
        if (first) {
            after.multicastRoles().forEach(role -> restore(role, after));
            after.multicastListeners().forEach(listener -> restore(listener, after, now));
        }
        update.networks().forEach(network -> hosts.hosts(network).stream()
                .filter(host -> !after.isMember(network, host))
                .forEach(host -> hosts.forget(network, host)));
    }

    private void look(Id<Network> id, NetworkSnapshot after, long now) {
        Optional<NetworkView> view =
                after.network(id).filter(network -> !network.boundPorts().isEmpty());
        MulticastLink known = links.get(id);
        if (view.isEmpty()) {
            links.remove(id);
            if (known != null) {
                known.end(output);
            }
        } else if (known != null) {
            known.update(view.get(), now);
        } else {
            links.put(id, new MulticastLink(view.get(), table, memory, ports::containsKey, soon(now)));
        }
    }

    /** Networks are asked one after the other. */
    private static long soon(long now) {
        return now + ThreadLocalRandom.current().nextLong(SOON);
    }

    private void look(Id<Port> id, NetworkSnapshot after, boolean first, long now) {
        Optional<PortView> view = after.port(id)
                .filter(port -> port.ofPort().isPresent())
                .filter(port -> !port.port().isProvider());
        MulticastPort known = ports.get(id);
        if (known != null && !view.map(known::isSame).orElse(false)) {
            ports.remove(id);
            forget(known.network(), id);
        }
        if (view.isPresent() && !ports.containsKey(id)) {
            Id<Network> network = view.get().network().id();
            boolean asked = first
                    && after.multicastRole(network, new Receiver.OnPort(id)).isPresent();
            ports.put(id, MulticastPort.of(view.get(), asked, now));
            if (!asked) {
                forget(network, id);
            }
        }
    }

    /** What somebody said behind a port holds no more when the port is gone, or another one. */
    private void forget(Id<Network> network, Id<Port> port) {
        MulticastLink link = links.get(network);
        if (link != null) {
            link.noRouter(port);
        }
        act(table.forget(port));
        surroundings
                .snapshot()
                .multicastGroups(new Receiver.OnPort(port))
                .forEach(group -> memory.wants(group, new Receiver.OnPort(port), SourceFilter.NONE));
        memory.role(network, new Receiver.OnPort(port), Optional.empty());
    }

    private void restore(MulticastRole role, NetworkSnapshot after) {
        MulticastLink link = links.get(role.network());
        if (role.at() instanceof Receiver.OnHost on) {
            hosts.restore(role.network(), on.host());
        } else if (role.at() instanceof Receiver.OnPort on) {
            if (isElsewhere(on.port(), after)) {
                memory.role(role.network(), role.at(), Optional.empty());
            } else if (link != null && role.kind() == MulticastRole.Kind.ROUTER && ports.containsKey(on.port())) {
                link.router(on.port(), System.nanoTime() + link.times().otherQuerier());
            }
        }
    }

    private void restore(MulticastListener listener, NetworkSnapshot after, long now) {
        if (listener.at() instanceof Receiver.OnHost on) {
            hosts.restore(listener.networkGroup(), on.host(), listener.filter());
        } else if (listener.at() instanceof Receiver.OnPort on) {
            if (isElsewhere(on.port(), after)) {
                memory.wants(listener.networkGroup(), listener.at(), SourceFilter.NONE);
            } else if (ports.containsKey(on.port())) {
                act(table.restore(listener.networkGroup(), on.port(), listener.filter(), now));
                Optional.ofNullable(links.get(listener.network()))
                        .ifPresent(link -> link.restored(listener.networkGroup()));
            }
        }
    }

    /** A port that is only not bound here may be on another switch of this host. */
    private boolean isElsewhere(Id<Port> port, NetworkSnapshot after) {
        return after.port(port)
                .map(view -> view.remoteHost().isPresent())
                .orElseGet(() -> !surroundings.exists(port) || surroundings.isElsewhere(port));
    }

    /** The switch was away, and nobody could answer. */
    void connected() {
        long now = System.nanoTime();
        links.values().forEach(link -> link.startAgain(soon(now)));
        table.renew(now);
        wakeInTime();
    }

    /** Somebody told something about multicast. */
    void heard(Answer.Result.Multicast said, Consumer<DropReason> drop) {
        MulticastLink link = links.get(said.network());
        if (!enabled) {
            return;
        }
        if (said.from() instanceof Receiver.OnHost on) {
            heard(said, on.host());
        } else if (link != null && said.from() instanceof Receiver.OnPort on && ports.containsKey(on.port())) {
            heard(said, on.port(), link, drop);
        } else if (link != null && isQuery(said)) {
            // From a physical network, which gets everything anyway.
            stepBack(said, link, System.nanoTime());
        }
        wakeInTime();
    }

    private void heard(Answer.Result.Multicast said, Id<Host> host) {
        if (said.message() instanceof Mldv2Report report) {
            hosts.reported(said.network(), host, report);
        }
    }

    private void heard(Answer.Result.Multicast said, Id<Port> port, MulticastLink link, Consumer<DropReason> drop) {
        long now = System.nanoTime();
        if (said.message() instanceof MulticastRouterDiscovery.Advertisement advertisement) {
            double seconds = DEAD_ADVERTISEMENTS * advertisement.interval();
            link.router(port, now + (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
        } else if (said.message() instanceof MulticastRouterDiscovery.Termination) {
            link.noRouter(port);
        } else if (isQuery(said)) {
            stepBack(said, link, now);
            link.router(port, now + link.times().otherQuerier());
        } else if (said.message() instanceof Mld mld) {
            List<Effect> effects = table.reported(said.network(), port, mld, now);
            effects.stream().filter(Effect.Full.class::isInstance).forEach(full -> drop.accept(FULL));
            act(effects);
        }
    }

    private static boolean isQuery(Answer.Result.Multicast said) {
        return said.message() instanceof Mld.Query || said.message() instanceof Mldv2Query;
    }

    /** One of version 1 does not tell its times. */
    private static void stepBack(Answer.Result.Multicast said, MulticastLink link, long now) {
        boolean tells = said.message() instanceof Mldv2Query;
        int interval = tells ? ((Mldv2Query) said.message()).interval() : 0;
        int robustness = tells ? ((Mldv2Query) said.message()).robustness() : 0;
        link.querier().heard(said.source(), interval, robustness, now);
    }

    private void act(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Wants wants) {
                memory.wants(wants.group(), new Receiver.OnPort(wants.port()), wants.filter());
                Optional.ofNullable(links.get(wants.group().network())).ifPresent(link -> link.tell(wants.group()));
            } else if (effect instanceof Effect.Ask ask) {
                MulticastLink link = links.get(ask.group().network());
                if (link != null && link.querier().isQuerier()) {
                    IPv6Address group = (IPv6Address) ask.group().address();
                    output.toPort(
                            ask.port(), Messages.specificQuery(link.view().key(), link.times(), group, ask.sources()));
                }
            }
        }
    }

    /** Has this woken when something is due next. */
    private void wakeInTime() {
        if (!enabled || links.isEmpty()) {
            return;
        }
        List<Long> due = new ArrayList<>();
        table.nextDeadline().ifPresent(due::add);
        links.values().forEach(link -> due.add(link.nextDeadline()));
        ports.values().forEach(port -> port.nextDeadline().ifPresent(due::add));
        due.stream().reduce((one, other) -> one - other < 0 ? one : other).ifPresent(this::wakeAt);
    }

    private void wakeAt(long time) {
        if (awake || time - wakeAt < 0) {
            long left = Math.max(0, time - System.nanoTime());
            wakeAt(time, TimeUnit.NANOSECONDS.toMillis(left) + TOGETHER_MILLIS);
        }
    }

    private void wakeAt(long time, long millis) {
        awake = false;
        wakeAt = time;
        surroundings.thread().runIn(millis, () -> {
            if (!awake && wakeAt == time) {
                wake(time);
            }
        });
    }

    /** While the switch is away nobody can be asked, and nobody is given up. */
    private void wake(long time) {
        if (surroundings.openSession().isEmpty()) {
            wakeAt(time, WITHOUT_SWITCH_MILLIS);
            return;
        }
        awake = true;
        long now = System.nanoTime();
        act(table.advance(now));
        links.values().forEach(link -> link.advance(now, output));
        ports.forEach((id, port) -> advance(id, port, now));
        wakeInTime();
    }

    private void advance(Id<Port> id, MulticastPort port, long now) {
        MulticastLink link = links.get(port.network());
        Optional<PortView> view = surroundings.snapshot().port(id);
        if (link == null || view.isEmpty()) {
            return;
        }
        switch (port.advance(now)) {
            case NOTHING -> {}
            case ASK -> {
                output.toPort(id, Messages.generalQuery(link.view().key(), link.times(), MulticastPort.RESPONSE));
                if (view.get().mayRoute()) {
                    output.toPort(id, Messages.routerSolicitation(link.view().key()));
                }
            }
            case SETTLE -> link.settle(id);
        }
    }

    /** How many groups are listened to, each counted for each port. */
    int listeners() {
        return table.size();
    }

    private final class Output implements MulticastLink.Output {
        void toPort(Id<Port> port, Ethernet frame) {
            surroundings
                    .snapshot()
                    .port(port)
                    .flatMap(PortView::ofPort)
                    .ifPresent(ofPort -> send(List.of(Action.output(ofPort)), frame));
        }

        @Override
        public void toPorts(NetworkView network, Ethernet frame) {
            List<PortKey> bound = network.boundPorts();
            for (int from = 0; from < bound.size(); from += PORTS_AT_ONCE) {
                List<Action> outputs = new ArrayList<>();
                bound.subList(from, Math.min(bound.size(), from + PORTS_AT_ONCE)).stream()
                        .flatMap(key -> surroundings.snapshot().port(key).flatMap(PortView::ofPort).stream())
                        .forEach(ofPort -> outputs.add(Action.output(ofPort)));
                send(outputs, frame);
            }
        }

        @Override
        public void toHosts(NetworkView network, Ethernet frame) {
            send(List.of(Action.set(Field.NETWORK, network.key()), Action.resubmit(Table.FLOOD_HOSTS)), frame);
        }

        private void send(List<Action> actions, Ethernet frame) {
            Optional<SwitchSession> session = surroundings.openSession();
            session.ifPresent(open -> Punts.send(open, new PacketOut(OFPort.CONTROLLER, actions, frame)));
        }
    }
}
