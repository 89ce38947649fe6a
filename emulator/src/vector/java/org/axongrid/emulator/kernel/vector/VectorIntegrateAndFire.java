package org.axongrid.emulator.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Integrate-and-fire compartments in one pass: new voltages are written at once, old ones beside them, and taken back if anything turns out to have left
 * its limits. C2 of JDK 17 has no instructions for masks, so that it is slow there.
 */
final class VectorIntegrateAndFire {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WORD = 64;

    private VectorIntegrateAndFire() { }

    static int update(int[] acc, int at, int[] v, int[] bias, int[] threshold, boolean soft, int limit, int min, int max, int from, int to, int[] undo,
                      int[] spikes, int[] before, int n, int active) {
        final int outside = -2 * limit;
        IntVector odd = IntVector.zero(SPECIES);
        IntVector least = odd;
        IntVector most = odd;
        int count = n;
        int total = active;
        int words = from + (to - from & -WORD);
        int i = from;
        do {
            long fired = 0;
            long activity = 0;
            for (int k = 0; k < WORD; k += LANES) {
                IntVector q = IntVector.fromArray(SPECIES, acc, at + i + k);
                IntVector old = IntVector.fromArray(SPECIES, v, i + k);
                IntVector x = old.add(q.add(IntVector.fromArray(SPECIES, bias, i + k)));
                odd = odd.lanewise(VectorOperators.OR, q.add(limit).lanewise(VectorOperators.AND, outside));
                least = least.min(x);
                most = most.max(x);
                IntVector theta = IntVector.fromArray(SPECIES, threshold, i + k);
                old.intoArray(undo, i - from + k);
                VectorMask<Integer> fires = x.compare(VectorOperators.GT, theta);
                IntVector now = soft ? x.sub(theta, fires) : x.blend(0, fires);
                now.intoArray(v, i + k);
                fired |= fires.toLong() << k;
                activity |= q.lanewise(VectorOperators.OR, now.lanewise(VectorOperators.XOR, old)).compare(VectorOperators.NE, 0).toLong() << k;
            }
            FiredWords.list(fired, activity, i, spikes, before, count, total);
            count += Long.bitCount(fired);
            total += Long.bitCount(activity);
            i += WORD;
        } while (i < words);
        int oddest = odd.reduceLanes(VectorOperators.OR);
        int lowest = least.reduceLanes(VectorOperators.MIN);
        int highest = most.reduceLanes(VectorOperators.MAX);
        if (words < to) {
            long fired = 0;
            long activity = 0;
            for (i = words; i < to; i++) {
                int q = acc[at + i];
                int old = v[i];
                int x = old + (q + bias[i]);
                oddest |= q + limit & outside;
                lowest = Math.min(lowest, x);
                highest = Math.max(highest, x);
                boolean fires = x > threshold[i];
                int now = fires ? soft ? x - threshold[i] : 0 : x;
                undo[i - from] = old;
                v[i] = now;
                fired |= fires ? 1L << i - words : 0;
                activity |= (q | now ^ old) != 0 ? 1L << i - words : 0;
            }
            FiredWords.listExactly(fired, activity, words, spikes, before, count, total);
            count += Long.bitCount(fired);
            total += Long.bitCount(activity);
        }
        if (oddest != 0 || lowest < min || highest > max) {
            System.arraycopy(undo, 0, v, from, to - from);
            return -1;
        }
        Arrays.fill(acc, at + from, at + to, 0);
        return count - n << 16 | total - active;
    }
}
