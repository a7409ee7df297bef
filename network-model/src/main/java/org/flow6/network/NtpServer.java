package org.flow6.network;

import org.projectfloodlight.openflow.types.IPv6Address;

/** Where hosts get the time from (RFC 5908 §4). */
public sealed interface NtpServer {
    /** A server's address, or a group's on which servers send: the latter has a suboption of its own (RFC 5908 §4.2). */
    record Address(IPv6Address address) implements NtpServer {}

    /** @param name fully qualified, without a final dot */
    record Name(String name) implements NtpServer {}
}
