package org.flow6.launcher.configuration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.launcher.configuration.Configuration.Limit;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.launcher.configuration.Configuration.OpenFlow;
import org.flow6.launcher.configuration.Configuration.Tls;
import org.flow6.northbound.etcd.EtcdSettings;

/** Everything that may stand in a configuration file. The file's reader and the page on it both follow this list. */
public enum Setting {
    HOST(
            "host",
            "NAME",
            "the machine's host name",
            "Name of this machine; ports whose `binding:host_id` is another one are not bound here.",
            Configuration::host),
    OPENFLOW_LISTEN(
            "openflow.listen",
            ListenAddress.FORM,
            "`127.0.0.1:6653`; none where `openflow.connect` has entries",
            "Where switches connect to Flow6. Port 0 takes a free one, which the log names.",
            configuration -> configuration.openflow().listen()),
    OPENFLOW_CONNECT(
            "openflow.connect",
            "list of " + Endpoint.FORM,
            "`[]`",
            "Switches that Flow6 connects to, such as `unix:/run/openvswitch/br-int.mgmt`: on the machine of the switch the"
                    + " better way, for after a restart it is connected at once, while Open vSwitch tries again only"
                    + " after up to 8 seconds.",
            configuration -> configuration.openflow().connect()),
    TLS_CERTIFICATE(
            "openflow.tls.certificate",
            "FILE",
            "none: no TLS",
            "Certificate shown to switches (PEM). With `openflow.tls`, its three files must be given, switches must show"
                    + " a certificate too, and `openflow.listen` takes TLS only.",
            configuration -> tls(configuration).map(Tls::certificate)),
    TLS_KEY(
            "openflow.tls.key",
            "FILE",
            "none",
            "Private key of the certificate (PEM, PKCS#8, not encrypted).",
            configuration -> tls(configuration).map(Tls::key)),
    TLS_CA(
            "openflow.tls.ca",
            "FILE",
            "none",
            "Certificates that sign those of switches (PEM).",
            configuration -> tls(configuration).map(Tls::ca)),
    OVSDB(
            "ovsdb",
            Endpoint.FORM,
            "none: ports bind by `binding:profile`",
            "Database of the Open vSwitch on this machine; then ports bind by `external_ids:iface-id` of its interfaces.",
            Configuration::ovsdb),
    BRIDGE(
            "bridge",
            "NAME",
            "`br-int`",
            "With `ovsdb`: the bridge that Flow6 manages. One that has no controller is told to connect to Flow6.",
            Configuration::bridge),
    NORTHBOUND_FILE(
            "northbound.file",
            "FILE",
            "none: `northbound.embedded`",
            "The network file. It is watched: a change is applied at once. Neutron's API ([page](api.md)) shows it, and does not"
                    + " write it. What apps remember over a restart is kept beside"
                    + " it, in `FILE.HOST.state`; where its folder cannot be written, only until Flow6 ends.",
            configuration -> configuration.northbound().file()),
    NORTHBOUND_EMBEDDED(
            "northbound.embedded",
            "FOLDER",
            "`network`, without `northbound.file` and `northbound.etcd`",
            "The network is kept in this folder, and changed by Neutron's API ([page](api.md)). The folder is made if need be,"
                    + " and of one Flow6 at a time. What apps remember over a restart is kept there too.",
            configuration -> configuration.northbound().embedded()),
    NORTHBOUND_ETCD(
            "northbound.etcd",
            "list of http://HOST:PORT or https://HOST:PORT",
            "none: `northbound.embedded`",
            "The network is kept in etcd (3.4 or newer), shared by many hosts ([page](etcd.md)); these are its nodes, the nearest"
                    + " first. Any of the hosts may serve Neutron's API.",
            configuration -> etcd(configuration).map(EtcdSettings::endpoints)),
    NORTHBOUND_PREFIX(
            "northbound.prefix",
            "/TEXT",
            "`/flow6`",
            "With `northbound.etcd`: what all keys begin with; the same on all hosts.",
            configuration -> etcd(configuration).map(EtcdSettings::prefix)),
    NORTHBOUND_FOLDER(
            "northbound.folder",
            "FOLDER",
            "`network`",
            "With `northbound.etcd`: where this host keeps the last known network, to start without etcd, and what its apps"
                    + " remember. The folder is made if need be.",
            configuration -> configuration.northbound() instanceof Northbound.Etcd etcd
                    ? Optional.of(etcd.folder())
                    : Optional.empty()),
    NORTHBOUND_TLS_CA(
            "northbound.tls.ca",
            "FILE",
            "those that Java trusts",
            "With https endpoints: certificates that sign those of etcd's nodes (PEM).",
            configuration -> etcdTls(configuration).flatMap(EtcdSettings.Tls::ca)),
    NORTHBOUND_TLS_CERTIFICATE(
            "northbound.tls.certificate",
            "FILE",
            "none",
            "Certificate shown to etcd (PEM), where it asks for one.",
            configuration ->
                    etcdTls(configuration).flatMap(EtcdSettings.Tls::own).map(EtcdSettings.Tls.Pair::certificate)),
    NORTHBOUND_TLS_KEY(
            "northbound.tls.key",
            "FILE",
            "none",
            "Private key of that certificate (PEM, PKCS#8, not encrypted).",
            configuration ->
                    etcdTls(configuration).flatMap(EtcdSettings.Tls::own).map(EtcdSettings.Tls.Pair::key)),
    NORTHBOUND_USER(
            "northbound.user",
            "NAME",
            "none",
            "Name of the user of etcd that Flow6 is; it needs to read and write all keys below the prefix.",
            configuration -> etcd(configuration).flatMap(EtcdSettings::user).map(EtcdSettings.User::name)),
    NORTHBOUND_PASSWORD_FILE(
            "northbound.password_file",
            "FILE",
            "none",
            "Its first line is that user's password. It is read at each connection, and shown nowhere.",
            configuration -> etcd(configuration).flatMap(EtcdSettings::user).map(EtcdSettings.User::passwordFile)),
    TUNNEL_TYPE(
            "tunnel.type",
            "vxlan or geneve",
            "none: no tunnels",
            "How packets to ports on other machines, those among `hosts` of the network file, are encapsulated. They pass by"
                    + " one port of the bridge, `flow6-vxlan` or `flow6-geneve`: with `ovsdb` Flow6 makes, mends and removes"
                    + " it (`external_ids:owner=flow6`), unless somebody else has made one of that name. Without `ovsdb`"
                    + " it is to be made by hand, with `options:remote_ip=flow options:key=flow options:local_ip=ADDRESS`.",
            configuration -> configuration.tunnel().map(TunnelPort::type)),
    TUNNEL_LOCAL_IP(
            "tunnel.local_ip",
            "ADDRESS",
            "none",
            "This machine's end of tunnels, IPv6 or IPv4; needed with `tunnel.type`.",
            configuration -> configuration.tunnel().map(TunnelPort::localIp)),
    TUNNEL_PORT(
            "tunnel.port",
            "1 to 65535",
            "4789 for vxlan, 6081 for geneve",
            "The UDP port of tunnels, the same on all machines.",
            configuration -> configuration.tunnel().map(TunnelPort::udpPort)),
    BRIDGE_MAPPINGS(
            "bridge_mappings.PHYSICAL_NETWORK",
            "BRIDGE",
            "none",
            "The bridge of this machine that is attached to a physical network, by which networks with that"
                    + " `provider:physical_network` reach the rest of it ([page](provider-networks.md)): each by a pair of"
                    + " patch ports that Flow6 makes, mends and removes (`external_ids:owner=flow6`). The bridge itself is"
                    + " the operator's. Needs `ovsdb`; no two are the same bridge, and none is `bridge`.",
            Configuration::bridgeMappings),
    TUNNEL_MTU(
            "tunnel.mtu",
            "octets, 1280 and what is around a packet to 65535",
            "that of the device with `tunnel.local_ip`, or else 1500",
            "The largest IP packet that gets through between machines, with what tunnels put around those of networks. Larger"
                    + " ones that are routed are answered with what fits.",
            configuration -> configuration.tunnel().map(TunnelPort::mtu)),
    API_LISTEN(
            "api.listen",
            ListenAddress.FORM,
            "none: no HTTP",
            "Where status, metrics, app switches and Neutron's API are served over HTTP ([page](api-security.md)). An address"
                    + " that other machines reach needs `api.tls`, and `api.tokens` or `api.keystone`. Port 0 takes a free"
                    + " one, which the log names.",
            Configuration::api),
    API_TLS_CERTIFICATE(
            "api.tls.certificate",
            "FILE",
            "none: no TLS",
            "Certificate shown to clients, with those that sign it (PEM). A change of the file is taken over at once.",
            configuration -> access(configuration).tls().map(ApiAccess.ServerTls::certificate)),
    API_TLS_KEY(
            "api.tls.key",
            "FILE",
            "none",
            "Private key of the certificate (PEM, PKCS#8, not encrypted).",
            configuration -> access(configuration).tls().map(ApiAccess.ServerTls::key)),
    API_TOKENS(
            "api.tokens",
            "FILE",
            "none: nobody has to say who they are",
            "Who may ask, and as what; `bin/flow6 token` adds to it. A change of the file is taken over at once.",
            configuration -> access(configuration).tokens()),
    API_KEYSTONE_URL(
            "api.keystone.url",
            "URL",
            "none",
            "Keystone's API, version 3, such as `https://keystone:5000/v3`, which is asked about tokens: in place of"
                    + " `api.tokens`. Without TLS only on this machine.",
            configuration -> keystone(configuration, ApiAccess.Keystone::url)),
    API_KEYSTONE_USER(
            "api.keystone.user",
            "NAME",
            "none",
            "As whom Flow6 asks Keystone; needs a role with which tokens may be looked at.",
            configuration -> keystone(configuration, ApiAccess.Keystone::user)),
    API_KEYSTONE_PASSWORD(
            "api.keystone.password",
            "FILE",
            "none",
            "The file with that user's password, and nothing else.",
            configuration -> keystone(configuration, ApiAccess.Keystone::password)),
    API_KEYSTONE_PROJECT(
            "api.keystone.project",
            "NAME",
            "`service`",
            "That user's project.",
            configuration -> keystone(configuration, ApiAccess.Keystone::project)),
    API_KEYSTONE_DOMAIN(
            "api.keystone.domain",
            "NAME",
            "`Default`",
            "The domain of both.",
            configuration -> keystone(configuration, ApiAccess.Keystone::domain)),
    API_KEYSTONE_CA(
            "api.keystone.ca",
            "FILE",
            "those that Java trusts",
            "Certificates that sign Keystone's (PEM).",
            configuration -> keystone(configuration, ApiAccess.Keystone::ca)),
    API_RATE(
            "api.rate",
            "1 to 1000000",
            "500 where clients have to say who they are, else no limit",
            "Requests that a client, an address or an IPv6 /64, may make a second; twice as many at once.",
            configuration -> access(configuration).rate()),
    APP_ENABLED(
            "apps.NAME.enabled",
            "true or false",
            "`true`",
            "Whether an app is at work. Without it none of its flows are in the switches.",
            Configuration::apps),
    PUNT_RATE(
            "punts.REASON.rate",
            "1 to 1000000",
            "what its app says",
            "Packets that each port may send to the controller for a reason, a second; all others are dropped. `punts` in"
                    + " `/status` names the reasons.",
            configuration -> limits(configuration, Limit::rate)),
    PUNT_BURST(
            "punts.REASON.burst",
            "1 to 1000000",
            "what its app says",
            "Packets that a port may send for that reason at once.",
            configuration -> limits(configuration, Limit::burst));

