package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A Multicast Listener Discovery message, of version 1 (RFC 2710) or 2 (RFC 3810). */
public sealed interface Mld extends Icmpv6 permits Mld.Query, Mld.Report, Mld.Done, Mldv2Query, Mldv2Report {
    /**
     * A version 1 query (RFC 2710 §3).
     *
     * @param maximumResponseDelay in milliseconds, 0 to 65535
     * @param group the one asked about, or :: for all
     */
    record Query(int maximumResponseDelay, IPv6Address group) implements Mld {
        public static final int TYPE = 130;

        public Query {
            if (maximumResponseDelay >>> Short.SIZE != 0) {
                throw new IllegalArgumentException("maximum response delay " + maximumResponseDelay + " (16 bits)");
            }
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int length() {
            return MldLayout.V1_LENGTH;
        }

        @Override
        public void encodeBody(ByteBuf out) {
            out.writeShort(maximumResponseDelay).writeShort(0);
            group.write16Bytes(out);
        }
    }

    /** A version 1 report: somebody listens to the group (RFC 2710 §3). */
    record Report(IPv6Address group) implements Mld {
        public static final int TYPE = 131;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int length() {
            return MldLayout.V1_LENGTH;
        }

        @Override
        public void encodeBody(ByteBuf out) {
            out.writeInt(0);
            group.write16Bytes(out);
        }
    }

    /** A version 1 done: somebody listens to the group no more (RFC 2710 §3). */
    record Done(IPv6Address group) implements Mld {
        public static final int TYPE = 132;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int length() {
            return MldLayout.V1_LENGTH;
        }

        @Override
        public void encodeBody(ByteBuf out) {
            out.writeInt(0);
            group.write16Bytes(out);
        }
    }

    /**
     * The packet's message, if a node must take it as one (RFC 2710 §3, RFC 3810 §6.2, §7.4): hop limit 1, a Router
     * Alert option, and from a link-local address; a report or done from :: too, of a node that has no address yet
     * (RFC 3590 §4).
     */
    static Decoded<Mld> validate(Ipv6 packet) {
        return Icmpv6.decode(packet).then(message -> {
            if (!(message instanceof Mld mld)) {
                return Decoded.malformed(MalformedReason.ICMPV6_TYPE);
            }
            if (packet.hopLimit() != 1) {
                return Decoded.malformed(MalformedReason.MLD_HOP_LIMIT);
            }
            boolean unspecified = packet.source().isUnspecified() && mld.type() != Query.TYPE;
            if (!unspecified && !LinkLocal.includes(packet.source())) {
                return Decoded.malformed(MalformedReason.MLD_SOURCE);
            }
            return RouterAlert.isOn(packet) ? Decoded.ok(mld) : Decoded.malformed(MalformedReason.MLD_ROUTER_ALERT);
        });
    }

    /** Always 0; what is received is ignored. */
    @Override
    default int code() {
        return 0;
    }
}
