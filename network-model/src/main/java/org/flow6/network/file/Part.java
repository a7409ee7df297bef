package org.flow6.network.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flow6.network.file.Node.Entry;
import org.flow6.network.file.Node.Mapping;
import org.flow6.network.file.Node.Sequence;
import org.flow6.network.file.NodeReader.Format;

/**
 * What a piece of a network file, or all of it, states.
 *
 * @param complaints those that concern no item
 */
record Part(List<Item> items, List<Complaint> complaints) {

    /** Reads a whole file. */
    static Part read(byte[] text, int from, int to, Format format) throws SyntaxError {
        Node root = NodeReader.read(text, from, to, format);
        Part part = new Part(new ArrayList<>(), new ArrayList<>());
        if (root == null || root.isNull()) {
            part.complain(1, "", "is empty: state at least one list, such as networks: []");
        } else if (root instanceof Mapping lists) {
            Set<String> seen = new HashSet<>();
            for (Entry entry : lists.entries()) {
                if (!seen.add(entry.key())) {
                    part.complain(entry.line(), entry.key(), "is there twice: make one list of the two");
                } else {
                    part.addList(entry);
                }
            }
        } else {
            part.complain(root.line(), "", "is " + root.describe() + ", not a mapping of lists of resources");
        }
        return part;
    }

    private void addList(Entry entry) {
        Kind kind = Kinds.BY_LIST.get(entry.key());
        if (kind == null) {
            String nearest = Spelling.nearest(entry.key(), Kinds.BY_LIST.keySet());
            complain(
                    entry.line(),
                    entry.key(),
                    "is no list that Flow6 knows"
                            + (nearest == null
                                    ? ": " + String.join(", ", Kinds.BY_LIST.keySet())
                                    : "; is " + nearest + " meant?"));
        } else if (entry.value() instanceof Sequence list) {
            list.elements().forEach(element -> addItem(kind, element));
        } else if (!entry.value().isNull()) {
            complain(entry.value().line(), entry.key(), entry.value().describe() + " is not a list");
        }
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
