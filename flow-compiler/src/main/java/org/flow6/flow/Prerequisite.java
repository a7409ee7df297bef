package org.flow6.flow;

import java.util.List;
import org.projectfloodlight.openflow.types.U128;

/** These bits of a field must have one of these values where another field is matched or set. */
record Prerequisite(Field<?> field, U128 mask, List<U128> values) {
    boolean isMetBy(Match.Term term) {
        return Bits.isWithin(mask, term.mask()) && values.contains(term.value().and(mask));
    }
}
