package org.flow6.flow;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.flow6.network.AddressView;
import org.flow6.network.GroupView;
import org.flow6.network.Host;
import org.flow6.network.HostView;
import org.flow6.network.Id;
import org.flow6.network.MacView;
import org.flow6.network.MulticastGroupView;
import org.flow6.network.MulticastView;
import org.flow6.network.NeighborView;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.NetworkMac;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.NetworkUpdate;
import org.flow6.network.NetworkView;
import org.flow6.network.Port;
import org.flow6.network.PortView;
import org.flow6.network.RemoteView;
import org.flow6.network.Router;
import org.flow6.network.RouterView;
import org.flow6.network.SecurityGroup;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.Tunnel;

/**
 * The part of a snapshot that a derivation looks at, so that an update runs it again only where something changed.
 *
 * @param <K> what identifies a part
 * @param <V> what a derivation sees of a part
 */
public final class Scope<K, V> {

    /** Nothing of the network: flows that are always there. */
    public static final Scope<Boolean, Boolean> ALWAYS =
            new Scope<>("always", update -> Set.of(true), (snapshot, key) -> Optional.of(true));

    public static final Scope<Id<Port>, PortView> PORT =
            new Scope<>("port", NetworkUpdate::ports, NetworkSnapshot::port);

    public static final Scope<Id<Network>, NetworkView> NETWORK =
            new Scope<>("network", NetworkUpdate::networks, NetworkSnapshot::network);

    public static final Scope<NetworkAddress, AddressView> ADDRESS =
            new Scope<>("address", NetworkUpdate::addresses, NetworkSnapshot::address);

    public static final Scope<NetworkMac, MacView> MAC = new Scope<>("mac", NetworkUpdate::macs, NetworkSnapshot::mac);

    /** Of the other hosts that tunnels lead to. */
    public static final Scope<Id<Host>, HostView> HOST =
            new Scope<>("host", NetworkUpdate::hosts, NetworkSnapshot::host);

    /** The end of tunnels on this switch, if it has one. */
    public static final Scope<Tunnel, Tunnel> TUNNEL =
            new Scope<>("tunnel", NetworkUpdate::tunnels, (snapshot, tunnel) -> snapshot.tunnel()
                    .filter(tunnel::equals));
    /** Of those that routers learned. */
    public static final Scope<NetworkAddress, NeighborView> NEIGHBOR =
            new Scope<>("neighbor", NetworkUpdate::neighbors, NetworkSnapshot::neighbor);

    /** Of multicast groups that somebody listens to. */
    public static final Scope<NetworkAddress, MulticastGroupView> MULTICAST_GROUP =
            new Scope<>("multicast group", NetworkUpdate::listeners, NetworkSnapshot::multicastGroup);

    /** Of networks, by who gets every multicast packet. */
    public static final Scope<Id<Network>, MulticastView> MULTICAST =
            new Scope<>("multicast", NetworkUpdate::receivers, NetworkSnapshot::multicastReceivers);

    /** Of those that are up. */
    public static final Scope<Id<Router>, RouterView> ROUTER =
            new Scope<>("router", NetworkUpdate::routers, NetworkSnapshot::router);

    public static final Scope<Id<SecurityGroup>, GroupView> GROUP =
            new Scope<>("group", NetworkUpdate::groups, NetworkSnapshot::group);

    /** Of those about which a security group with a port that is bound here has a rule; never any. */
    public static final Scope<SecurityGroupRule.Remote, RemoteView> REMOTE =
            new Scope<>("remote", NetworkUpdate::remotes, NetworkSnapshot::remote);

    private final String name;
    private final Function<NetworkUpdate, Set<K>> touched;
    private final BiFunction<NetworkSnapshot, K, Optional<V>> view;

    private Scope(
            String name, Function<NetworkUpdate, Set<K>> touched, BiFunction<NetworkSnapshot, K, Optional<V>> view) {
        this.name = name;
        this.touched = touched;
        this.view = view;
    }

    Set<K> touched(NetworkUpdate update) {
        return touched.apply(update);
    }

    Optional<V> view(NetworkSnapshot snapshot, K key) {
        return view.apply(snapshot, key);
    }

    @Override
    public String toString() {
        return name;
    }
}
