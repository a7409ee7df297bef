package org.flow6.core;

import java.util.HashSet;
import java.util.Set;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.NetworkView;
import org.flow6.network.Tunnel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of which networks packets may be too big for tunnels to other hosts. Routers answer such packets; on the network itself
 * there is nobody to answer (RFC 8200 §5).
 */
final class NarrowTunnels {
    private static final Logger LOG = LoggerFactory.getLogger(NarrowTunnels.class);

    private final ErrorLog errors;
    private final Set<Id<Network>> told = new HashSet<>();

    NarrowTunnels(ErrorLog errors) {
        this.errors = errors;
    }

    void look(NetworkUpdate update) {
        int carried = update.after().tunnel().map(Tunnel::mtu).orElse(Integer.MAX_VALUE);
        for (Id<Network> id : update.networks()) {
            boolean narrow = update.after()
                    .network(id)
                    .filter(view -> isNarrow(view, carried))
                    .isPresent();
            if (!narrow) {
                told.remove(id);
            } else if (told.add(id)) {
                String problem = "network " + id + ": its mtu is more than the " + carried
                        + " octets that tunnels to other hosts carry: packets between its ports that are larger are lost";
                LOG.warn("{}", problem);
                errors.add(problem);
            }
        }
    }

    private static boolean isNarrow(NetworkView view, int carried) {
        return view.network().mtu() > carried && !view.remoteHosts().isEmpty();
    }
}
