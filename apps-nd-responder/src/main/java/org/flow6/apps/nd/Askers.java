package org.flow6.apps.nd;

import org.flow6.flow.Field;
import org.flow6.flow.Match;

/** Who is answered from here. */
enum Askers {
    ALL,
    /** Not who is outside, on a physical network: there others answer for themselves. */
    INSIDE;

    static Askers allIf(boolean all) {
        return all ? ALL : INSIDE;
    }

    Match among(Match packets) {
        return this == ALL ? packets : packets.and(Field.FROM_OUTSIDE, false);
    }
}
