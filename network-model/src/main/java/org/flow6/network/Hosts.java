package org.flow6.network;

import java.util.Optional;

/**
 * What a snapshot knows of hosts beside their resources.
 *
 * @param own the host of this switch; empty: not told
 * @param tunnel the end of this switch of tunnels to the others; empty: none
 */
record Hosts(Optional<Id<Host>> own, Optional<Tunnel> tunnel) {
    static final Hosts NONE = new Hosts(Optional.empty(), Optional.empty());
}
