package org.axongrid.emulator.core;

/**
 * Goes any number of words on in the stream of {@link WordStream} at once. A step is linear over bits, so that the word some steps on is the exclusive or
 * of what each byte of the word comes to.
 */
final class WordJump {
    /** Words that one byte of a table's index stands for. */
    private static final int BYTE = 256;
    /** Bytes of a word times their values. */
    private static final int TABLE = 4 * BYTE;
    private static final int DIGIT = 16;
    /** By number of steps below 16, byte of the word and its value. */
    private static final int[] LOW = new int[DIGIT * TABLE];
    /** The same by sixteens of steps. */
    private static final int[] HIGH = new int[DIGIT * TABLE];
    /** The same by powers of two, from 256 steps on. */
    private static final int[] POWERS = new int[(31 - 8) * TABLE];

    static {
        int[] one = new int[32];
        for (int b = 0; b < 32; b++) {
            one[b] = WordStream.next(1 << b);
        }
        int[] sixteen = digits(LOW, one);
        int[] power = digits(HIGH, sixteen);
        for (int p = 0; p < 31 - 8; p++) {
            fill(POWERS, p * TABLE, power);
            power = after(power, POWERS, p * TABLE);
        }
    }

    private WordJump() { }

    /** Fills the tables of 0 to 15 times some steps, which take the single bits to the given words, and returns where 16 times as many take them. */
    private static int[] digits(int[] tables, int[] steps) {
        int[] bits = new int[32];
        for (int b = 0; b < 32; b++) {
            bits[b] = 1 << b;
        }
        int[] table = new int[TABLE];
        fill(table, 0, steps);
        for (int d = 0; d < DIGIT; d++) {
            fill(tables, d * TABLE, bits);
            bits = after(bits, table, 0);
        }
        return bits;
    }

    /** Fills a table from where each single bit goes. */
    private static void fill(int[] tables, int at, int[] bits) {
        for (int i = 0; i < TABLE; i++) {
            int word = 0;
            for (int b = 0; b < 8; b++) {
                word ^= -(i >> b & 1) & bits[(i >> 8) * 8 + b];
            }
            tables[at + i] = word;
        }
    }

    private static int[] after(int[] words, int[] tables, int at) {
        int[] moved = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            moved[i] = look(tables, at, words[i]);
        }
        return moved;
    }

    private static int look(int[] tables, int at, int x) {
        return tables[at + (x & 255)] ^ tables[at + BYTE + (x >>> 8 & 255)] ^ tables[at + 2 * BYTE + (x >>> 16 & 255)] ^ tables[at + 3 * BYTE + (x >>> 24)];
    }

    /**
     * @param word  a word of the stream
     * @param steps how far to go, from 0
     * @return the word so many steps after it
     */
    static int jump(int word, int steps) {
        int x = look(LOW, (steps & 15) * TABLE, word);
        x = look(HIGH, (steps >> 4 & 15) * TABLE, x);
        for (int rest = steps >>> 8; rest != 0; rest &= rest - 1) {
            x = look(POWERS, Integer.numberOfTrailingZeros(rest) * TABLE, x);
        }
        return x;
    }

    /**
     * The words from which neurons draw: each begins where the one before ends.
     *
     * @param word   last word before those of the first neuron
     * @param counts by neuron: words that it draws
     * @param starts by neuron: comes to hold the last word before its own
     * @param n      neurons
     */
    static void starts(int word, int[] counts, int[] starts, int n) {
        // Each jump waits for the one before: four stretches of neurons side by side.
        int quarter = n >> 2;
        int b = 0;
        int c = 0;
        int d = 0;
        for (int j = 0; j < quarter; j++) {
            b += counts[j];
            c += counts[quarter + j];
            d += counts[2 * quarter + j];
        }
        int wa = word;
        int wb = jump(word, b);
        int wc = jump(wb, c);
        int wd = jump(wc, d);
        for (int j = 0; j < quarter; j++) {
            starts[j] = wa;
            wa = jump(wa, counts[j]);
            starts[quarter + j] = wb;
            wb = jump(wb, counts[quarter + j]);
            starts[2 * quarter + j] = wc;
            wc = jump(wc, counts[2 * quarter + j]);
            starts[3 * quarter + j] = wd;
            wd = jump(wd, counts[3 * quarter + j]);
        }
        for (int j = 4 * quarter; j < n; j++) {
            starts[j] = wd;
            wd = jump(wd, counts[j]);
        }
    }
}
