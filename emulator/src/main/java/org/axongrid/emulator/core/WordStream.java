package org.axongrid.emulator.core;

/**
 * Random words of crossbar cores: xorshift32 with shifts 13, 17, 5, the state after the update being the word. A word follows from the one before through a
 * chain of six operations that must wait for each other; here eight stretches of a chunk are computed side by side. Their starts follow from
 * each other by tables, since the step is linear over bits: the state some steps on is the exclusive or of what each byte of the state comes to.
 */
final class WordStream {
    private static final int LANES = 8;
    /** Words of a lane. */
    private static final int STRETCH = 16;
    private static final int CHUNK = LANES * STRETCH;
    /** By byte of the state and its value: what it comes to {@link #STRETCH} words on. */
    private static final int[] JUMP = jump();

    /** Words drawn ahead. */
    final int[] chunk = new int[CHUNK];
    /** The next of them; all are used up if it is their number. */
    int at;

    private static int[] jump() {
        int[] table = new int[4 * 256];
        for (int i = 0; i < table.length; i++) {
            int x = (i & 255) << 8 * (i >> 8);
            for (int n = 0; n < STRETCH; n++) {
                x = next(x);
            }
            table[i] = x;
        }
        return table;
    }

    /** @return the word after a word */
    static int next(int word) {
        int x = word;
        x ^= x << 13;
        x ^= x >>> 17;
        return x ^ x << 5;
    }

    /** @return the word {@link #STRETCH} words after a word */
    private static int jump(int x) {
        return JUMP[x & 255] ^ JUMP[256 + (x >>> 8 & 255)] ^ JUMP[512 + (x >>> 16 & 255)] ^ JUMP[768 + (x >>> 24)];
    }

    /** Goes on after a word, which may be the seed. */
    void begin(int word) {
        chunk[CHUNK - 1] = word;
        at = CHUNK;
    }

    /** @return the word drawn last, or what {@link #begin} was given */
    int last() {
        return chunk[at - 1];
    }

    /** @return the next word */
    int next() {
        if (at == CHUNK) {
            fill();
        }
        return chunk[at++];
    }

    /** Draws the next words into an array, from its first element on. */
    void take(int[] words, int count) {
        int done = 0;
        while (done < count) {
            if (at == CHUNK) {
                fill();
            }
            int some = Math.min(CHUNK - at, count - done);
            System.arraycopy(chunk, at, words, done, some);
            at += some;
            done += some;
        }
    }

    /** Draws the next words ahead. */
    void fill() {
        int[] w = chunk;
        int a = w[CHUNK - 1];
        int b = jump(a);
        int c = jump(b);
        int d = jump(c);
        int e = jump(d);
        int f = jump(e);
        int g = jump(f);
        int h = jump(g);
        for (int i = 0; i < STRETCH; i++) {
            w[i] = a = next(a);
            w[STRETCH + i] = b = next(b);
            w[2 * STRETCH + i] = c = next(c);
            w[3 * STRETCH + i] = d = next(d);
            w[4 * STRETCH + i] = e = next(e);
            w[5 * STRETCH + i] = f = next(f);
            w[6 * STRETCH + i] = g = next(g);
            w[7 * STRETCH + i] = h = next(h);
        }
        at = 0;
    }
}
