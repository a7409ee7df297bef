package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** To come. */
final class FixedIps {
    private FixedIps() {}

    static void addAutomatic(ObjectNode port, Draft draft) throws NeutronError {}

    static void removeOf(ObjectNode subnet, ObjectNode port, Draft draft) throws NeutronError {}
}
