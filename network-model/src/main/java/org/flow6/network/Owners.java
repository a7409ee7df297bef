package org.flow6.network;

import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/** Which ports may have an address or use a MAC address. */
record Owners(Index<NetworkAddress> addresses, Index<NetworkMac> macs) {
    static final Owners NONE = new Owners(Index.empty(), Index.empty());

    Owners with(Port port) {
        Index<NetworkAddress> ofAddresses = addresses;
        for (IPAddress<?> address : Claims.addresses(port).keySet()) {
            ofAddresses = ofAddresses.with(new NetworkAddress(port.networkId(), address), port.id());
        }
        Index<NetworkMac> ofMacs = macs;
        for (MacAddress mac : Claims.macs(port)) {
            ofMacs = ofMacs.with(new NetworkMac(port.networkId(), mac), port.id());
        }
        return new Owners(ofAddresses, ofMacs);
    }

    Owners without(Port port) {
        Index<NetworkAddress> ofAddresses = addresses;
        for (IPAddress<?> address : Claims.addresses(port).keySet()) {
            ofAddresses = ofAddresses.without(new NetworkAddress(port.networkId(), address), port.id());
        }
        Index<NetworkMac> ofMacs = macs;
        for (MacAddress mac : Claims.macs(port)) {
            ofMacs = ofMacs.without(new NetworkMac(port.networkId(), mac), port.id());
        }
        return new Owners(ofAddresses, ofMacs);
    }
}
