package org.flow6.launcher.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.northbound.etcd.EtcdSettings;

/**
 * What one Flow6 process is to do, as its configuration file says it; {@link Setting} says what each part is for.
 *
 * @param ovsdb the database of the Open vSwitch whose interfaces name their ports
 * @param bridge the bridge to manage; of use with {@code ovsdb} alone
 * @param tunnel how hosts reach each other's ports
 * @param bridgeMappings the bridges that are attached to physical networks, by these; of use with {@code ovsdb} alone
 * @param api where HTTP is served
 * @param access who may ask there
 * @param apps for every known app whether it is enabled
 * @param punts what one port may send to the controller, by reason, where the file says it
 */
public record Configuration(
        String host,
        OpenFlow openflow,
        Optional<Endpoint> ovsdb,
        String bridge,
        Northbound northbound,
        Optional<TunnelPort> tunnel,
        SortedMap<String, String> bridgeMappings,
        Optional<ListenAddress> api,
        ApiAccess access,
        SortedMap<String, Boolean> apps,
        SortedMap<String, Limit> punts) {

    private static final Pattern UNSAFE_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._-]");

    public Configuration {
        bridgeMappings = new TreeMap<>(bridgeMappings);
        apps = new TreeMap<>(apps);
        punts = new TreeMap<>(punts);
    }

    /**
     * @param listen where switches connect
     * @param connect switches that Flow6 connects to
     */
    public record OpenFlow(Optional<ListenAddress> listen, List<Endpoint> connect, Optional<Tls> tls) {
        public OpenFlow {
            connect = List.copyOf(connect);
        }
    }

    /** PEM files, all absolute: our certificate and its key, and the certificates that sign those of switches. */
    public record Tls(Path certificate, Path key, Path ca) {}

    /** Where the network is kept. */
    public sealed interface Northbound {
        /** @param path the network file, absolute */
        record File(Path path) implements Northbound {}

        /** @param folder with a store that HTTP writes; absolute */
        record Embedded(Path folder) implements Northbound {}

        /**
         * @param settings of the store in etcd
         * @param folder for what this host keeps itself; absolute
         */
        record Etcd(EtcdSettings settings, Path folder) implements Northbound {}

        default Optional<EtcdSettings> etcd() {
            return this instanceof Etcd etcd ? Optional.of(etcd.settings()) : Optional.empty();
        }

        default Optional<Path> file() {
            return this instanceof File file ? Optional.of(file.path()) : Optional.empty();
        }

        default Optional<Path> embedded() {
            return this instanceof Embedded embedded ? Optional.of(embedded.folder()) : Optional.empty();
        }
    }

    /**
     * What comes to the controller from one port; where it is not given the app's own limit holds.
     *
     * @param rate packets a second, 1 to 1,000,000
     * @param burst packets at once, 1 to 1,000,000
     */
    public record Limit(OptionalInt rate, OptionalInt burst) {}

    /** A host's name as a file may have it. */
    static String fileName(String host) {
        return UNSAFE_IN_FILE_NAMES.matcher(host).replaceAll("_");
    }

    /** The file that keeps what apps remember on this host over a restart: beside the network file, or in the folder. */
    public Path state() {
        String name = fileName(host) + ".state";
        if (northbound instanceof Northbound.Embedded embedded) {
            return embedded.folder().resolve(name);
        } else if (northbound instanceof Northbound.Etcd etcd) {
            return etcd.folder().resolve(name);
        }
        Path network = ((Northbound.File) northbound).path();
        return network.resolveSibling(network.getFileName() + "." + name);
    }

    /** The settings that differ from another configuration and take effect at the next start only, in the file's order. */
    public List<Setting> waitingSince(Configuration before) {
        return Stream.of(Setting.values())
                .filter(setting -> !setting.isLive())
                .filter(setting -> !setting.valueIn(this).equals(setting.valueIn(before)))
                .toList();
    }
}
