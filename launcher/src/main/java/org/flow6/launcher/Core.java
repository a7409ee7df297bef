package org.flow6.launcher;

import org.flow6.launcher.configuration.Configuration;
import org.flow6.launcher.configuration.Known;

/** The controller that configuration is made for. */
public interface Core {

    /** The names of all that there is. */
    Known known();

    /**
     * Starts to serve switches. Returns as soon as everything is under way that can be: nothing else of Flow6 starts before.
     *
     * @throws StartFailure saying what keeps it from starting
     */
    Controls start(Configuration configuration) throws StartFailure;
}
