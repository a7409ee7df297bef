package org.flow6.network;

import org.projectfloodlight.openflow.types.MacAddress;

/** A MAC address on a network; the same address may be on other networks too. */
public record NetworkMac(Id<Network> network, MacAddress mac) {}
