package org.flow6.network.file;

import org.flow6.network.Route;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Entry;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Words;
import org.jspecify.annotations.Nullable;

/**
 * Routes that were read lately, by the words that state them: a router has them by the ten thousand, and all of them are read
 * again where one changes. Like {@link Words}, threads may overtake each other here: the worst is that one is read again.
 */
final class RecentRoutes {
    private static final Known[] RECENT = new Known[1 << 16];

    private RecentRoutes() {}

    private record Known(String destination, String nexthop, Route route) {}

    /** What a mapping of two words, each on the line of its key, was read as. */
    static @Nullable Route of(Node node) {
        Mapping stated = plain(node);
        if (stated == null) {
            return null;
        }
        String destination = word(stated, 0);
        String nexthop = word(stated, 1);
        Known known = RECENT[slot(destination, nexthop)];
        return known != null && known.destination.equals(destination) && known.nexthop.equals(nexthop)
                ? known.route
                : null;
    }

    static void keep(Node node, Route route) {
        Mapping stated = plain(node);
        if (stated != null) {
            String destination = word(stated, 0);
            String nexthop = word(stated, 1);
            RECENT[slot(destination, nexthop)] = new Known(destination, nexthop, route);
        }
    }

    private static @Nullable Mapping plain(Node node) {
        return node instanceof Mapping mapping
                        && mapping.entries().size() == 2
                        && isPlain(mapping.entries().get(0), "destination")
                        && isPlain(mapping.entries().get(1), "nexthop")
                ? mapping
                : null;
    }

    private static boolean isPlain(Entry entry, String key) {
        return entry.key().equals(key) && entry.value() instanceof Scalar word && word.line() == entry.line();
    }

    private static String word(Mapping mapping, int index) {
        return ((Scalar) mapping.entries().get(index).value()).text();
    }

    private static int slot(String destination, String nexthop) {
        int hash = 31 * destination.hashCode() + nexthop.hashCode();
        return (hash ^ hash >>> 16) & (RECENT.length - 1);
    }
}
