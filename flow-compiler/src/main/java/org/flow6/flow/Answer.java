package org.flow6.flow;

import java.util.List;
import org.flow6.network.Facts;
import org.flow6.network.Id;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.Port;

/** How an app answers packets punted for one reason: a pure function. */
@FunctionalInterface
public interface Answer {

    Result answer(PacketIn packet, NetworkSnapshot snapshot, Moment moment);

    /** What came of a packet. */
    sealed interface Result {
        /**
         * Packets to send in answer; none where none is due.
         *
         * @param facts what to remember first: nothing is sent before it is kept
         * @param solicited beacons whose frames the port that asked gets soon
         */
        record Send(List<PacketOut> packets, Facts.Change facts, List<Solicited> solicited) implements Result {
            public Send {
                packets = List.copyOf(packets);
                solicited = List.copyOf(solicited);
            }

            public Send(List<PacketOut> packets) {
                this(packets, Facts.Change.NONE, List.of());
            }
        }

        /** Refused: dropped and counted. */
        record Refuse(DropReason reason) implements Result {}

        /** Nothing is sent: it came to be written to the log, in one line. */
        record Log(String line) implements Result {}
    }

    /**
     * A beacon that a port asked for: within {@link Beacon.Timing#solicitedDelay}, but not before {@link
     * Beacon.Timing#gap} is over.
     *
     * @param beacon the name of a beacon of this app
     * @param source whose, as {@link Beacon#source} has it
     */
    record Solicited(String beacon, Id<Port> source) {}
}
