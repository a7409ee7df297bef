package org.flow6.network;

import org.projectfloodlight.openflow.types.OFPort;

/**
 * This switch's end of all tunnels to other hosts: one OpenFlow port, and flows say which host is meant.
 *
 * @param ofPort its OpenFlow port
 * @param type what is around packets in it
 * @param mtu octets of the largest IP packet of a network that it carries
 */
public record Tunnel(OFPort ofPort, Type type, int mtu) {
    /** One that carries packets of any size. */
    public Tunnel(OFPort ofPort, Type type) {
        this(ofPort, type, 0xffff);
    }

    /** What a tunnel tells besides the frame: both the network; Geneve (RFC 8926) also the sender's port. */
    public enum Type {
        /** RFC 7348. */
        VXLAN,
        /** RFC 8926. */
        GENEVE
    }
}
