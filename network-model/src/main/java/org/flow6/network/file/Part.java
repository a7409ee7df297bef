package org.flow6.network.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flow6.network.file.Layout.Cut;
import org.flow6.network.text.Format;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Sequence;
import org.flow6.network.text.SyntaxError;
import org.jspecify.annotations.Nullable;

/**
 * What a network file, or a piece of one, states.
 *
 * @param complaints those that concern no item
 */
record Part(List<Item> items, List<Complaint> complaints) {
    private static final Part NOTHING = new Part(List.of(), List.of());

    private Part() {
        this(new ArrayList<>(1), new ArrayList<>(0));
    }

    /** Reads a whole file. */
    static Part read(byte[] text, Format format) throws SyntaxError {
        Node root = format.read(text, 0, text.length);
        Part part = new Part();
        if (root == null || root.isNull()) {
            part.complain(1, "", "is empty: state at least one list, such as networks: []");
        } else if (root instanceof Mapping lists) {
            Set<String> seen = new HashSet<>();
            for (Entry entry : lists.entries()) {
                if (!seen.add(entry.key())) {
                    part.complain(entry.line(), entry.key(), TWICE);
                }
                part.addList(entry);
            }
        } else {
            part.complain(root.line(), "", root.describe() + " is not a mapping of lists of resources");
        }
        return part;
    }

    /** What there is to say about the second of two lists of one name. */
    static final String TWICE = "is there twice: make one list of the two";

    /**
     * Reads a piece of a file.
     *
     * @throws SyntaxError if it cannot be read by itself
     */
    static Part read(byte[] text, Cut cut, Format format, LongLists lists) throws SyntaxError {
        Part part = new Part();
        String list = cut.state().list();
        switch (cut.state().form()) {
            case LIST -> {
                // The brackets and the name in JSON are known well enough; a comment in YAML could be anything.
                if (format == Format.YAML) {
                    onlyEntry(format.read(text, cut.start(), cut.end()), list);
                }
                part.kindOf(1, list);
            }
            case WHOLE_LIST -> part.addList(onlyEntry(format.read(text, cut.start(), cut.end()), list));
            case ELEMENT -> {
                Node read = format == Format.YAML
                        ? lists.read(text, cut.start(), cut.end())
                        : format.read(text, cut.start(), cut.end());
                Kind kind = Kinds.BY_LIST.get(list);
                Node element = format == Format.JSON ? read : onlyElement(read);
                if (kind != null && element != null) {
                    part.addItem(kind, element);
                }
            }
            default -> {
                if (format == Format.YAML) {
                    format.read(text, cut.start(), cut.end());
                }
            }
        }
        // There is one for each resource: it is kept as small as can be.
        return part.items.isEmpty() && part.complaints.isEmpty()
                ? NOTHING
                : new Part(List.copyOf(part.items), List.copyOf(part.complaints));
    }

    private static Entry onlyEntry(@Nullable Node root, String key) throws SyntaxError {
        if (root instanceof Mapping mapping
                && mapping.entries().size() == 1
                && mapping.entries().get(0).key().equals(key)) {
            return mapping.entries().get(0);
        }
        throw new SyntaxError(1, "not the list " + key + " alone");
    }

    private static Node onlyElement(@Nullable Node root) throws SyntaxError {
        if (root instanceof Sequence sequence && sequence.elements().size() == 1) {
            return sequence.elements().get(0);
        }
        throw new SyntaxError(1, "not a single element");
    }

    private void addList(Entry entry) {
        Kind kind = kindOf(entry.line(), entry.key());
        if (kind == null) {
            return;
        }
        if (entry.value() instanceof Sequence list) {
            list.elements().forEach(element -> addItem(kind, element));
        } else if (!entry.value().isNull()) {
            complain(entry.value().line(), entry.key(), entry.value().describe() + " is not a list");
        }
    }

    private @Nullable Kind kindOf(int line, String list) {
        Kind kind = Kinds.BY_LIST.get(list);
        if (kind == null && !Kinds.OF_THE_API.contains(list)) {
            String nearest = Spelling.nearest(list, Kinds.BY_LIST.keySet());
            String hint = nearest == null
                    ? ": they are " + String.join(", ", Kinds.BY_LIST.keySet())
                    : ": is " + nearest + " meant?";
            complain(line, list, "is not one of the lists of a network file" + hint);
        }
        return kind;
    }

    private void addItem(Kind kind, Node node) {
        if (node instanceof Mapping mapping) {
            items.add(kind.read(mapping));
        } else {
            complain(node.line(), kind.list(), node.describe() + " is not " + kind.noun());
        }
    }

    private void complain(int line, String field, String message) {
        complaints.add(new Complaint(line, field, message));
    }
}
