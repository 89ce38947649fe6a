package org.axongrid.mapper.truenorth;

import java.util.Arrays;

/** A growing list of lines. */
final class Lines {
    private long[] at = new long[8];
    private int count;

    void add(long line) {
        if (count == at.length) {
            at = Arrays.copyOf(at, 2 * count);
        }
        at[count++] = line;
    }

    /**
     * Adds the lines by which a source brings a weight.
     *
     * @param source its gate
     * @param weight in weight units
     * @param bits   digits, one axon type each; the highest is negative
     */
    void addWeight(int source, int weight, int bits) {
        int top = 1 << bits - 1;
        int[] perType = new int[bits];
        int rest = weight;
        if (weight >= top) {
            int largest = top / 2;
            perType[bits - 2] = weight / largest;
            rest = weight % largest;
        } else if (weight < -top) {
            perType[bits - 1] = -weight / top;
            rest = weight + perType[bits - 1] * top;
        }
        for (int g = 0; g < bits; g++) {
            perType[g] += rest >> g & 1;
            for (int n = 0; n < perType[g]; n++) {
                add(Gate.line(source, g, n));
            }
        }
    }

    /** @return number of lines that {@link #addWeight} adds */
    static int count(int weight, int bits) {
        Lines lines = new Lines();
        lines.addWeight(0, weight, bits);
        return lines.count;
    }

    int count() {
        return count;
    }

    long[] toArray() {
        return Arrays.copyOf(at, count);
    }
}
