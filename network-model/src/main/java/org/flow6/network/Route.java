package org.flow6.network;

import org.projectfloodlight.openflow.types.IPAddress;

/** Where packets for a prefix go next. */
public record Route(IpPrefix destination, IPAddress<?> nexthop) {}
