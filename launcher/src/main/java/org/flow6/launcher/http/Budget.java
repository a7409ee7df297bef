package org.flow6.launcher.http;

/** Octets that what all clients have under way may take up together. Used on one event loop only. */
final class Budget {
    private final long most;
    private long taken;

    Budget(long most) {
        this.most = most;
    }

    /** Takes some, if so many are left; what is larger than all has all for itself. */
    boolean take(long octets) {
        if (taken > 0 && taken + octets > most) {
            return false;
        }
        taken += octets;
        return true;
    }

    void give(long octets) {
        taken -= octets;
    }
}
