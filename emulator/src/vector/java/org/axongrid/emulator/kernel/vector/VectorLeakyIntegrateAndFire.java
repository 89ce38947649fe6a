package org.axongrid.emulator.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.axongrid.emulator.kernel.LeakyIntegrateAndFire;
import org.axongrid.emulator.kernel.LeakyRange;

/**
 * Leaky compartments in two passes: currents and driven voltages beside the old ones, and if none of them left its limits spikes, resets and dead times.
 * What decays is written out twice, because no vector may go through a method of ours ({@link VectorRows}).
 */
final class VectorLeakyIntegrateAndFire {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WORD = 64;

    private VectorLeakyIntegrateAndFire() { }

    static int update(int[] acc, int at, int[] u, int[] v, int[] bias, int[] threshold, int[] dead, LeakyRange range, int from, int to, int[] beside,
                      int[] spikes, int[] before, int n, int active) {
        if (drive(acc, at, u, v, bias, range, from, to, beside)) {
            return -1;
        }
        System.arraycopy(beside, 0, u, from, to - from);
        int counts = fire(acc, at, v, threshold, dead, range, from, to, beside, spikes, before, n, active);
        Arrays.fill(acc, at + from, at + to, 0);
        return counts;
    }

    /** @param beside result: currents, and behind them driven voltages. @return whether anything left its limits */
    private static boolean drive(int[] acc, int at, int[] u, int[] v, int[] bias, LeakyRange range, int from, int to, int[] beside) {
        final int size = to - from;
        final int limit = range.limit();
        final int outside = -2 * limit;
        final int currentLimit = range.currentLimit();
        final int keptCurrent = range.keptCurrent();
        final int keptVoltage = range.keptVoltage();
        IntVector odd = IntVector.zero(SPECIES);
        IntVector oddCurrent = odd;
        IntVector least = odd;
        IntVector most = odd;
        int end = from + SPECIES.loopBound(size);
        int i = from;
        do {
            IntVector q = IntVector.fromArray(SPECIES, acc, at + i);
            IntVector old = IntVector.fromArray(SPECIES, u, i);
            IntVector sign = old.lanewise(VectorOperators.ASHR, 31);
            IntVector magnitude = old.lanewise(VectorOperators.XOR, sign).sub(sign);
            IntVector left = magnitude.lanewise(VectorOperators.LSHR, 12).mul(keptCurrent)
                .add(magnitude.lanewise(VectorOperators.AND, 0xFFF).mul(keptCurrent).lanewise(VectorOperators.LSHR, 12));
            IntVector c = left.lanewise(VectorOperators.XOR, sign).sub(sign).add(q);
            IntVector in = c.add(IntVector.fromArray(SPECIES, bias, i));
            old = IntVector.fromArray(SPECIES, v, i);
            sign = old.lanewise(VectorOperators.ASHR, 31);
            magnitude = old.lanewise(VectorOperators.XOR, sign).sub(sign);
            left = magnitude.lanewise(VectorOperators.LSHR, 12).mul(keptVoltage)
                .add(magnitude.lanewise(VectorOperators.AND, 0xFFF).mul(keptVoltage).lanewise(VectorOperators.LSHR, 12));
            IntVector x = left.lanewise(VectorOperators.XOR, sign).sub(sign).add(in);
            odd = odd.lanewise(VectorOperators.OR, q.add(limit).lanewise(VectorOperators.AND, outside));
            oddCurrent = oddCurrent.lanewise(VectorOperators.OR, c.add(currentLimit).lanewise(VectorOperators.OR, in.add(currentLimit)));
            least = least.min(x);
            most = most.max(x);
            c.intoArray(beside, i - from);
            x.intoArray(beside, size + i - from);
            i += LANES;
        } while (i < end);
        int oddest = odd.reduceLanes(VectorOperators.OR) | oddCurrent.reduceLanes(VectorOperators.OR) & -2 * currentLimit;
        int lowest = least.reduceLanes(VectorOperators.MIN);
        int highest = most.reduceLanes(VectorOperators.MAX);
        for (; i < to; i++) {
            int c = LeakyIntegrateAndFire.decayed(u[i], keptCurrent) + acc[at + i];
            int in = c + bias[i];
            int x = LeakyIntegrateAndFire.decayed(v[i], keptVoltage) + in;
            oddest |= acc[at + i] + limit & outside | (c + currentLimit | in + currentLimit) & -2 * currentLimit;
            lowest = Math.min(lowest, x);
            highest = Math.max(highest, x);
            beside[i - from] = c;
            beside[size + i - from] = x;
        }
        return oddest != 0 || lowest < range.min() || highest > range.max();
    }

    private static int fire(int[] acc, int at, int[] v, int[] threshold, int[] dead, LeakyRange range, int from, int to, int[] beside, int[] spikes,
                            int[] before, int n, int active) {
        final int can = range.fires();
        final int subtracts = range.subtracts();
        final int deadAfter = range.deadAfter();
        final int driven = to - 2 * from;
        int count = n;
        int total = active;
        int words = from + (to - from & -WORD);
        for (int i = from; i < words; i += WORD) {
            long fired = 0;
            long activity = 0;
            for (int k = 0; k < WORD; k += LANES) {
                IntVector left = IntVector.fromArray(SPECIES, dead, i + k).sub(1);
                IntVector x = IntVector.fromArray(SPECIES, beside, driven + i + k).lanewise(VectorOperators.AND, left.lanewise(VectorOperators.ASHR, 31));
                IntVector over = x.sub(IntVector.fromArray(SPECIES, threshold, i + k));
                // Above the threshold, not at it.
                IntVector fires = over.neg().lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.AND, can);
                IntVector now = x.sub(x.sub(over.lanewise(VectorOperators.AND, subtracts)).lanewise(VectorOperators.AND, fires));
                left.max(0).lanewise(VectorOperators.OR, fires.lanewise(VectorOperators.AND, deadAfter)).intoArray(dead, i + k);
                IntVector changed = IntVector.fromArray(SPECIES, acc, at + i + k)
                    .lanewise(VectorOperators.OR, now.lanewise(VectorOperators.XOR, IntVector.fromArray(SPECIES, v, i + k)));
                now.intoArray(v, i + k);
                VectorMask<Integer> firing = fires.compare(VectorOperators.NE, 0);
                fired |= firing.toLong() << k;
                activity |= changed.compare(VectorOperators.NE, 0).toLong() << k;
            }
            FiredWords.list(fired, activity, i, spikes, before, count, total);
            count += Long.bitCount(fired);
            total += Long.bitCount(activity);
        }
        if (words < to) {
            long fired = 0;
            long activity = 0;
            for (int i = words; i < to; i++) {
                int left = dead[i] - 1;
                int x = beside[driven + i] & left >> 31;
                int fires = threshold[i] - x >> 31 & can;
                int now = x & ~fires | x - threshold[i] & fires & subtracts;
                dead[i] = Math.max(left, 0) | deadAfter & fires;
                fired |= fires != 0 ? 1L << i - words : 0;
                activity |= (acc[at + i] | now ^ v[i]) != 0 ? 1L << i - words : 0;
                v[i] = now;
            }
            FiredWords.listExactly(fired, activity, words, spikes, before, count, total);
            count += Long.bitCount(fired);
            total += Long.bitCount(activity);
        }
        return count - n << 16 | total - active;
    }
}
