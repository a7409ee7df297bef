package org.flow6.core.ovsdb;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A row of table Interface that is on the managed bridge (ovs-vswitchd.conf.db(5)).
 *
 * @param bridge the bridge's name
 * @param name the interface's name, unique on its host
 * @param type {@code ""} or {@code "system"} for a network device, {@code "internal"}, {@code "vxlan"}…
 * @param ofPort the OpenFlow port; empty while the interface is not attached (no ofport yet, or -1 for an error)
 * @param ifaceId external_ids:iface-id, the id of the logical port behind it
 * @param externalIds all external_ids
 * @param mac mac_in_use
 * @param linkUp link_state; empty if unknown
 * @param mtu in bytes; empty if unknown
 * @param tag the VLAN of its port, 0 to 4095
 * @param bfdUp whether its BFD session (RFC 5880) is up; empty where it has none, or has not begun it yet
 * @param error what the switch says about why it is not attached
 */
public record OvsInterface(
        String bridge,
        String name,
        String type,
        Optional<OFPort> ofPort,
        Optional<String> ifaceId,
        Map<String, String> externalIds,
        Optional<MacAddress> mac,
        Optional<Boolean> linkUp,
        OptionalInt mtu,
        OptionalInt tag,
        Optional<Boolean> bfdUp,
        Optional<String> error) {
    /** Copies the map. */
    public OvsInterface {
        externalIds = Map.copyOf(externalIds);
    }
}
