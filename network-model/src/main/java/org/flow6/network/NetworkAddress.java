package org.flow6.network;

import org.projectfloodlight.openflow.types.IPAddress;

/** An address on a network; the same address may be on other networks too. */
public record NetworkAddress(Id<Network> network, IPAddress<?> address) {}
