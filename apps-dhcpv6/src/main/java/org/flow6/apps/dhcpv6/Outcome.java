package org.flow6.apps.dhcpv6;

import java.util.List;
import org.flow6.flow.DropReason;
import org.flow6.network.Facts;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.MessageType;

/** What becomes of a client's message. */
sealed interface Outcome {
    /**
     * It is answered.
     *
     * @param facts what to remember before
     */
    record Answered(ClientServerMessage message, Facts.Change facts) implements Outcome {}

    record Discarded(DropReason reason) implements Outcome {}

    static Outcome answered(MessageType type, int transactionId, List<Dhcpv6Option> options, Facts.Change facts) {
        return new Answered(new ClientServerMessage(type, transactionId, options), facts);
    }
}
