package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.types.IPv6Address;

/**
 * A message between a relay agent and a server, or between relay agents (RFC 8415 §9).
 *
 * @param type {@link MessageType#RELAY_FORWARD} or {@link MessageType#RELAY_REPLY}
 * @param hopCount how many relay agents have relayed what is within, 0 to 8
 * @param linkAddress an address of the client's link, by which the server knows the link; may be {@code ::}
 * @param peerAddress where the message within came from, or goes to
 * @param options in the order of the wire; one of them a {@link RelayMessage}
 */
public record RelayAgentMessage(
        MessageType type, int hopCount, IPv6Address linkAddress, IPv6Address peerAddress, List<Dhcpv6Option> options)
        implements Dhcpv6Message {
    static final int FIXED_LENGTH = 34;

    public RelayAgentMessage {
        if (!type.isRelay()) {
            throw new IllegalArgumentException(type + " is not a relay agent's");
        }
        if (hopCount < 0 || hopCount > HOP_COUNT_LIMIT) {
            throw new IllegalArgumentException("hop count " + hopCount + " (0-" + HOP_COUNT_LIMIT + ")");
        }
        options = OptionList.copyOf(options);
    }

    /** The message that is relayed, if there is one. */
    public Optional<Dhcpv6Message> relayed() {
        return option(RelayMessage.class).map(RelayMessage::message);
    }

    @Override
    public int length() {
        return FIXED_LENGTH + OptionList.length(options);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(type.value()).writeByte(hopCount);
        linkAddress.write16Bytes(out);
        peerAddress.write16Bytes(out);
        OptionList.encode(out, options);
    }
}
