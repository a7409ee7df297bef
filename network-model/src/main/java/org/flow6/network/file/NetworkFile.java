package org.flow6.network.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.Resolution.Fault;
import org.flow6.network.file.Resolution.Place;

/**
 * A network file: YAML or JSON with one list per type of resource, in the names of Neutron's API v2.0. For one thread.
 */
public final class NetworkFile {
    private final Path path;
    private final String name;
    private final Resolution resolution = new Resolution();
    private List<Item> items = List.of();

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

    public NetworkFile(Path path) {
        this.path = path;
        this.name = path.toString();
    }

    /**
     * Reads a text as if it were a file.
     *
     * @param name of the file in violations; one that ends in {@code .json} is read as JSON
     */
    public static Reading parse(String name, String text) {
        return new NetworkFile(Path.of(name)).read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the file as it is now. */
    public Reading read() {
        byte[] text;
        try {
            text = Files.readAllBytes(path);
        } catch (IOException e) {
            return new Invalid(List.of(violation(0, "cannot be read: " + e)));
        }
        return read(text);
    }

    Reading read(byte[] text) {
        Part part;
        try {
            part = Part.read(text, 0, text.length, NodeReader.Format.YAML);
        } catch (SyntaxError e) {
            return new Invalid(List.of(violation(e.line(), e.reason())));
        }
        resolution.change(items, part.items());
        items = part.items();
        if (part.complaints().isEmpty() && resolution.isValid()) {
            return new Valid(resolution.model());
        }
        Map<Item, Place> places = new HashMap<>();
        items.forEach(item -> places.put(item, new Place(places.size(), 0, item.line())));
        List<Violation> violations = new ArrayList<>();
        part.complaints()
                .forEach(c -> violations.add(
                        new Violation(name, c.place().line(), "", "", c.place().field(), c.message())));
        for (Fault fault : resolution.faults(places)) {
            violations.add(new Violation(
                    name,
                    fault.line(),
                    fault.item().kind().type(),
                    fault.item().id(),
                    fault.complaint().place().field(),
                    fault.complaint().message()));
        }
        return new Invalid(violations);
    }

    private Violation violation(int line, String message) {
        return new Violation(name, line, "", "", "", message);
    }
}