    private static final List<Setting> ALL = List.of(values());

    @SuppressWarnings("ImmutableEnumChecker") // of a list made by List.of
    private final SettingPath path;

    private final String form;
    private final String fallback;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final Function<Configuration, Object> value;

    Setting(String path, String form, String fallback, String meaning, Function<Configuration, Object> value) {
        this.path = SettingPath.of(path);
        this.form = form;
        this.fallback = fallback;
        this.meaning = meaning;
        this.value = value;
    }

    /** The keys that lead to it, joined by dots. */
    public String path() {
        return path.toString();
    }

    /** The same with a name in its placeholder's place; a path without a placeholder stays as it is. */
    String path(String name) {
        return path.with(name);
    }

    /** The one of these keys that stands for a name; empty if this setting has none. */
    String name(List<String> keys) {
        return path.name(keys);
    }

    /** How a value is written. */
    String form() {
        return form;
    }

    /** What holds where nothing is said, for people. */
    String fallback() {
        return fallback;
    }

    String meaning() {
        return meaning;
    }

    /** Whether a change takes effect without a new start. */
    public boolean isLive() {
        return this == APP_ENABLED
                || this == BRIDGE_MAPPINGS
                || path.keys().get(0).equals("tunnel");
    }

    Object valueIn(Configuration configuration) {
        return value.apply(configuration);
    }

