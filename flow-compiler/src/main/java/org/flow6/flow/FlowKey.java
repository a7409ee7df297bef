package org.flow6.flow;

import java.util.List;

/**
 * Stands for a flow's table, priority and match, of which a switch holds one flow: a 128-bit fingerprint, as keeping the
 * matches of 100,000 flows would cost more memory than all the rest.
 */
public record FlowKey(long high, long low) {
    @Override
    public boolean equals(Object other) {
        return other instanceof FlowKey key && key.low == low && key.high == high;
    }

    @Override
    public int hashCode() {
        return (int) low;
    }

    public static FlowKey of(Flow flow) {
        ContentHash hash = new ContentHash(0);
        hash.put(flow.table().number(), flow.priority().value());
        List<Match.Term> terms = flow.match().terms();
        for (int i = 0; i < terms.size(); i++) {
            Match.Term term = terms.get(i);
            RegisterSlice slice = term.field().slice();
            hash.put(
                    (long) term.field().oxmClass() << 16 | term.field().oxmField() << 8,
                    slice == null ? 0 : slice.offset());
            hash.put(term.value().getMsb(), term.value().getLsb());
            hash.put(term.mask().getMsb(), term.mask().getLsb());
        }
        hash.finish();
        return new FlowKey(hash.high(), hash.low());
    }
}
