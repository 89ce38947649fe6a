package org.axongrid.emulator.core;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * The neurons of a running TrueNorth core: all that follows the summing of deterministic weights (project reference on TrueNorth, section 3).
 *
 * <p>Random words come from xorshift32, one stream per core, in this order: neurons ascending; of a neuron first one word for each active connected
 * axon with a stochastic weight, axons ascending; then one for a stochastic leak; then one for threshold noise if its mask is not empty. IBM's
 * generator and order are unpublished; this convention makes runs repeatable. Neurons that draw nothing do not have to wait for their turn, so that
 * ranges of them go through loops without branches.
 */
final class TrueNorthNeurons {
    private final LoadedTrueNorthCore core;
    /** By neuron: membrane potential. */
    final int[] v;
    /** By neuron: -1 if it fired in the last tick, else 0. */
    final int[] fired;
    /** Words drawn since the start. */
    long randomWords;
    /** The last word. */
    int random;

    /** By neuron: leak that is always added; the image's until the host writes others. */
    private int[] leak;

    /** Potentials on their way from the last tick's end to this one's. */
    private final int[] next;
    private final int[] turned;
    private int saturations;

    TrueNorthNeurons(LoadedTrueNorthCore core) {
        this.core = core;
        v = new int[core.neurons];
        fired = new int[core.neurons];
        next = new int[core.neurons];
        turned = new int[core.neurons];
        leak = core.leakPlain;
    }

    /** Writes the leak of a neuron whose leak has neither a sign of its own nor chance. */
    void setLeak(int neuron, int value) {
        if (core.leakReversed[neuron] != 0 || core.stochasticLeak[neuron]) {
            throw new IllegalStateException("the leak of neuron " + neuron + " is reversed or stochastic");
        }
        leak = leak == core.leakPlain ? leak.clone() : leak;
        leak[neuron] = value;
    }

    void reset() {
        System.arraycopy(core.initialV, 0, v, 0, v.length);
        random = core.seed;
        randomWords = 0;
    }

    /**
     * Updates all neurons.
     *
     * @param input       by neuron: sum of its deterministic weights
     * @param activeAxons active axons, in their order
     * @param counters    for random words and saturations
     * @return number of neurons that got input or whose potential changed
     */
    int update(int[] input, long[] activeAxons, EventCounters counters) {
        long before = randomWords;
        saturations = 0;
        int changed = 0;
        for (int r = 0; r < core.rangeKind.length; r++) {
            int from = core.rangeFirst[r];
            int to = core.rangeFirst[r + 1];
            if (core.rangeKind[r] == LoadedTrueNorthCore.DETERMINISTIC) {
                changed += deterministic(input, from, to);
            } else if (core.rangeKind[r] == LoadedTrueNorthCore.GENERAL) {
                for (int j = from; j < to; j++) {
                    changed += general(input[j], activeAxons, j);
                }
            }
        }
        counters.randomWords += randomWords - before;
        counters.saturations += saturations;
        return changed;
    }

    private int deterministic(int[] input, int from, int to) {
        if (add(v, input, next, core.unusedBits, from, to) != 0) {
            saturations += saturate(next, core.vMin, core.vMax, from, to);
        }
        if (leak(next, leak, core.leakReversed, core.stopAtZero, core.unusedBits, from, to) != 0) {
            saturations += saturate(next, core.vMin, core.vMax, from, to);
        }
        compare(next, core.upper, core.lower, fired, turned, from, to);
        reset(next, fired, turned, core.upperKeep, core.upperAdd, core.lowerKeep, core.lowerAdd, from, to);
        return commit(next, v, input, from, to);
    }

    // Loops of a few operations, which also older compilers turn into vector instructions.

    /** @return not 0 if a sum needs more than its bits */
    private static int add(int[] v, int[] input, int[] next, int unused, int from, int to) {
        int over = 0;
        for (int j = from; j < to; j++) {
            int x = v[j] + input[j];
            next[j] = x;
            over |= x << unused >> unused ^ x;
        }
        return over;
    }

    /** @return not 0 if a sum needs more than its bits */
    private static int leak(int[] next, int[] plain, int[] reversed, int[] stopAtZero, int unused, int from, int to) {
        int over = 0;
        for (int j = from; j < to; j++) {
            int x = next[j];
            int sign = x >> 31 | -x >>> 31;
            int sum = x + plain[j] + sign * reversed[j];
            sum &= ~((x ^ sum) >> 31 & stopAtZero[j]);
            next[j] = sum;
            over |= sum << unused >> unused ^ sum;
        }
        return over;
    }

