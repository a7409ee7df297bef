package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A message between a client and a server (RFC 8415 §8).
 *
 * @param type none of the relay agents'
 * @param transactionId 24 bits, by which the client knows the answer to its message
 * @param options in the order of the wire
 */
public record ClientServerMessage(MessageType type, int transactionId, List<Dhcpv6Option> options)
        implements Dhcpv6Message {
    static final int FIXED_LENGTH = 4;
    static final int MAX_TRANSACTION_ID = 0xff_ffff;

    public ClientServerMessage {
        if (type.isRelay()) {
            throw new IllegalArgumentException(type + " is a relay agent's");
        }
        if (transactionId < 0 || transactionId > MAX_TRANSACTION_ID) {
            throw new IllegalArgumentException("transaction ID " + transactionId + " (24 bits)");
        }
        options = OptionList.copyOf(options);
    }

    @Override
    public int length() {
        return FIXED_LENGTH + OptionList.length(options);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(type.value()).writeMedium(transactionId);
        OptionList.encode(out, options);
    }
}
