package org.flow6.launcher.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.northbound.api.UniqueNames;
import org.flow6.northbound.etcd.EtcdSettings;

/** What a configuration says of a store in etcd. */
final class EtcdSection {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._-]+)+");

    private final Settings settings;
    private final Function<String, Path> readable;

    /** @param readable a file that can be read, by its name */
    EtcdSection(Settings settings, Function<String, Path> readable) {
        this.settings = settings;
        this.readable = readable;
    }

    /** @param folder where this host keeps its own; empty if there is to be no etcd */
    Optional<Northbound> read(String host, Path folder) {
        for (Setting setting : List.of(
                Setting.NORTHBOUND_PREFIX,
                Setting.NORTHBOUND_FOLDER,
                Setting.NORTHBOUND_TLS_CA,
                Setting.NORTHBOUND_TLS_CERTIFICATE,
                Setting.NORTHBOUND_USER)) {
            settings.requireBeside(setting, Setting.NORTHBOUND_ETCD);
        }
        settings.requireTogether(Setting.NORTHBOUND_TLS_CERTIFICATE, Setting.NORTHBOUND_TLS_KEY);
        settings.requireTogether(Setting.NORTHBOUND_USER, Setting.NORTHBOUND_PASSWORD_FILE);
        String prefix =
                settings.value(Setting.NORTHBOUND_PREFIX, EtcdSection::prefix).orElse("/flow6");
        Optional<EtcdSettings.Tls> tls = tls();
        Optional<EtcdSettings.User> user = user();
        List<URI> endpoints = settings.values(Setting.NORTHBOUND_ETCD, EtcdSection::endpoint);
        if (endpoints.isEmpty()) {
            return Optional.empty();
        }
        Path snapshot = folder.resolve(Configuration.fileName(host) + ".snapshot");
        return Optional.of(new Northbound.Etcd(
                new EtcdSettings(
                        endpoints, prefix, tls, user, host, Optional.empty(), Optional.of(snapshot), UniqueNames::of),
                folder));
    }

    private Optional<EtcdSettings.Tls> tls() {
        Optional<Path> ca = settings.value(Setting.NORTHBOUND_TLS_CA, readable);
        Optional<Path> certificate = settings.value(Setting.NORTHBOUND_TLS_CERTIFICATE, readable);
        Optional<Path> key = settings.value(Setting.NORTHBOUND_TLS_KEY, readable);
        return Optional.of(new EtcdSettings.Tls(
                ca, certificate.flatMap(first -> key.map(second -> new EtcdSettings.Tls.Pair(first, second)))));
    }

    private Optional<EtcdSettings.User> user() {
        Optional<String> name = settings.value(Setting.NORTHBOUND_USER, Function.identity());
        Optional<Path> password = settings.value(Setting.NORTHBOUND_PASSWORD_FILE, readable);
        return name.flatMap(first -> password.map(second -> new EtcdSettings.User(first, second)));
    }

    private static String prefix(String text) {
        if (!PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not /TEXT (of letters, digits, '.', '_', '-' and '/', none at its end)");
        }
        return text;
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text);
            boolean plain = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getUserInfo() == null;
            if (plain && uri.getHost() != null && uri.getPort() > 0 && SCHEMES.contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(form(text), e);
        }
        throw new IllegalArgumentException(form(text));
    }

    private static String form(String text) {
        return "'" + text + "' is not http://HOST:PORT or https://HOST:PORT";
    }
}
