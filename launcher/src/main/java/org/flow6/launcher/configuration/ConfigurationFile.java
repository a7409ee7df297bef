package org.flow6.launcher.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.endpoint.HostPort;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.launcher.configuration.Configuration.Limit;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.launcher.configuration.Configuration.OpenFlow;
import org.flow6.launcher.configuration.Configuration.Tls;
import org.flow6.launcher.configuration.Settings.Problem;
import org.flow6.network.Tunnel;
import org.flow6.network.text.Format;
import org.flow6.network.text.Node;
import org.flow6.network.text.SyntaxError;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;

/**
 * A configuration file.
 *
 * @param path where it is
 * @param name what the user calls it, for messages
 */
public record ConfigurationFile(Path path, String name, Known known) {
    /** RFC 8200 §5. */
    private static final int LEAST_MTU = 1280;

    /** More than any sensible file has; what is longer is not read. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Node NOTHING = new Node.Mapping(1, List.of());

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    public ConfigurationFile {
        path = path.toAbsolutePath().normalize();
    }

    /** Reads the file. */
    public Configuration read() throws RefusedConfiguration {
        return parse(content());
    }

    /** What is in the file now. */
    public byte[] content() throws RefusedConfiguration {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new RefusedConfiguration(List.of(name + ": more than " + MAX_BYTES + " bytes"));
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new RefusedConfiguration(List.of(name + ": " + unreadable(e)));
        }
    }

    /** Reads a text as if it stood in the file. */
    public Configuration parse(byte[] text) throws RefusedConfiguration {
        Settings settings;
        try {
            Node root = Format.YAML.read(text, 0, text.length);
            settings = new Settings(root == null ? NOTHING : root, known);
        } catch (SyntaxError e) {
            throw new RefusedConfiguration(List.of(name + ":" + e.line() + ": " + e.reason()));
        }
        Configuration configuration = configuration(settings);
        List<String> problems = settings.problems().stream().map(this::describe).toList();
        if (!problems.isEmpty()) {
            throw new RefusedConfiguration(problems);
        }
        return configuration;
    }

    private String describe(Problem problem) {
        String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
        return name + ":" + problem.line() + ": " + where + problem.message();
    }

    // What is wrong is in the settings' problems, and anything may stand in its place here.
    private Configuration configuration(Settings settings) {
        Optional<ListenAddress> api = settings.value(Setting.API_LISTEN, ListenAddress::parse);
        String bridge = settings.value(Setting.BRIDGE, word(Setting.BRIDGE)).orElse("br-int");
        String host = settings.value(Setting.HOST, word(Setting.HOST)).orElseGet(ConfigurationFile::hostName);
        return new Configuration(
                host,
                openflow(settings),
                settings.value(Setting.OVSDB, text -> Endpoint.parse(text, folder())),
                bridge,
                northbound(settings, host),
                tunnel(settings),
                bridgeMappings(settings, bridge),
                api,
                new ApiSettings(settings, this::readable).access(api),
                apps(settings),
                punts(settings));
    }

    private Northbound northbound(Settings settings, String host) {
        settings.requireOneOf(Setting.NORTHBOUND_FILE, Setting.NORTHBOUND_EMBEDDED, Setting.NORTHBOUND_ETCD);
        Optional<Path> file = settings.value(Setting.NORTHBOUND_FILE, this::readable);
        Optional<Path> embedded = settings.value(Setting.NORTHBOUND_EMBEDDED, this::own);
        Optional<Northbound> etcd = new EtcdSection(settings, this::readable)
                .read(host, settings.value(Setting.NORTHBOUND_FOLDER, this::own).orElseGet(this::network));
        return etcd.or(() -> file.map(Northbound.File::new))
                .orElseGet(() -> new Northbound.Embedded(embedded.orElseGet(this::network)));
    }

    private Path network() {
        return folder().resolve("network");
    }

    /** A folder that may still have to be made. */
    private Path own(String text) {
        try {
            Path folder = folder().resolve(text);
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException("'" + text + "' is a file, not a FOLDER");
            }
            return folder;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a FOLDER", e);
        }
    }

    private SortedMap<String, Boolean> apps(Settings settings) {
        SortedMap<String, Boolean> enabled = new TreeMap<>();
        known.apps().forEach(app -> enabled.put(app, true));
        enabled.putAll(settings.flags(Setting.APP_ENABLED));
        return enabled;
    }

    private static SortedMap<String, Limit> punts(Settings settings) {
        SortedMap<String, Integer> rates = settings.counts(Setting.PUNT_RATE);
        SortedMap<String, Integer> bursts = settings.counts(Setting.PUNT_BURST);
        SortedMap<String, Limit> limits = new TreeMap<>();
        Stream.of(rates, bursts)
                .flatMap(some -> some.keySet().stream())
                .forEach(reason -> limits.put(reason, new Limit(given(rates.get(reason)), given(bursts.get(reason)))));
        return limits;
    }

    private static OptionalInt given(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private OpenFlow openflow(Settings settings) {
        List<Endpoint> connect = settings.values(Setting.OPENFLOW_CONNECT, text -> Endpoint.parse(text, folder()));
        Optional<ListenAddress> listen = settings.value(Setting.OPENFLOW_LISTEN, ListenAddress::parse);
        if (listen.isEmpty() && connect.isEmpty()) {
            listen = Optional.of(ListenAddress.parse("127.0.0.1:6653"));
        }
        settings.requireTogether(Setting.TLS_CERTIFICATE, Setting.TLS_KEY, Setting.TLS_CA);
        Optional<Path> certificate = settings.value(Setting.TLS_CERTIFICATE, this::readable);
        Optional<Path> key = settings.value(Setting.TLS_KEY, this::readable);
        Optional<Path> ca = settings.value(Setting.TLS_CA, this::readable);
        return new OpenFlow(
                listen,
                connect,
                certificate.flatMap(first -> key.flatMap(second -> ca.map(third -> new Tls(first, second, third)))));
    }

    private static Optional<TunnelPort> tunnel(Settings settings) {
        settings.requireTogether(Setting.TUNNEL_TYPE, Setting.TUNNEL_LOCAL_IP);
        settings.requireBeside(Setting.TUNNEL_PORT, Setting.TUNNEL_TYPE);
        settings.requireBeside(Setting.TUNNEL_MTU, Setting.TUNNEL_TYPE);
        Optional<Tunnel.Type> type = settings.value(Setting.TUNNEL_TYPE, ConfigurationFile::tunnelType);
        Optional<IPAddress<?>> address = settings.value(Setting.TUNNEL_LOCAL_IP, ConfigurationFile::unicast);
        Optional<Integer> given = settings.value(Setting.TUNNEL_PORT, ConfigurationFile::udpPort);
        OptionalInt port = given.isPresent() ? OptionalInt.of(given.get()) : OptionalInt.empty();
        return type.flatMap(known -> address.map(local -> new TunnelPort(
                known, local, port, tunnelMtu(settings, TunnelPort.around(known, local)), Optional.empty())));
    }

    private static OptionalInt tunnelMtu(Settings settings, int around) {
        Optional<Integer> given = settings.value(Setting.TUNNEL_MTU, text -> {
            if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 0xffff) {
                throw new IllegalArgumentException("'" + text + "' is not " + Setting.TUNNEL_MTU.form());
            }
            int mtu = Integer.parseInt(text);
            if (mtu - around < LEAST_MTU) {
                throw new IllegalArgumentException(mtu + " leaves " + Math.max(0, mtu - around)
                        + " octets for packets of networks, and IPv6 needs " + LEAST_MTU + " (RFC 8200 §5): give "
                        + (LEAST_MTU + around) + " at least");
            }
            return mtu;
        });
        return given.isPresent() ? OptionalInt.of(given.get()) : OptionalInt.empty();
    }

    private static SortedMap<String, String> bridgeMappings(Settings settings, String managed) {
        settings.requireBeside(Setting.BRIDGE_MAPPINGS, Setting.OVSDB);
        Map<String, String> physicalNetworks = new HashMap<>();
        SortedMap<String, String> mappings = new TreeMap<>();
        settings.texts(Setting.BRIDGE_MAPPINGS, word(Setting.BRIDGE_MAPPINGS)).forEach((name, given) -> {
            String where = Setting.BRIDGE_MAPPINGS.path(name);
            String other = physicalNetworks.putIfAbsent(given.value(), name);
            if (given.value().equals(managed)) {
                settings.report(given.line(), where, managed + " is the bridge that Flow6 manages");
            } else if (other != null) {
                settings.report(given.line(), where, given.value() + " is also the bridge of " + other);
            }
            mappings.put(name, given.value());
        });
        return mappings;
    }

    private static Tunnel.Type tunnelType(String text) {
        return Stream.of(Tunnel.Type.values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not vxlan or geneve"));
    }

    private static int udpPort(String text) {
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 0xffff) {
            throw new IllegalArgumentException("'" + text + "' is not a port, " + Setting.TUNNEL_PORT.form());
        }
        return Integer.parseInt(text);
    }

    private static IPAddress<?> unicast(String text) {
        IPAddress<?> address = HostPort.address(text);
        if (address == null || address.isUnspecified() || address.isBroadcast() || isMulticast(address)) {
            throw new IllegalArgumentException("'" + text + "' is not the unicast ADDRESS of a host");
        }
        return address;
    }

    private static boolean isMulticast(IPAddress<?> address) {
        int first = address.getBytes()[0] & 0xff;
        return address.getBytes().length == 16 ? first == 0xff : first >>> 4 == 0xe;
    }

    static Function<String, String> word(Setting setting) {
        return text -> {
            if (text.isBlank() || !text.strip().equals(text)) {
                throw new IllegalArgumentException("'" + text + "' is not a " + setting.form());
            }
            return text;
        };
    }

    private Path readable(String text) {
        try {
            Path file = folder().resolve(text);
            if (Files.isDirectory(file)) {
                throw new IllegalArgumentException("cannot read " + file + ": it is a folder");
            }
            Files.newByteChannel(file).close();
            return file;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a FILE", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + folder().resolve(text) + ": " + reason(e), e);
        }
    }

    private Path folder() {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static String unreadable(IOException e) {
        return "cannot read it: " + reason(e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    /** The kernel's name of this machine, which needs no look-up of addresses. */
    private static String hostName() {
        try {
            return Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip();
        } catch (IOException notLinux) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }
}
