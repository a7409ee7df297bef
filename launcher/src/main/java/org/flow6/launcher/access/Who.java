package org.flow6.launcher.access;

import org.flow6.northbound.api.Caller;
import org.flow6.northbound.api.Caller.Role;

/**
 * Who asks.
 *
 * @param name for the log
 * @param caller what they may do
 */
public record Who(String name, Caller caller) {
    /** Where nobody has to say who they are. */
    public static final Who ANYBODY = new Who("-", Caller.ANYBODY);

    /** Who has not said it, where they have to. */
    public static final Who NOBODY = new Who("-", new Caller("", Role.READER));

    /** Whether this is an administrator. */
    public boolean isAdmin() {
        return caller.role() == Role.ADMIN;
    }
}
