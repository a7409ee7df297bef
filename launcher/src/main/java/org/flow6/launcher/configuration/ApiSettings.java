package org.flow6.launcher.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flow6.core.endpoint.HostPort;

/**
 * Reads who may ask over HTTP.
 *
 * @param file of a path that is to be read
 */
record ApiSettings(Settings settings, Function<String, Path> file) {
    /** For clients that other machines may be. */
    private static final int RATE = 500;

    /** @param listen where HTTP is served */
    ApiAccess access(Optional<ListenAddress> listen) {
        Stream.of(
                        Setting.API_TLS_CERTIFICATE,
                        Setting.API_TLS_KEY,
                        Setting.API_TOKENS,
                        Setting.API_KEYSTONE_URL,
                        Setting.API_RATE)
                .forEach(setting -> settings.requireBeside(setting, Setting.API_LISTEN));
        settings.requireTogether(Setting.API_TLS_CERTIFICATE, Setting.API_TLS_KEY);
        settings.requireOneOf(Setting.API_TOKENS, Setting.API_KEYSTONE_URL);
        if (listen.isPresent() && !listen.get().isLoopback()) {
            String why = "'" + listen.get() + "' can be reached from other machines";
            settings.requireAny(Setting.API_LISTEN, why, Setting.API_TLS_CERTIFICATE, Setting.API_TLS_KEY);
            settings.requireAny(Setting.API_LISTEN, why, Setting.API_TOKENS, Setting.API_KEYSTONE_URL);
        }
        Optional<Path> certificate = settings.value(Setting.API_TLS_CERTIFICATE, file);
        Optional<Path> key = settings.value(Setting.API_TLS_KEY, file);
        Optional<Path> tokens = settings.value(Setting.API_TOKENS, file);
        Optional<ApiAccess.Keystone> keystone = keystone();
        return new ApiAccess(
                certificate.flatMap(first -> key.map(second -> new ApiAccess.ServerTls(first, second))),
                tokens,
                keystone,
                rate(tokens.isPresent() || keystone.isPresent()));
    }

    private OptionalInt rate(boolean guarded) {
        Optional<Integer> given = settings.value(Setting.API_RATE, text -> {
            if (!text.matches("[1-9][0-9]{0,5}|1000000")) {
                throw new IllegalArgumentException("'" + text + "' is not " + Setting.API_RATE.form());
            }
            return Integer.valueOf(text);
        });
        if (given.isPresent()) {
            return OptionalInt.of(given.get());
        }
        return guarded ? OptionalInt.of(RATE) : OptionalInt.empty();
    }

    private Optional<ApiAccess.Keystone> keystone() {
        settings.requireTogether(Setting.API_KEYSTONE_URL, Setting.API_KEYSTONE_USER, Setting.API_KEYSTONE_PASSWORD);
        Stream.of(Setting.API_KEYSTONE_PROJECT, Setting.API_KEYSTONE_DOMAIN, Setting.API_KEYSTONE_CA)
                .forEach(setting -> settings.requireBeside(setting, Setting.API_KEYSTONE_URL));
        Optional<URI> url = settings.value(Setting.API_KEYSTONE_URL, ApiSettings::url);
        Optional<String> user = word(Setting.API_KEYSTONE_USER);
        Optional<Path> password = settings.value(Setting.API_KEYSTONE_PASSWORD, file);
        String project = word(Setting.API_KEYSTONE_PROJECT).orElse("service");
        String domain = word(Setting.API_KEYSTONE_DOMAIN).orElse("Default");
        Optional<Path> ca = settings.value(Setting.API_KEYSTONE_CA, file);
        return url.flatMap(where -> user.flatMap(
                who -> password.map(secret -> new ApiAccess.Keystone(where, who, secret, project, domain, ca))));
    }

    private Optional<String> word(Setting setting) {
        return settings.value(setting, ConfigurationFile.word(setting));
    }

    /** Without a slash at its end. */
    private static URI url(String text) {
        URI url;
        try {
            url = new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URL", e);
        }
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || url.getQuery() != null || !scheme.matches("https?")) {
            throw new IllegalArgumentException("'" + text + "' is not a URL of https");
        }
        if (scheme.equals("http") && !isHere(url.getHost())) {
            throw new IllegalArgumentException("'" + text + "' would show passwords to the network: use https");
        }
        return url;
    }

    private static boolean isHere(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        var address = HostPort.address(host.replaceAll("^\\[|]$", ""));
        return address != null && new ListenAddress(address, 0).isLoopback();
    }
}