    /** @return number of potentials that were limited */
    private static int saturate(int[] next, int min, int max, int from, int to) {
        int count = 0;
        for (int j = from; j < to; j++) {
            int x = Math.max(min, Math.min(max, next[j]));
            count += x == next[j] ? 0 : 1;
            next[j] = x;
        }
        return count;
    }

    /** All ones where the condition holds, else 0. */
    private static void compare(int[] next, int[] upper, int[] lower, int[] fired, int[] turned, int from, int to) {
        for (int j = from; j < to; j++) {
            int fires = ~(next[j] - upper[j] >> 31);
            fired[j] = fires;
            turned[j] = next[j] - lower[j] >> 31 & ~fires;
        }
    }

    private static void reset(int[] next, int[] fired, int[] turned, int[] upperKeep, int[] upperAdd, int[] lowerKeep, int[] lowerAdd, int from,
                              int to) {
        for (int j = from; j < to; j++) {
            int fires = fired[j];
            int turns = turned[j];
            int keep = upperKeep[j] & fires | lowerKeep[j] & turns | ~(fires | turns);
            next[j] = (next[j] & keep) + (upperAdd[j] & fires | lowerAdd[j] & turns);
        }
    }

    /** @return number of neurons that got input or whose potential changed */
    private static int commit(int[] next, int[] v, int[] input, int from, int to) {
        int changed = 0;
        for (int j = from; j < to; j++) {
            int x = next[j];
            changed += notZero(x ^ v[j] | input[j]);
            v[j] = x;
        }
        return changed;
    }

    /** @return 1 if not 0 */
    private static int notZero(int x) {
        return (x | -x) >>> 31;
    }

    /**
     * A neuron with random words or with NeMo's limits.
     *
     * @return 1 if it got input or its potential changed
     */
    private int general(int input, long[] activeAxons, int j) {
        final LoadedTrueNorthCore c = core;
        int before = v[j];
        int sum = input;
        if (c.stochasticColumns[j] != null) {
            sum += drawSynapses(activeAxons, c.stochasticColumns[j], j);
        }
        int x = limited(before + sum);
        x = limited(leaked(j, x));
        int noise = c.noiseMask[j] == 0 ? 0 : nextRandom() & c.noiseMask[j];
        boolean fires = false;
        if (c.rules.overflow() == TrueNorthRules.Overflow.NEMO && Math.abs(x) > TrueNorthRules.Overflow.NEMO_LIMIT) {
            fires = x > 0;
            x = fires ? TrueNorthRules.Overflow.NEMO_LIMIT : -TrueNorthRules.Overflow.NEMO_LIMIT;
            saturations++;
        } else if (x >= c.upper[j] + noise) {
            fires = true;
            x = (x & c.upperKeep[j]) + c.upperAdd[j] - (noise & c.linear[j]);
        } else if (x < c.lower[j] - (noise & c.lowerNoise[j])) {
            x = (x & c.lowerKeep[j]) + c.lowerAdd[j] + (noise & c.linear[j] & c.lowerNoise[j]);
        }
        v[j] = x;
        fired[j] = fires ? -1 : 0;
        return notZero(x ^ before | sum);
    }

    private int leaked(int j, int x) {
        int own = leak[j] + core.leakReversed[j];
        if (core.stochasticLeak[j]) {
            own = contribution(own);
        }
        if (core.leakReversed[j] == 0) {
            return x + own;
        }
        int sum = x + Integer.signum(x) * own;
        return sum & ~((x ^ sum) >> 31 & core.stopAtZero[j]);
    }

    private int drawSynapses(long[] activeAxons, long[] column, int j) {
        int sum = 0;
        for (int w = 0; w < column.length; w++) {
            for (long bits = activeAxons[w] & column[w]; bits != 0; bits &= bits - 1) {
                int type = core.axonType[64 * w + Long.numberOfTrailingZeros(bits)];
                sum += contribution(core.stochasticWeights[type][j]);
            }
        }
        return sum;
    }

    /** @return what a stochastic weight or leak brings: its sign if its magnitude is at least a random byte, else 0 */
    private int contribution(int x) {
        int rho = nextRandom() & 255;
        // All ones if |x| >= rho: whether it is cannot be predicted.
        return (x >> 31 | -x >>> 31) & ~(Math.abs(x) - rho >> 31);
    }

    private int limited(int x) {
        if (core.rules.overflow() == TrueNorthRules.Overflow.NEMO) {
            return x;
        }
        int limited = Math.max(core.vMin, Math.min(core.vMax, x));
        saturations += limited == x ? 0 : 1;
        return limited;
    }

    private int nextRandom() {
        int x = random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        random = x;
        randomWords++;
        return x;
    }
}
