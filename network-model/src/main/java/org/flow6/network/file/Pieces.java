package org.flow6.network.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.flow6.network.file.Layout.Cut;
import org.flow6.network.file.Layout.Form;
import org.flow6.network.file.Layout.State;
import org.jspecify.annotations.Nullable;

/**
 * A network file's text, cut into pieces and read. Reading a next text costs what differs: the pieces in front of the
 * first difference and behind the last one are kept, and of those between, the ones that were there before.
 */
final class Pieces {
    private static final int BLOCK = 4096;
    /** So many pieces are worth more than one thread. */
    private static final int MANY = 256;

    private final byte[] text;
    private final @Nullable Layout layout;
    private final LongLists longLists;
    private Piece[] pieces = new Piece[16];
    private int[] starts = new int[16];
    /** The line of the text, from 1, on which each piece begins. */
    private int[] lines = new int[16];

    private int size;

    private Pieces(byte[] text, @Nullable Layout layout, LongLists longLists) {
        this.text = text;
        this.layout = layout;
        this.longLists = longLists;
    }

    /** No text at all. */
    static Pieces none() {
        return new Pieces(new byte[0], null, new LongLists());
    }

    /** A text read as a whole. */
    static Pieces whole(byte[] text, Part part) {
        Pieces whole = new Pieces(text, null, new LongLists());
        whole.add(new Piece(new State(Form.WHOLE, "", 0), part), 0, 1);
        return whole;
    }

    /** In the order of the text. */
    List<Piece> all() {
        return Arrays.asList(pieces).subList(0, size);
    }

    /** The line of the text, from 1, on which a piece begins. */
    int line(int index) {
        return lines[index];
    }

    /**
     * A text cut into pieces.
     *
     * @param gone pieces of the text before that are not among those of this
     * @param come pieces that were not among those of the text before
     */
    record Next(Pieces pieces, List<Piece> gone, List<Piece> come) {}

    /** The pieces of a text that is read as a whole. */
    Next nextWhole(byte[] after, Part part) {
        Pieces next = whole(after, part);
        return new Next(next, all(), next.all());
    }

    /**
     * Cuts and reads a next text.
     *
     * @return null if it does not have the layout, or some piece cannot be read by itself
     */
    @Nullable
    Next next(byte[] after, Layout nextLayout) {
        boolean related = nextLayout.equals(layout);
        int front = related ? commonFront(text, after) : 0;
        int back = related ? commonBack(text, after, front) : 0;
        int shift = after.length - text.length;
        int kept = keptInFront(front);
        int at = kept == 0 ? 0 : starts[kept];
        int resumed = kept;
        State before = kept == 0 ? null : pieces[kept - 1].state();
        List<Cut> cuts = new ArrayList<>();
        while (at < after.length) {
            while (resumed < size && starts[resumed] + shift < at) {
                resumed++;
            }
            if (at >= after.length - back && leadsOn(before, resumed) && starts[resumed] + shift == at) {
                return assemble(after, nextLayout, kept, cuts, resumed);
            }
            Cut cut = nextLayout.cut(after, at, before);
            if (cut == null) {
                return null;
            }
            cuts.add(cut);
            at = cut.next();
            before = cut.state();
        }
        return before != null && nextLayout.mayEndAfter(before) ? assemble(after, nextLayout, kept, cuts, size) : null;
    }

    /** Whether a piece of this text followed on the same state. */
    private boolean leadsOn(@Nullable State before, int index) {
        return index > 0 && index < size && pieces[index - 1].state().equals(before);
    }

