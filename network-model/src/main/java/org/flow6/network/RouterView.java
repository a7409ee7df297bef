package org.flow6.network;

import java.util.List;
import java.util.Set;

/**
 * A router that is up with all that its routes depend on.
 *
 * @param interfaces its ports that are up on networks that are up, bound here or not; ordered by key
 * @param unreachable next hops on these networks by which, as this switch found out, nothing gets through
 */
public record RouterView(
        Router router, RouterKey key, List<RouterInterface> interfaces, Set<NetworkAddress> unreachable) {
    public RouterView {
        interfaces = List.copyOf(interfaces);
        unreachable = Set.copyOf(unreachable);
    }
}
