package org.flow6.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkModel;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.Port;
import org.flow6.network.Resource;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** Networks and ports that differ in nothing but what a test says. */
final class SampleNetwork {
    private SampleNetwork() {}

    static Network network(String id) {
        return new Network(
                Id.of(id), id, true, 1500, true, false, Optional.empty(), Optional.empty(), List.of(), List.of(), "");
    }

    /** The number gives the MAC address. */
    static Port port(String id, String network, int number, String... addresses) {
        List<Port.FixedIp> fixedIps = Arrays.stream(addresses)
                .map(address -> new Port.FixedIp(Id.of(network + "6"), IPAddress.of(address)))
                .toList();
        return new Port(
                Id.of(id),
                id,
                Id.of(network),
                MacAddress.of(0x02_00_00_00_00_00L + number),
                fixedIps,
                "compute:nova",
                "",
                true,
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "");
    }

    static NetworkUpdate update(NetworkSnapshot before, Resource... resources) {
        return before.edit().model(NetworkModel.of(List.of(resources))).update();
    }

    static NetworkUpdate bind(NetworkSnapshot before, String port, int ofPort) {
        return before.edit().bind(Id.of(port), OFPort.of(ofPort)).update();
    }

    static NetworkUpdate unbind(NetworkSnapshot before, String port) {
        return before.edit().unbind(Id.of(port)).update();
    }
}
