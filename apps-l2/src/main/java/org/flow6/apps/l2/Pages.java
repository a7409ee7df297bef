package org.flow6.apps.l2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.Table;

/**
 * A list of receivers in parts that each fit into a flow. A page ends at one whose key ends in so many zeros, not by count,
 * so that one more or less changes its own page alone. Keys are hashes. More than the most would outgrow OpenFlow's 64 KiB.
 */
public final class Pages {
    private static final int LEAST_IN_PAGE = 64;
    private static final int END_OF_PAGE = 0x7f;
    private static final int MOST_IN_PAGE = 1024;

    private Pages() {}

    /** Some of the receivers; not all of those before them if it is not the first page, nor of those after them. */
    public record Page<K>(int number, List<K> receivers, boolean last) {
        /** What sends to each of the page, and then goes on with the next; the last leaves the count as it was at first. */
        public List<Action> actions(List<Action> toEach, Table table) {
            List<Action> actions = new ArrayList<>(toEach);
            if (!last) {
                actions.add(Action.set(Field.FLOOD_PAGE, number + 1));
                actions.add(Action.resubmit(table));
            } else if (number > 0) {
                actions.add(Action.set(Field.FLOOD_PAGE, 0));
            }
            return actions;
        }
    }

    /** @param key of one of them; they are ordered by it */
    public static <K> List<Page<K>> of(List<K> receivers, ToIntFunction<K> key) {
        List<Page<K>> pages = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < receivers.size(); i++) {
            int count = i + 1 - from;
            boolean last = i == receivers.size() - 1;
            boolean end = (key.applyAsInt(receivers.get(i)) & END_OF_PAGE) == 0 && count >= LEAST_IN_PAGE;
            if (end || last || count == MOST_IN_PAGE) {
                pages.add(new Page<>(pages.size(), List.copyOf(receivers.subList(from, i + 1)), last));
                from = i + 1;
            }
        }
        return pages;
    }
}