    /** Makes the next pieces of the first ones of these, some that are cut anew, and the last ones of these. */
    private @Nullable Next assemble(byte[] after, Layout nextLayout, int kept, List<Cut> cuts, int resumed) {
        Pieces next = new Pieces(after, nextLayout, longLists);
        next.copy(this, 0, kept, 0, 0);
        List<Piece> gone = new ArrayList<>();
        Map<Stretch, Piece> known = known(kept, resumed, gone);
        Piece[] middle = new Piece[cuts.size()];
        Arrays.setAll(middle, i -> known.isEmpty() ? null : known.remove(new Stretch(after, cuts.get(i))));
        int[] missing =
                IntStream.range(0, middle.length).filter(i -> middle[i] == null).toArray();
        IntStream toRead = missing.length > MANY ? Arrays.stream(missing).parallel() : Arrays.stream(missing);
        toRead.forEach(i -> middle[i] = Piece.read(after, cuts.get(i), nextLayout.format(), longLists));
        longLists.age();
        int line = kept == 0 ? 1 : lines[kept];
        for (int i = 0; i < middle.length; i++) {
            if (middle[i] == null) {
                return null;
            }
            next.add(middle[i], cuts.get(i).start(), line);
            line += cuts.get(i).newlines();
        }
        List<Piece> come = Arrays.stream(missing).mapToObj(i -> middle[i]).toList();
        gone.addAll(known.values());
        if (resumed < size) {
            next.copy(this, resumed, size, after.length - text.length, line - lines[resumed]);
        }
        return new Next(next, gone, come);
    }

    /** Pieces by their text; of several that read the same, all but one are added to those that are gone. */
    private Map<Stretch, Piece> known(int from, int to, List<Piece> gone) {
        Map<Stretch, Piece> known = new HashMap<>();
        for (int i = from; i < to; i++) {
            Piece displaced = known.put(new Stretch(text, starts[i], end(i), pieces[i].state()), pieces[i]);
            if (displaced != null) {
                gone.add(displaced);
            }
        }
        return known;
    }

    /** How many pieces end so far in front of the first difference that it cannot have moved their ends. */
    private int keptInFront(int front) {
        int found = Arrays.binarySearch(starts, 0, size, front);
        int beginning = found >= 0 ? found : -found - 2;
        boolean all = front == text.length;
        return Math.max(0, (all ? size : beginning) - 1);
    }

    private int end(int index) {
        return index + 1 < size ? starts[index + 1] : text.length;
    }

    private void add(Piece piece, int start, int line) {
        grow(size + 1);
        pieces[size] = piece;
        starts[size] = start;
        lines[size++] = line;
    }

    private void copy(Pieces from, int begin, int end, int shift, int lineShift) {
        int count = end - begin;
        grow(size + count);
        System.arraycopy(from.pieces, begin, pieces, size, count);
        for (int i = 0; i < count; i++) {
            starts[size + i] = from.starts[begin + i] + shift;
            lines[size + i] = from.lines[begin + i] + lineShift;
        }
        size += count;
    }

    private void grow(int needed) {
        if (needed > starts.length) {
            int length = Math.max(needed, starts.length * 2);
            pieces = Arrays.copyOf(pieces, length);
            starts = Arrays.copyOf(starts, length);
            lines = Arrays.copyOf(lines, length);
        }
    }

    private static int commonFront(byte[] left, byte[] right) {
        int mismatch = Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }

    /** How many bytes two texts end with alike, beside those they begin with alike. */
    private static int commonBack(byte[] left, byte[] right, int front) {
        int limit = Math.min(left.length, right.length) - front;
        int common = 0;
        while (common + BLOCK <= limit
                && Arrays.equals(
                        left,
                        left.length - common - BLOCK,
                        left.length - common,
                        right,
                        right.length - common - BLOCK,
                        right.length - common)) {
            common += BLOCK;
        }
        while (common < limit && left[left.length - common - 1] == right[right.length - common - 1]) {
            common++;
        }
        return common;
    }

    /** A stretch of a text as a key: equal to another one that reads the same and is the same sort of piece. */
    private static final class Stretch {
        private final byte[] text;
        private final int from;
        private final int to;
        private final State state;
        private final int hash;

        Stretch(byte[] text, Cut cut) {
            this(text, cut.start(), cut.next(), cut.state());
        }

        Stretch(byte[] text, int from, int to, State state) {
            this.text = text;
            this.from = from;
            this.to = to;
            this.state = state;
            int sum = 1;
            for (int i = from; i < to; i++) {
                sum = 31 * sum + text[i];
            }
            hash = sum;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Stretch that
                    && state.equals(that.state)
                    && Arrays.equals(text, from, to, that.text, that.from, that.to);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
