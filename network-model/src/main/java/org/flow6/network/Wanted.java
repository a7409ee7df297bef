package org.flow6.network;

import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ports of a network somebody has to know, beside those of routers and those that name the own host.
 *
 * @param all every port, whatever else is said
 * @param networks all ports on these
 * @param groups all ports that state one of these
 * @param ports these, there or not
 */
public record Wanted(boolean all, Set<Id<Network>> networks, Set<Id<SecurityGroup>> groups, Set<Id<Port>> ports) {
    public static final Wanted NONE = new Wanted(false, Set.of(), Set.of(), Set.of());
    public static final Wanted ALL = new Wanted(true, Set.of(), Set.of(), Set.of());

    public Wanted {
        networks = Set.copyOf(networks);
        groups = Set.copyOf(groups);
        ports = Set.copyOf(ports);
    }

    /** Whether a port is one of them. */
    public boolean has(Id<Port> port, Id<Network> network, Collection<Id<SecurityGroup>> itsGroups) {
        return all
                || networks.contains(network)
                || ports.contains(port)
                || itsGroups.stream().anyMatch(groups::contains);
    }

    /** Whether nothing that another has is missing here. */
    public boolean covers(Wanted other) {
        return all
                || (!other.all
                        && networks.containsAll(other.networks)
                        && groups.containsAll(other.groups)
                        && ports.containsAll(other.ports));
    }

    /** What this or another has. */
    public Wanted with(Wanted other) {
        if (covers(other)) {
            return this;
        }
        return other.covers(this)
                ? other
                : new Wanted(
                        false,
                        Sets.union(networks, other.networks),
                        Sets.union(groups, other.groups),
                        Sets.union(ports, other.ports));
    }

    // By hand, as of ids: what Java makes of a record is made as it runs.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wanted wanted
                && wanted.all == all
                && wanted.networks.equals(networks)
                && wanted.groups.equals(groups)
                && wanted.ports.equals(ports);
    }

    @Override
    public int hashCode() {
        return networks.hashCode() + 31 * (groups.hashCode() + 31 * ports.hashCode());
    }
}
