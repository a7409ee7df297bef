package org.flow6.network;

import java.util.Optional;

/** Where the ports of a network are, of which models have those alone that somebody wants. For all threads; nothing waits. */
public interface PortSource {
    /** Has models know these from some time later on, in place of those that were wanted before. */
    void want(Wanted ports);

    /** Whether the network has a port, also where models leave it out. */
    boolean exists(Id<Port> port);

    /** The host that a port names which models leave out; empty where it names none, or there is no such port. */
    Optional<String> hostOf(Id<Port> port);
}
