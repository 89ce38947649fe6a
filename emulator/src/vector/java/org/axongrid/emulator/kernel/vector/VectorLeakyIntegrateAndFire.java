package org.axongrid.emulator.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.axongrid.emulator.kernel.LeakyIntegrateAndFire;
import org.axongrid.emulator.kernel.LeakyRange;

/** Leaky compartments in one pass, as {@link VectorIntegrateAndFire}; old voltages, currents and dead times are kept beside. */
final class VectorLeakyIntegrateAndFire {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WORD = 64;

    private VectorLeakyIntegrateAndFire() { }

    static int update(int[] acc, int at, int[] u, int[] v, int[] bias, int[] threshold, int[] dead, LeakyRange range, int from, int to, int[] undo,
                      int[] spikes, int[] before, int n, int active) {
        final int size = to - from;
        final int limit = range.limit();
        final int outside = -2 * limit;
        final int currentLimit = range.currentLimit();
        final int outsideCurrent = -2 * currentLimit;
        final int keptCurrent = range.keptCurrent();
        final int keptVoltage = range.keptVoltage();
        final int can = range.fires();
        final int subtracts = range.subtracts();
        final int deadAfter = range.deadAfter();
        IntVector odd = IntVector.zero(SPECIES);
        IntVector oddCurrent = odd;
        IntVector least = odd;
        IntVector most = odd;
        int count = n;
        int total = active;
        int words = from + (size & -WORD);
        for (int i = from; i < words; i += WORD) {
            long fired = 0;
            long activity = 0;
            for (int k = 0; k < WORD; k += LANES) {
                IntVector q = IntVector.fromArray(SPECIES, acc, at + i + k);
                IntVector oldU = IntVector.fromArray(SPECIES, u, i + k);
                IntVector oldV = IntVector.fromArray(SPECIES, v, i + k);
                IntVector oldDead = IntVector.fromArray(SPECIES, dead, i + k);
                IntVector c = decayed(oldU, keptCurrent).add(q);
                IntVector in = c.add(IntVector.fromArray(SPECIES, bias, i + k));
                IntVector x = decayed(oldV, keptVoltage).add(in);
                odd = odd.lanewise(VectorOperators.OR, q.add(limit).lanewise(VectorOperators.AND, outside));
                oddCurrent = oddCurrent.lanewise(VectorOperators.OR, c.add(currentLimit).lanewise(VectorOperators.OR, in.add(currentLimit)));
                least = least.min(x);
                most = most.max(x);
                IntVector left = oldDead.sub(1);
                IntVector awake = left.lanewise(VectorOperators.ASHR, 31);
                x = x.lanewise(VectorOperators.AND, awake);
                IntVector theta = IntVector.fromArray(SPECIES, threshold, i + k);
                IntVector fires = theta.sub(x).lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.AND, can);
                IntVector now = x.lanewise(VectorOperators.AND_NOT, fires)
                    .lanewise(VectorOperators.OR, x.sub(theta).lanewise(VectorOperators.AND, fires).lanewise(VectorOperators.AND, subtracts));
                oldV.intoArray(undo, i - from + k);
                oldU.intoArray(undo, size + i - from + k);
                oldDead.intoArray(undo, 2 * size + i - from + k);
                now.intoArray(v, i + k);
                c.intoArray(u, i + k);
                left.lanewise(VectorOperators.AND_NOT, awake).lanewise(VectorOperators.OR, fires.lanewise(VectorOperators.AND, deadAfter)).intoArray(dead, i + k);
                IntVector changed = q.lanewise(VectorOperators.OR, now.lanewise(VectorOperators.XOR, oldV));
                if (LaneBits.MASKS) {
                    fired |= fires.compare(VectorOperators.NE, 0).toLong() << k;
                    activity |= changed.compare(VectorOperators.NE, 0).toLong() << k;
                } else {
                    int bits = LaneBits.both(fires, changed);
                    fired |= (long) (bits >>> 16) << k;
                    activity |= (long) (bits & 0xFFFF) << k;
                }
            }
            FiredWords.list(fired, activity, i, spikes, before, count, total);
            count += Long.bitCount(fired);
            total += Long.bitCount(activity);
        }
        int oddest = odd.reduceLanes(VectorOperators.OR) | oddCurrent.reduceLanes(VectorOperators.OR) & outsideCurrent;
        int lowest = least.reduceLanes(VectorOperators.MIN);
        int highest = most.reduceLanes(VectorOperators.MAX);
        if (words < to) {
            long fired = 0;
            long activity = 0;
            for (int i = words; i < to; i++) {
                int q = acc[at + i];
                int old = v[i];
                undo[i - from] = old;
                undo[size + i - from] = u[i];
                undo[2 * size + i - from] = dead[i];
                int c = LeakyIntegrateAndFire.decayed(u[i], keptCurrent) + q;
                int in = c + bias[i];
                int x = LeakyIntegrateAndFire.decayed(old, keptVoltage) + in;
                oddest |= q + limit & outside | (c + currentLimit | in + currentLimit) & outsideCurrent;
                lowest = Math.min(lowest, x);
                highest = Math.max(highest, x);
                int left = dead[i] - 1;
                int awake = left >> 31;
                x &= awake;
                int fires = threshold[i] - x >> 31 & can;
                int now = x & ~fires | x - threshold[i] & fires & subtracts;
                u[i] = c;
                v[i] = now;
                dead[i] = left & ~awake | deadAfter & fires;
                fired |= fires != 0 ? 1L << i - words : 0;
                activity |= (q | now ^ old) != 0 ? 1L << i - words : 0;
            }
            FiredWords.listExactly(fired, activity, words, spikes, before, count, total);
            count += Long.bitCount(fired);
            total += Long.bitCount(activity);
        }
        if (oddest != 0 || lowest < range.min() || highest > range.max()) {
            System.arraycopy(undo, 0, v, from, size);
            System.arraycopy(undo, size, u, from, size);
            System.arraycopy(undo, 2 * size, dead, from, size);
            return -1;
        }
        Arrays.fill(acc, at + from, at + to, 0);
        return count - n << 16 | total - active;
    }

    /** {@link LeakyIntegrateAndFire#decayed}. */
    private static IntVector decayed(IntVector x, int kept) {
        IntVector sign = x.lanewise(VectorOperators.ASHR, 31);
        IntVector magnitude = x.lanewise(VectorOperators.XOR, sign).sub(sign);
        IntVector left = magnitude.lanewise(VectorOperators.LSHR, 12).mul(kept)
            .add(magnitude.lanewise(VectorOperators.AND, 0xFFF).mul(kept).lanewise(VectorOperators.LSHR, 12));
        return left.lanewise(VectorOperators.XOR, sign).sub(sign);
    }
}
