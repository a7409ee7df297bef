package org.flow6.northbound.api;

/**
 * Who asks.
 *
 * @param project whose resources are the caller's; empty where nobody has to say who they are
 */
public record Caller(String project, Role role) {
    /** Neutron's roles, each of which may do what those before it may. */
    public enum Role {
        READER,
        MEMBER,
        ADMIN
    }

    /** Where nobody has to say who they are. */
    public static final Caller ANYBODY = new Caller("", Role.ADMIN);

    boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /** Whether resources of a project are the caller's to see and change. */
    boolean owns(String owner) {
        return isAdmin() || project.equals(owner);
    }
}