    /** The setting that the given keys lead to. */
    static Optional<Setting> at(List<String> keys) {
        for (Setting setting : ALL) {
            if (setting.path.is(keys)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The keys that may follow the given ones, each once; none if there is no such section. */
    static List<String> keysAfter(List<String> section) {
        Set<String> after = new LinkedHashSet<>();
        for (Setting setting : ALL) {
            setting.path.after(section).ifPresent(after::add);
        }
        return List.copyOf(after);
    }

    private static Map<String, OptionalInt> limits(Configuration configuration, Function<Limit, OptionalInt> part) {
        Map<String, OptionalInt> limits = new TreeMap<>();
        configuration.punts().forEach((reason, limit) -> limits.put(reason, part.apply(limit)));
        limits.values().removeIf(OptionalInt::isEmpty);
        return limits;
    }

    private static ApiAccess access(Configuration configuration) {
        return configuration.access();
    }

    private static Optional<Object> keystone(Configuration configuration, Function<ApiAccess.Keystone, Object> part) {
        return access(configuration).keystone().map(part);
    }

    private static Optional<EtcdSettings> etcd(Configuration configuration) {
        return configuration.northbound().etcd();
    }

    private static Optional<EtcdSettings.Tls> etcdTls(Configuration configuration) {
        return etcd(configuration).flatMap(EtcdSettings::tls);
    }

    private static Optional<Tls> tls(Configuration configuration) {
        OpenFlow openflow = configuration.openflow();
        return openflow.tls();
    }
}
