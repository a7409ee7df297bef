package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.flow6.network.file.Layout.Form;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;
import org.flow6.network.file.Pieces.Next;
import org.flow6.network.file.Resolution.Place;
import org.flow6.network.text.Format;
import org.flow6.network.text.SyntaxError;

/** The text of a network file, read again and again as it changes. For one thread. */
final class NetworkText {
    private static final Layout YAML = new YamlLayout();
    private static final Layout JSON = new JsonLayout();

    private static final Comparator<Violation> ORDER = Comparator.comparingInt(Violation::line)
            .thenComparing(Violation::type)
            .thenComparing(Violation::id)
            .thenComparing(Violation::field)
            .thenComparing(Violation::message);

    private final String name;
    private final boolean cutting;
    private final Resolution resolution = new Resolution();
    private Pieces pieces = Pieces.none();

    /** How often each list is begun by a piece of its own. */
    private final Map<String, Integer> lists = new HashMap<>();

    /** How many complaints the pieces have that concern no item. */
    private int complaints;

    /** @param name of the file in violations */
    NetworkText(String name) {
        this(name, true);
    }

    /** @param cutting whether the text may be read in pieces; what comes of it is the same */
    NetworkText(String name, boolean cutting) {
        this.name = name;
        this.cutting = cutting;
    }

    /** Reads the text as it is now. One with syntax errors is forgotten: the next is held against the one before it. */
    Reading read(byte[] text) {
        SyntaxError error = null;
        for (Format format : formats(name, text)) {
            try {
                change(next(text, format));
                return complaints == 0 && lists.values().stream().allMatch(times -> times == 1) && resolution.isValid()
                        ? new Valid(resolution.model())
                        : new Invalid(violations());
            } catch (SyntaxError e) {
                error = e;
            }
        }
        return new Invalid(
                error == null ? List.of() : List.of(new Violation(name, error.line(), "", "", "", error.reason())));
    }

    /** In which languages to try to read a text. JSON is YAML too, but not as fast to read, and tabs are not. */
    static List<Format> formats(String name, byte[] text) {
        if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
            return List.of(Format.JSON);
        }
        for (byte c : text) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return c == '{' ? List.of(Format.JSON, Format.YAML) : List.of(Format.YAML);
            }
        }
        return List.of(Format.YAML);
    }

    private Next next(byte[] text, Format format) throws SyntaxError {
        Next next = cutting ? pieces.next(text, format == Format.YAML ? YAML : JSON) : null;
        return next != null ? next : pieces.nextWhole(text, Part.read(text, format));
    }

    private void change(Next next) {
        Set<Item> removed = new LinkedHashSet<>();
        Set<Item> added = new LinkedHashSet<>();
        next.gone().forEach(piece -> take(piece, -1, removed));
        next.come().forEach(piece -> take(piece, 1, added));
        pieces = next.pieces();
        resolution.change(removed, added);
    }

    private void take(Piece piece, int sign, Collection<Item> items) {
        items.addAll(piece.part().items());
        complaints += sign * piece.part().complaints().size();
        if (beginsList(piece)) {
            lists.merge(piece.state().list(), sign, (times, by) -> times + by == 0 ? null : times + by);
        }
    }

    private static boolean beginsList(Piece piece) {
        return piece.state().form() == Form.LIST || piece.state().form() == Form.WHOLE_LIST;
    }

    private List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        Map<Item, Place> places = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < pieces.all().size(); i++) {
            Piece piece = pieces.all().get(i);
            int offset = pieces.line(i) - 1;
            for (Item item : piece.part().items()) {
                places.put(item, new Place(places.size(), offset, offset + item.line()));
            }
            piece.part().complaints().forEach(complaint -> violations.add(violation(offset, "", "", complaint)));
            if (beginsList(piece) && !seen.add(piece.state().list())) {
                violations.add(
                        violation(offset, "", "", new Complaint(1, piece.state().list(), Part.TWICE)));
            }
        }
        resolution
                .faults(places)
                .forEach(fault -> violations.add(violation(
                        fault.place().offset(),
                        fault.item().kind().type(),
                        fault.item().id(),
                        fault.complaint())));
        violations.sort(ORDER);
        return violations;
    }

    private Violation violation(int offset, String type, String id, Complaint complaint) {
        return new Violation(
                name,
                offset + complaint.place().line(),
                type,
                id,
                complaint.place().field(),
                complaint.message());
    }
}
