package org.flow6.launcher.configuration;

import java.util.Set;

/**
 * The names that a configuration file may use for what there is.
 *
 * @param reasons names of the reasons for which apps send packets to the controller
 */
public record Known(Set<String> apps, Set<String> reasons) {
    public Known {
        apps = Set.copyOf(apps);
        reasons = Set.copyOf(reasons);
    }
}
