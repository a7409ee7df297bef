package org.flow6.flow;

import java.util.List;
import org.flow6.network.NetworkSnapshot;

/** How an app answers packets punted for one reason: a pure function. */
@FunctionalInterface
public interface Answer {

    Result answer(PacketIn packet, NetworkSnapshot snapshot);

    /** What came of a packet. */
    sealed interface Result {
        /** Packets to send in answer; none where none is due. */
        record Send(List<PacketOut> packets) implements Result {
            public Send {
                packets = List.copyOf(packets);
            }
        }

        /** Refused: dropped and counted. */
        record Refuse(DropReason reason) implements Result {}
    }
}
