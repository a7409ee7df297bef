package org.flow6.northbound.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.flow6.northbound.ObjectKey;

/**
 * What a store in etcd needs to know.
 *
 * @param endpoints of its nodes, http or https, which are taken in this order
 * @param prefix what all keys begin with
 * @param host the name of this host, unlike all others'
 * @param self this host as an object of the network file's list; empty: it is not among them
 * @param snapshot the file that keeps what was read last; empty: nothing does
 * @param names what no two objects may have, of an object's key and text; the same in every Flow6
 */
public record EtcdSettings(
        List<URI> endpoints,
        String prefix,
        Optional<Tls> tls,
        Optional<User> user,
        String host,
        Optional<String> self,
        Optional<Path> snapshot,
        BiFunction<ObjectKey, String, Set<String>> names) {
    public EtcdSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoint");
        }
    }

    /** The same for a host that is among those of the network. */
    public EtcdSettings as(String object) {
        return new EtcdSettings(endpoints, prefix, tls, user, host, Optional.of(object), snapshot, names);
    }

    /** The same for a command that runs beside the Flow6 of this host, and is none of the network's hosts. */
    public EtcdSettings forCommand() {
        return new EtcdSettings(
                endpoints, prefix, tls, user, host + ".command", Optional.empty(), Optional.empty(), names);
    }

    /**
     * PEM files.
     *
     * @param ca that sign nodes' certificates; empty: those that Java trusts
     * @param own our certificate and its key, for nodes that ask for one
     */
    public record Tls(Optional<Path> ca, Optional<Pair> own) {
        public record Pair(Path certificate, Path key) {}
    }

    /** @param passwordFile read whenever a connection is made; its first line is the password */
    public record User(String name, Path passwordFile) {}
}
