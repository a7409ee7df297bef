package org.flow6.packets;

import io.netty.buffer.ByteBuf;

/** An echo message (RFC 4443 §4). */
public sealed interface Echo extends Icmpv6 {
    /** 0 to 65535: with the sequence, what a request's sender knows the reply by. */
    int identifier();

    /** 0 to 65535. */
    int sequence();

    /** Any octets, which come back as they are. */
    Bytes data();

    /** An echo request (RFC 4443 §4.1). */
    record Request(int identifier, int sequence, Bytes data) implements Echo {
        static final int TYPE = 128;

        public Request {
            EchoLayout.require(identifier, sequence);
        }

        static Decoded<Icmpv6> decode(Bytes message) {
            return EchoLayout.decode(message, Request::new);
        }

        /** The reply to it, the same but for the type (RFC 4443 §4.2). */
        public Reply reply() {
            return new Reply(identifier, sequence, data);
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** An echo reply (RFC 4443 §4.2). */
    record Reply(int identifier, int sequence, Bytes data) implements Echo {
        static final int TYPE = 129;

        public Reply {
            EchoLayout.require(identifier, sequence);
        }

        static Decoded<Icmpv6> decode(Bytes message) {
            return EchoLayout.decode(message, Reply::new);
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** Always 0. */
    @Override
    default int code() {
        return 0;
    }

    @Override
    default int length() {
        return EchoLayout.FIXED_LENGTH + data().length();
    }

    @Override
    default void encodeBody(ByteBuf out) {
        out.writeShort(identifier()).writeShort(sequence());
        data().writeTo(out);
    }
}
