package org.flow6.launcher.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.flow6.launcher.access.Access.Unavailable;
import org.flow6.northbound.api.Caller;
import org.flow6.northbound.api.Caller.Role;
import org.jspecify.annotations.Nullable;

/** Asks Keystone's API, version 3, and waits for its answers; for all threads. */
public final class KeystoneClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TOKENS = "/auth/tokens";
    private static final String OWN = "X-Auth-Token";
    private static final String ASKED = "X-Subject-Token";

    private final Account account;
    private final HttpClient http;
    private @Nullable String service;

    /**
     * Who Flow6 is to Keystone.
     *
     * @param url of version 3: {@code https://keystone:5000/v3}
     * @param password the file with it
     * @param domain the name of the user's and the project's
     * @param ca the file with the certificates that sign Keystone's; empty: those that Java trusts
     */
    public record Account(URI url, String user, Path password, String project, String domain, Optional<Path> ca) {}

    /**
     * What Keystone says of a token.
     *
     * @param who empty: it is right, but of no role or project here
     */
    record Token(Optional<Who> who, Instant expires) {}

    /** @throws IOException if the certificates cannot be read */
    public KeystoneClient(Account account) throws IOException {
        this.account = account;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1);
        if (account.ca().isPresent()) {
            builder.sslContext(trusting(account.ca().get()));
        }
        http = builder.build();
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                store.setCertificateEntry("ca" + number++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * What Keystone says of a token; empty: that it is none.
     *
     * @throws Unavailable if it says nothing
     */
    Optional<Token> token(String token) {
        String own = service(null);
        HttpResponse<String> answer = asked(token, own);
        if (answer.statusCode() == 401) {
            // Its own has expired, or Keystone was set up anew.
            answer = asked(token, service(own));
        }
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(read(answer.body()));
            case 404 -> Optional.empty();
            default -> throw new Unavailable("Keystone answers " + answer.statusCode());
        };
    }

    private HttpResponse<String> asked(String token, String own) {
        try {
            return send(request(TOKENS + "?nocatalog")
                    .header(OWN, own)
                    .header(ASKED, token)
                    .GET());
        } catch (IllegalArgumentException e) {
            // No header can have such a value: it is no token of Keystone's.
            throw new Unavailable("Keystone cannot be asked about this token");
        }
    }

    /** Flow6's own token; a new one where this one is wrong. */
    private synchronized String service(@Nullable String wrong) {
        if (service == null || service.equals(wrong)) {
            HttpResponse<String> answer = send(request(TOKENS).POST(BodyPublishers.ofString(login())));
            service = answer.headers().firstValue(ASKED).orElse(null);
            if (answer.statusCode() != 201 || service == null) {
                service = null;
                throw new Unavailable("Keystone lets " + account.user() + " not in: " + answer.statusCode());
            }
        }
        return service;
    }

    private String login() {
        ObjectNode auth = MAPPER.createObjectNode();
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user");
        user.put("name", account.user());
        user.putObject("domain").put("name", account.domain());
        try {
            user.put(
                    "password",
                    Files.readString(account.password(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new Unavailable("Flow6's password for Keystone cannot be read: " + e);
        }
        ObjectNode project = auth.putObject("scope").putObject("project");
        project.put("name", account.project());
        project.putObject("domain").put("name", account.domain());
        ObjectNode body = MAPPER.createObjectNode();
        body.set("auth", auth);
        return body.toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(account.url() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Unavailable("Keystone cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Flow6 ends");
        }
    }

    private static Token read(String text) {
        try {
            JsonNode token = MAPPER.readTree(text).path("token");
            Instant expires = Instant.parse(token.path("expires_at").asText());
            Set<String> roles = new HashSet<>();
            token.path("roles").forEach(role -> roles.add(role.path("name").asText()));
            String project = token.path("project").path("id").asText();
            String user = token.path("user").path("name").asText();
            Optional<Role> role = highest(roles);
            return new Token(
                    project.isEmpty() ? Optional.empty() : role.map(known -> new Who(user, new Caller(project, known))),
                    expires);
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new Unavailable("Keystone answers what is no token: " + e.getMessage());
        }
    }

    private static Optional<Role> highest(Set<String> roles) {
        if (roles.contains("admin")) {
            return Optional.of(Role.ADMIN);
        } else if (roles.contains("member")) {
            return Optional.of(Role.MEMBER);
        }
        return roles.contains("reader") ? Optional.of(Role.READER) : Optional.empty();
    }
}
