package org.flow6.network.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flow6.network.NetworkModel;
import org.flow6.network.text.Format;
import org.jspecify.annotations.Nullable;

/**
 * A network file: YAML or JSON with one list per type of resource, in the names of Neutron's API v2.0. Reading it again
 * costs what has changed in it. For one thread.
 */
public final class NetworkFile {
    private final Path path;
    private NetworkText content;
    private byte[] loaded = {};
    private @Nullable Invalid unreadable;
    /** The content that the last reading is of. */
    private byte[] seen = {};

    private @Nullable Reading last;

    /** What reading came to. */
    public sealed interface Reading permits Valid, Invalid {}

    /** A file without fault. */
    public record Valid(NetworkModel model) implements Reading {}

    /** A file that cannot be used, with everything that is wrong with it, ordered by line. */
    public record Invalid(List<Violation> violations) implements Reading {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }

    /**
     * A file that may not be there yet.
     *
     * @param path violations name the file by it; one that ends in {@code .json} is read as JSON, any other as YAML, of
     *     which JSON is a part
     */
    public NetworkFile(Path path) {
        this.path = path;
        content = new NetworkText(path.toString());
    }

    /** Reads a text as if it were the file of that name. */
    public static Reading parse(String name, String text) {
        return new NetworkText(name).read(text.getBytes(StandardCharsets.UTF_8));
    }

    public Path path() {
        return path;
    }

    /** Reads the file as it is now; as long as its content is the same, so is the reading. */
    public Reading read() {
        load();
        return reading();
    }

    /** Takes the file's content as it is now, for {@link #reading} to make something of. */
    void load() {
        try {
            loaded = readBytes();
            unreadable = null;
        } catch (IOException e) {
            unreadable = new Invalid(List.of(new Violation(path.toString(), 0, "", "", "", reason(e))));
        }
    }

    /** What comes of the content that was loaded last. */
    Reading reading() {
        if (unreadable != null) {
            return unreadable;
        }
        Reading reading = last;
        if (reading == null || !Arrays.equals(loaded, seen)) {
            reading = read(loaded);
            last = reading;
            seen = loaded;
        } else {
            // The same text is not kept twice.
            loaded = seen;
        }
        return reading;
    }

    private Reading read(byte[] text) {
        try {
            return content.read(text);
        } catch (RuntimeException e) {
            // What was to be kept of earlier readings is not to be relied on any more.
            content = new NetworkText(path.toString());
            throw e;
        }
    }

    /** The text that the last reading is of; not to be changed. */
    public byte[] text() {
        return seen;
    }

    /** What the content that was read last came to. */
    @Nullable
    Reading last() {
        return last;
    }

    /** How many bytes were loaded last. */
    int size() {
        return loaded.length;
    }

    /** Whether the content that was loaded last seems to be all of it. */
    boolean endsLine() {
        return loaded.length > 0 && "\n]}".indexOf(loaded[loaded.length - 1]) >= 0;
    }

    private byte[] readBytes() throws IOException {
        long size = Files.size(path);
        if (size > Format.MAX_BYTES) {
            throw new IOException(size + " bytes are more than the " + Format.MAX_BYTES + " that Flow6 reads");
        }
        return Files.readAllBytes(path);
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "is not there" : "cannot be read: " + e;
    }
}
