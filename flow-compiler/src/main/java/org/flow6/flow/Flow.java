package org.flow6.flow;

import java.util.List;

/**
 * A flow that OVS accepts: what it would refuse is refused here, as it is built.
 *
 * @param actions in order; an empty list drops without counting
 */
public record Flow(Table table, Priority priority, Match match, List<Action> actions) {

    /**
     * @throws IllegalArgumentException if a register is used outside its live range, a field is set that cannot be or
     *     whose prerequisite the match lacks, the packet would go backward, or something stands behind the last action
     */
    public Flow {
        actions = List.copyOf(actions);
        List<Match.Term> terms = match.terms();
        for (int i = 0; i < terms.size(); i++) {
            requireLive(table, terms.get(i).field());
        }
        for (int i = 0; i < actions.size(); i++) {
            check(table, match, actions.get(i), i == actions.size() - 1);
        }
        if (isClause(actions) && !actions.stream().allMatch(Action.Conjunction.class::isInstance)) {
            throw new IllegalArgumentException("more than clauses of conjunctions: " + actions);
        }
    }

    /** A flow with the given actions. */
    public static Flow of(Table table, Priority priority, Match match, Action... actions) {
        return new Flow(table, priority, match, List.of(actions));
    }

    /** Whether it is part of conjunctions: the flow of its match then has the clauses of every unit. */
    boolean isClause() {
        return isClause(actions);
    }

    private static boolean isClause(List<Action> actions) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) instanceof Action.Conjunction) {
                return true;
            }
        }
        return false;
    }

    private static void check(Table table, Match match, Action action, boolean last) {
        if (action instanceof Action.Set set) {
            requireWritable(table, match, set.field());
        } else if (action instanceof Action.CheckLarger check) {
            requireWritable(table, match, check.result());
        } else if (action instanceof Action.DecrementHopLimit) {
            match.requirePrerequisites(Field.HOP_LIMIT);
        } else if (action instanceof Action.ChoosePath choose) {
            requireWritable(table, match, choose.result());
        } else if (action instanceof Action.Move move) {
            requireLive(table, move.from());
            match.requirePrerequisites(move.from());
            requireWritable(table, match, move.to());
            if (move.from().bits() > move.to().bits()) {
                throw new IllegalArgumentException("move of " + move.from() + " to " + move.to());
            }
        } else if (action instanceof Action.Resubmit resubmit) {
            requireForward(table.compareTo(resubmit.table()) <= 0, table, resubmit.table());
        } else if (action instanceof Action.Goto goTo) {
            requireForward(table.compareTo(goTo.table()) < 0, table, goTo.table());
        } else if (action instanceof Action.Track track) {
            requireForward(table.compareTo(track.table()) < 0, table, track.table());
            requireConntrack(table, match, track.zone());
        } else if (action instanceof Action.Commit commit) {
            requireConntrack(table, match, commit.zone());
        } else if (action instanceof Action.Punt || action instanceof Action.PuntCopy) {
            requireForward(table.compareTo(Table.PUNT) < 0, table, Table.PUNT);
        } else if (action instanceof Action.Drop) {
            requireForward(table.compareTo(Table.DROP) < 0, table, Table.DROP);
        }
        boolean ends = action instanceof Action.Goto
                || action instanceof Action.Track
                || action instanceof Action.Punt
                || action instanceof Action.Drop;
        if (ends && !last) {
            throw new IllegalArgumentException(action + " is not the last action in " + table);
        }
    }

    private static void requireConntrack(Table table, Match match, Field<Integer> zone) {
        requireLive(table, zone);
        // Fields of both families need the same match.
        match.requirePrerequisites(Field.IP_FRAG);
    }

    private static void requireForward(boolean forward, Table from, Table to) {
        if (!forward) {
            throw new IllegalArgumentException("from " + from + " back to " + to);
        }
    }

    private static void requireWritable(Table table, Match match, Field<?> field) {
        if (!field.isWritable()) {
            throw new IllegalArgumentException(field + " cannot be set");
        }
        requireLive(table, field);
        match.requirePrerequisites(field);
    }

    private static void requireLive(Table table, Field<?> field) {
        RegisterSlice slice = field.registers();
        if (slice != null && !slice.isLiveIn(table)) {
            throw new IllegalArgumentException(
                    field + " lives from " + slice.first() + " to " + slice.last() + ", not in " + table);
        }
    }
}
