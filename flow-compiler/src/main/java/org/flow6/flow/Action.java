package org.flow6.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.flow6.network.ConjunctionKey;
import org.flow6.network.HostKey;
import org.flow6.network.PortKey;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

/** What a flow does to a packet, in order. {@link Goto}, {@link RouteAgain},
 * {@link Track}, {@link Punt} and {@link Drop} end it. */
public sealed interface Action {

    /** Sets a header field or a register slice. */
    record Set(Field<?> field, U128 value) implements Action {
        public Set {
            if (!Bits.isWithin(value, field.fullMask())) {
                throw new IllegalArgumentException(
                        "value " + value + " of " + field + ", which has " + field.bits() + " bits");
            }
        }
    }

    /** Copies a field into another of the same size, or into the lowest bits of a larger one, whose others stay. */
    record Move(Field<?> from, Field<?> to) implements Action {}

    /** Sends a copy out; OVS sends none back by the port that the packet came in by. */
    record Output(OFPort port) implements Action {}

    /** Sends a copy back by the port that the packet came in by. */
    record OutputInPort() implements Action {}

    /** From here on the packet may leave by the port that it came in by, as if it had come by none. */
    record ForgetInPort() implements Action {}

    /**
     * Sets a one-bit field to whether the packet is longer.
     *
     * @param length octets from the Ethernet header on, 1 to 65535
     */
    record CheckLarger(int length, Field<Boolean> result) implements Action {}

    /**
     * Takes one from IPv6's hop limit or IPv4's TTL. A packet of which nothing would be left ends here, and goes to nobody:
     * match those before.
     */
    record DecrementHopLimit() implements Action {}

    /**
     * Chooses a path by a hash of the packet's addresses and, but for fragments, ports: the same for all packets of a
     * connection, both ways.
     *
     * @param paths how many there are to choose from, 1 to 65536
     * @param result set to the number of the path, from 0 on
     */
    record ChoosePath(int paths, Field<Integer> result) implements Action {
        public ChoosePath {
            if (paths < 1 || paths > 1 << result.bits()) {
                throw new IllegalArgumentException(paths + " paths in " + result);
            }
        }
    }

    /** Runs the packet as it is now through a table, and goes on here. */
    record Resubmit(Table table) implements Action {}

    /** Goes on in a later table. */
    record Goto(Table table) implements Action {}

    /**
     * Goes back to {@link Table#ROUTER}, to another router: the one way back in the pipeline, which ends as the hop limit
     * does. OVS goes it 63 times (MAX_DEPTH of its ofproto-dpif-xlate.c) and drops what is to go on.
     */
    record RouteAgain() implements Action {}

    /** Goes to the controller, through the source port's meter for the reason. */
    record Punt(PuntReason reason) implements Action {}

    /**
     * A copy goes to the controller, through the source port's meter for the reason; the packet goes on, also where the
     * meter drops the copy.
     */
    record PuntCopy(PuntReason reason) implements Action {}

    /**
     * Finds the packet's connection and goes on in a later table with {@link Field#CT_STATE} and the fields of the
     * connection. The last action.
     *
     * @param zone which holds the conntrack zone
     */
    record Track(Field<Integer> zone, Table table) implements Action {}

    /** Remembers the packet's connection in a conntrack zone. */
    record Commit(Field<Integer> zone) implements Action {}

    /**
     * The flow is a clause of a conjunction (ovs-actions(7)): a packet that matches some flow of each of its clauses
     * matches {@link Field#CONJ_ID}. A flow with one has nothing else, and flows of one match and several units that have
     * nothing else are one flow in the switch.
     *
     * @param clause 1 to {@code of}
     * @param of how many clauses there are, 2 to 64
     */
    record Conjunction(ConjunctionKey key, int clause, int of) implements Action, Comparable<Conjunction> {
        private static final Comparator<Conjunction> ORDER = Comparator.comparing(Conjunction::key)
                .thenComparing(Conjunction::clause)
                .thenComparing(Conjunction::of);

        public Conjunction {
            if (of < 2 || of > 64 || clause < 1 || clause > of) {
                throw new IllegalArgumentException("clause " + clause + " of " + of);
            }
        }

        // By hand: thousands are looked up where one address of a group changes.

        @Override
        public boolean equals(Object other) {
            return other instanceof Conjunction that && key.equals(that.key) && clause == that.clause && of == that.of;
        }

        @Override
        public int hashCode() {
            return (31 * key.hashCode() + clause) * 31 + of;
        }

        @Override
        public int compareTo(Conjunction other) {
            return ORDER.compare(this, other);
        }
    }

    /** Drops and counts. */
    record Drop(DropReason reason) implements Action {}

    /** Sends the packet to the controller, if the meter lets it; the framework's own. */
    record MeteredController(Meter meter) implements Action {}

    static <T> Action set(Field<T> field, T value) {
        return new Set(field, field.encode(value));
    }

    static <T> Action move(Field<T> from, Field<T> to) {
        return new Move(from, to);
    }

    static Action output(OFPort port) {
        return new Output(port);
    }

    static Action outputInPort() {
        return new OutputInPort();
    }

    static Action forgetInPort() {
        return new ForgetInPort();
    }

    static Action checkLarger(int length, Field<Boolean> result) {
        return new CheckLarger(length, result);
    }

    static Action decrementHopLimit() {
        return new DecrementHopLimit();
    }

    static Action choosePath(int paths, Field<Integer> result) {
        return new ChoosePath(paths, result);
    }

    static Action resubmit(Table table) {
        return new Resubmit(table);
    }

    static Action goTo(Table table) {
        return new Goto(table);
    }

    static Action routeAgain() {
        return new RouteAgain();
    }

    static Action punt(PuntReason reason) {
        return new Punt(reason);
    }

    static Action puntCopy(PuntReason reason) {
        return new PuntCopy(reason);
    }

    static Action track(Field<Integer> zone, Table table) {
        return new Track(zone, table);
    }

    static Action commit(Field<Integer> zone) {
        return new Commit(zone);
    }

    static Action conjunction(ConjunctionKey key, int clause, int of) {
        return new Conjunction(key, clause, of);
    }

    static Action drop(DropReason reason) {
        return new Drop(reason);
    }

    /** A copy to each of these hosts, which are others than this one. */
    static List<Action> sendToEach(List<HostKey> hosts) {
        List<Action> actions = new ArrayList<>(2 * hosts.size());
        for (HostKey host : hosts) {
            actions.add(set(Field.DESTINATION_HOST, host));
            actions.add(resubmit(Table.TUNNEL));
        }
        return actions;
    }

    /** A copy to each of these ports, which are bound here; none back to the port that the packet came in by. */
    static List<Action> deliverToEach(List<PortKey> ports) {
        List<Action> actions = new ArrayList<>(2 * ports.size());
        for (PortKey port : ports) {
            actions.add(set(Field.DESTINATION_PORT, port));
            actions.add(resubmit(Table.INGRESS));
        }
        return actions;
    }
}
