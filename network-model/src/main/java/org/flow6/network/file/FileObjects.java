package org.flow6.network.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkObjects.Name;
import org.flow6.network.text.Format;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Node.Sequence;
import org.flow6.network.text.SyntaxError;
import org.jspecify.annotations.Nullable;

/** The objects of a network file, each as JSON: what the file states of it, and what the network has in place of the rest. */
public final class FileObjects {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false");

    private FileObjects() {}

    /**
     * The objects in the order of the text, and then those that are implied. Numbers and truth values are told by their
     * looks.
     *
     * @param name of the file
     * @param text of the file, without fault
     * @param model what the text comes to
     */
    public static Map<Name, ObjectNode> of(String name, byte[] text, NetworkModel model) {
        Map<Name, ObjectNode> objects = new LinkedHashMap<>();
        if (root(name, text) instanceof Mapping lists) {
            for (Entry list : lists.entries()) {
                if (list.value() instanceof Sequence elements) {
                    elements.elements().forEach(element -> add(list.key(), element, objects));
                }
            }
        }
        new Consequences(model, objects).add();
        return objects;
    }

    private static @Nullable Node root(String name, byte[] text) {
        SyntaxError fault = null;
        for (Format format : NetworkText.formats(name, text)) {
            try {
                return format.read(text, 0, text.length);
            } catch (SyntaxError e) {
                fault = e;
            }
        }
        throw new IllegalArgumentException(name + " has faults", fault);
    }

    private static void add(String list, Node element, Map<Name, ObjectNode> objects) {
        Kind kind = Kinds.BY_LIST.get(list);
        String id = kind == null ? "id" : kind.id.name();
        if (json(element) instanceof ObjectNode object
                && !object.path(id).asText().isEmpty()) {
            objects.put(new Name(list, object.path(id).asText()), object);
        }
    }

    private static JsonNode json(Node node) {
        if (node instanceof Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
            return object;
        } else if (node instanceof Sequence sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.elements().forEach(element -> array.add(json(element)));
            return array;
        }
        return node instanceof Scalar scalar ? scalar(scalar.text()) : JSON.nullNode();
    }

    private static JsonNode scalar(String text) {
        if (NUMBER.matcher(text).matches()) {
            return JSON.numberNode(Long.parseLong(text));
        }
        return BOOLEAN.matcher(text).matches()
                ? JSON.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"))
                : JSON.textNode(text);
    }
}
