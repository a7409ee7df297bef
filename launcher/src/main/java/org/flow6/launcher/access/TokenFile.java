package org.flow6.launcher.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens that stand in a file, one in a line; empty lines and what begins with # are passed over. */
public final class TokenFile implements Access {
    private static final Logger log = LoggerFactory.getLogger(TokenFile.class);
    private static final int MOST_OCTETS = 1 << 20;
    private static final int LONGEST_TOKEN = 512;
    /** Tokens that wait to be looked at; those that were right before do not. */
    private static final int WAITING = 100;

    private final Path file;
    private final ExecutorService hashing =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "tokens");
                thread.setDaemon(true);
                return thread;
            });
    /** Whom nobody is: so that a name that is not there takes as long as one that is. */
    private final Known nobody =
            new Known(TokenEntry.make("nobody", "-", "admin").entry());

    private volatile Map<String, Known> known;

    /** An entry, with the digest of its token once that was shown. */
    private static final class Known {
        private final TokenEntry entry;
        private volatile byte[] proven = {};

        Known(TokenEntry entry) {
            this.entry = entry;
        }
    }

    private TokenFile(Path file, Map<String, Known> known) {
        this.file = file;
        this.known = known;
    }

    /**
     * Reads a file.
     *
     * @throws IOException saying for users what is wrong with it
     */
    public static TokenFile read(Path file) throws IOException {
        return new TokenFile(file, entries(file));
    }

    private static Map<String, Known> entries(Path file) throws IOException {
        if (Files.size(file) > MOST_OCTETS) {
            throw new IOException(file + ": more than " + MOST_OCTETS + " octets");
        }
        Map<String, Known> entries = new HashMap<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                TokenEntry entry = TokenEntry.parse(line);
                if (entries.put(entry.who().name(), new Known(entry)) != null) {
                    throw new IllegalArgumentException(entry.who().name() + " is there a second time");
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return entries;
    }

    /**
     * Adds an entry to a file, which is made if need be, for its owner alone to read.
     *
     * @throws IOException saying for users why it cannot be
     */
    public static void add(Path file, TokenEntry entry) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException there) {
            if (entries(file).containsKey(entry.who().name())) {
                throw new IOException(file + ": has an entry of " + entry.who().name() + " already", there);
            }
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        String before = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        Files.writeString(file, before + entry + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** Takes over the file, which may have changed; where something is wrong with it, those that were right stay so. */
    public void reread() {
        try {
            Map<String, Known> next = entries(file);
            if (!texts(next).equals(texts(known))) {
                known = next;
                log.info("{}: {} tokens", file, next.size());
            }
        } catch (IOException e) {
            log.error("{}; the tokens before stay in force", e.getMessage());
        }
    }

    private static Map<String, String> texts(Map<String, Known> entries) {
        Map<String, String> texts = new HashMap<>();
        entries.forEach((name, one) -> texts.put(name, one.entry.toString()));
        return texts;
    }

    @Override
    public CompletionStage<Optional<Who>> who(String token) {
        int dot = token.lastIndexOf('.');
        if (dot <= 0 || token.length() > LONGEST_TOKEN) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Known named = known.get(token.substring(0, dot));
        byte[] digest = Digests.of(token);
        if (named != null && MessageDigest.isEqual(named.proven, digest)) {
            return CompletableFuture.completedFuture(Optional.of(named.entry.who()));
        }
        try {
            return CompletableFuture.supplyAsync(() -> proven(named, token.substring(dot + 1), digest), hashing);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Unavailable("too many tokens wait to be looked at"));
        }
    }

    private Optional<Who> proven(@Nullable Known named, String secret, byte[] digest) {
        Known one = named == null ? nobody : named;
        boolean right = one.entry.hash().isOf(secret);
        if (named == null || !right) {
            return Optional.empty();
        }
        named.proven = digest;
        return Optional.of(named.entry.who());
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"flow6\"";
    }

    @Override
    public void close() {
        hashing.shutdownNow();
    }
}
