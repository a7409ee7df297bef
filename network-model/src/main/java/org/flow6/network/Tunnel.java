package org.flow6.network;

import org.projectfloodlight.openflow.types.OFPort;

/**
 * This switch's end of all tunnels to other hosts: one OpenFlow port, and flows say which host is meant.
 *
 * @param ofPort its OpenFlow port
 * @param type what is around packets in it
 */
public record Tunnel(OFPort ofPort, Type type) {
    /** What a tunnel tells besides the frame: both the network; Geneve (RFC 8926) also the sender's port. */
    public enum Type {
        /** RFC 7348. */
        VXLAN,
        /** RFC 8926. */
        GENEVE
    }
}
