package org.flow6.network;

import java.util.List;

/**
 * A router that is up with all that its routes depend on.
 *
 * @param interfaces its ports that are up on networks that are up, bound here or not; ordered by key
 */
public record RouterView(Router router, RouterKey key, List<RouterInterface> interfaces) {
    public RouterView {
        interfaces = List.copyOf(interfaces);
    }
}
