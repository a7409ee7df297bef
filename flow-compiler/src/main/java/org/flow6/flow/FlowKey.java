package org.flow6.flow;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;

/**
 * Stands for a flow's table, priority and match, of which a switch holds one flow: a 128-bit fingerprint, as keeping the
 * matches of 100,000 flows would cost more memory than all the rest.
 */
public record FlowKey(long high, long low) {

    public static FlowKey of(Flow flow) {
        Hasher hasher = Hashing.murmur3_128()
                .newHasher()
                .putInt(flow.table().number())
                .putInt(flow.priority().value());
        for (Match.Term term : flow.match().terms()) {
            Field.Slice slice = term.field().slice();
            hasher.putInt(term.field().oxmClass() << 16 | term.field().oxmField() << 8)
                    .putInt(slice == null ? 0 : slice.offset());
            term.value().putTo(hasher);
            term.mask().putTo(hasher);
        }
        HashCode hash = hasher.hash();
        ByteBuffer bytes = ByteBuffer.wrap(hash.asBytes());
        return new FlowKey(bytes.getLong(), bytes.getLong());
    }
}
