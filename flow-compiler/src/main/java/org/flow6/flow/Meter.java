package org.flow6.flow;

import org.flow6.network.HostKey;
import org.projectfloodlight.openflow.types.OFPort;

/** What limits packets of one origin that go to the controller for one reason. */
public sealed interface Meter {

    PuntReason reason();

    /** Of what comes in by a port of this switch. */
    record OfPort(OFPort port, PuntReason reason) implements Meter {}

    /** Of what comes by a tunnel from another host. */
    record OfHost(HostKey host, PuntReason reason) implements Meter {}
}
