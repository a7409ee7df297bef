package org.flow6.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.network.Id;

/** Facts as a JSON file that is replaced as a whole, so that it is whole whenever the process or the machine dies. */
final class FactFile {
    private static final int VERSION = 1;

    private final Path path;

    /** Made when it is needed: a start without a file does without it. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }

    FactFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Whether the file's folder, in which it is made anew at each change, can be written. */
    boolean isWritable() {
        Path folder = path.getParent();
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    /**
     * Reads all facts; none where there is no file.
     *
     * @throws IOException saying what is wrong with the file, which has been renamed to {@code .broken}
     */
    Facts read() throws IOException {
        if (!Files.exists(path)) {
            return Facts.NONE;
        }
        try {
            JsonNode root = Json.MAPPER.readTree(Files.readAllBytes(path));
            if (root.path("version").asInt() != VERSION || !root.path("facts").isArray()) {
                throw new IOException("not a state file of version " + VERSION);
            }
            List<Fact> facts = new ArrayList<>();
            for (JsonNode fact : root.get("facts")) {
                facts.add(fact(fact));
            }
            return Facts.NONE.with(new Facts.Change(facts, List.of()));
        } catch (IOException e) {
            throw new IOException(path + ": " + reason(e) + "; " + putAside() + ", nothing of it is remembered", e);
        }
    }

    private String putAside() {
        Path aside = path.resolveSibling(path.getFileName() + ".broken");
        try {
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            return "put aside as " + aside;
        } catch (IOException e) {
            return "it cannot be put aside";
        }
    }

    /** On one line, without the parser's excerpts. */
    private static String reason(IOException e) {
        return e instanceof JsonProcessingException broken
                ? "line "
                        + (broken.getLocation() == null
                                ? 1
                                : broken.getLocation().getLineNr()) + ": " + broken.getOriginalMessage()
                : String.valueOf(e.getMessage());
    }

    private static Fact fact(JsonNode fact) throws IOException {
        Fact.Key key = new Fact.Key(text(fact, "kind"), Id.of(text(fact, "network")), text(fact, "name"));
        try {
            Optional<Instant> until =
                    fact.hasNonNull("until") ? Optional.of(Instant.parse(text(fact, "until"))) : Optional.empty();
            return new Fact(key, text(fact, "value"), until);
        } catch (DateTimeException e) {
            throw new IOException("fact " + key + ": until is no time", e);
        }
    }

    private static String text(JsonNode fact, String field) throws IOException {
        JsonNode value = fact.path(field);
        if (!value.isTextual()) {
            throw new IOException("a fact without " + field);
        }
        return value.asText();
    }

    /** Puts facts in the place of all that were there; they are on the disk when this returns. */
    void write(Facts facts) throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode().put("version", VERSION);
        ArrayNode list = root.putArray("facts");
        facts.all()
                .sorted(Comparator.comparing((Fact fact) -> fact.key().kind())
                        .thenComparing(fact -> fact.key().network().value())
                        .thenComparing(fact -> fact.key().name()))
                .forEach(fact -> {
                    ObjectNode node = list.addObject()
                            .put("kind", fact.key().kind())
                            .put("network", fact.key().network().value())
                            .put("name", fact.key().name())
                            .put("value", fact.value());
                    fact.until().ifPresent(until -> node.put("until", until.toString()));
                });
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer content =
                    ByteBuffer.wrap(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
