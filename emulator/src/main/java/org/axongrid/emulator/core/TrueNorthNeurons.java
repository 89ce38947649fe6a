package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * The neurons of a running TrueNorth core: all that follows the summing of deterministic weights (project reference on TrueNorth, section 3).
 *
 * <p>Random words come from xorshift32, one stream per core, in this order: neurons ascending; of a neuron first one word for each active connected
 * axon with a stochastic weight, axons ascending; then one for a stochastic leak; then one for threshold noise if its mask is not empty. IBM's
 * generator and order are unpublished; this convention makes runs repeatable. No draw depends on a potential, so that all words are drawn first and what
 * follows goes through loops without branches.
 */
final class TrueNorthNeurons {
    private final LoadedTrueNorthCore core;
    /** By neuron: membrane potential. */
    final int[] v;
    /** Words drawn since the start. */
    long randomWords;
    /** The last word. */
    int random;
    /** Neurons that fired in the last tick. */
    int firedCount;
    /** Potentials limited in the last tick. */
    int saturations;

    /** By neuron: leak that is always added; the image's until the host writes others. */
    private int[] leak;
    private int largestLeak;
    /** No potential is larger in magnitude: whole runs pass without one that could leave its register, and need no limiting. */
    private int bound;

    TrueNorthNeurons(LoadedTrueNorthCore core) {
        this.core = core;
        v = new int[core.neurons];
        leak = core.leakPlain;
        largestLeak = core.largestLeak;
    }

    /** Writes the leak of a neuron whose leak has neither a sign of its own nor chance. */
    void setLeak(int neuron, int value) {
        if (core.leakReversed[neuron] != 0 || core.chanceLeaks && core.stochasticLeak[neuron]) {
            throw new IllegalStateException("the leak of neuron " + neuron + " is reversed or stochastic");
        }
        leak = leak == core.leakPlain ? leak.clone() : leak;
        leak[neuron] = value;
        largestLeak = Math.max(largestLeak, Math.abs(value));
    }

    void reset() {
        System.arraycopy(core.initialV, 0, v, 0, v.length);
        bound = LoadedTrueNorthCore.largest(v);
        random = core.seed;
        randomWords = 0;
    }

    /**
     * Updates all neurons.
     *
     * @param scratch     of the worker; its input holds the sums of deterministic weights and comes to hold all
     * @param activeAxons active axons in their order, 64 to a word; looked at where synapses are stochastic
     * @param active      number of active axons
     * @param counters    for random words and saturations
     * @return number of neurons that got input or whose potential changed
     */
    int update(TrueNorthScratch scratch, long[] activeAxons, int active, EventCounters counters) {
        LoadedTrueNorthCore c = core;
        int n = c.neurons;
        int[] plain = leak;
        int[] reversed = c.leakReversed;
        if (c.drawing.length > 0) {
            draw(scratch, activeAxons, counters);
            plain = c.chanceLeaks ? scratch.leakPlain : plain;
            reversed = c.chanceLeaks ? scratch.leakReversed : reversed;
        }
        saturations = 0;
        if (c.nemo) {
            nemo(scratch, plain, reversed);
        } else {
            sum(scratch, plain, reversed, active);
            if (c.noisy) {
                TrueNorthLoops.compare(scratch.next, c.upper, c.lower, scratch.noise, c.lowerNoise, scratch.fired, scratch.turned, n);
            } else {
                TrueNorthLoops.compare(scratch.next, c.upper, c.lower, scratch.fired, scratch.turned, n);
            }
            TrueNorthLoops.reset(scratch.next, scratch.fired, scratch.turned, c.upperKeep, c.upperAdd, c.lowerKeep, c.lowerAdd, n);
            if (c.noisy) {
                TrueNorthLoops.resetNoise(scratch.next, scratch.fired, scratch.turned, scratch.noise, c.linear, c.lowerNoise, n);
            }
        }
        counters.saturations += saturations;
        int changed = 0;
        firedCount = 0;
        for (int from = 0; from < n; from += TrueNorthLoops.COUNTED) {
            int counts = TrueNorthLoops.commit(scratch.next, v, scratch.input, scratch.fired, from, Math.min(n, from + TrueNorthLoops.COUNTED));
            changed += TrueNorthLoops.changed(counts);
            firedCount += TrueNorthLoops.fired(counts);
        }
        return changed;
    }

    /** Steps 1 and 2: input and leak. */
    private void sum(TrueNorthScratch scratch, int[] plain, int[] reversed, int active) {
        int n = core.neurons;
        long most = (long) active * core.largestWeight + largestLeak;
        if (bound + most > core.vMax) {
            bound = LoadedTrueNorthCore.largest(v);
        }
        boolean within = bound + most <= core.vMax;
        if (within && !core.reversing) {
            TrueNorthLoops.sum(v, scratch.input, plain, scratch.next, n);
        } else {
            TrueNorthLoops.sum(v, scratch.input, scratch.next, n);
            saturations += within ? 0 : TrueNorthLoops.saturate(scratch.next, core.vMin, core.vMax, n);
            TrueNorthLoops.leak(scratch.next, plain, reversed, core.stopAtZero, n);
            saturations += within ? 0 : TrueNorthLoops.saturate(scratch.next, core.vMin, core.vMax, n);
        }
        bound = (int) Math.max(core.largestReset, Math.min(bound + most, core.vMax + 1L));
    }

    /** Draws all of a tick's words and adds what stochastic synapses bring. */
    private void draw(TrueNorthScratch scratch, long[] activeAxons, EventCounters counters) {
        LoadedTrueNorthCore c = core;
        WordStream words = scratch.words;
        words.begin(random);
        if (c.chanceLeaks) {
            System.arraycopy(leak, 0, scratch.leakPlain, 0, c.neurons);
            System.arraycopy(c.leakReversed, 0, scratch.leakReversed, 0, c.neurons);
        }
        if (c.noisy) {
            Arrays.fill(scratch.noise, 0);
        }
        long drawn = c.chanceLeaks || c.chanceSynapses ? drawMixed(scratch, activeAxons) : drawNoise(words, c.drawing, c.noiseMask, scratch.noise);
        random = words.last();
        randomWords += drawn;
        counters.randomWords += drawn;
    }

    private long drawMixed(TrueNorthScratch scratch, long[] activeAxons) {
        LoadedTrueNorthCore c = core;
        WordStream words = scratch.words;
        long drawn = 0;
        for (int j : c.drawing) {
            long[] column = c.stochasticColumns[j];
            if (column != null) {
                drawn += drawSynapses(scratch, activeAxons, column, j);
            }
            if (c.chanceLeaks && c.stochasticLeak[j]) {
                int rho = words.next() & 255;
                scratch.leakPlain[j] = contribution(leak[j], rho);
                scratch.leakReversed[j] = contribution(c.leakReversed[j], rho);
                drawn++;
            }
            if (c.noiseMask[j] != 0) {
                scratch.noise[j] = words.next() & c.noiseMask[j];
                drawn++;
            }
        }
        return drawn;
    }

    private static int drawNoise(WordStream words, int[] drawing, int[] mask, int[] noise) {
        int[] chunk = words.chunk;
        int at = words.at;
        int drawn = 0;
        for (int j : drawing) {
            // Neurons whose stochastic weights have no synapses draw nothing.
            if (mask[j] != 0) {
                if (at == chunk.length) {
                    words.fill();
                    at = 0;
                }
                noise[j] = chunk[at++] & mask[j];
                drawn++;
            }
        }
        words.at = at;
        return drawn;
    }

    private int drawSynapses(TrueNorthScratch scratch, long[] activeAxons, long[] column, int j) {
        int drawn = 0;
        int sum = 0;
        for (int w = 0; w < column.length; w++) {
            long common = activeAxons[w] & column[w];
            if (common != 0) {
                drawn += Long.bitCount(common);
                sum += drawWord(scratch.words, common, 64 * w, TrueNorthNeuron.AXON_TYPES * j);
            }
        }
        scratch.input[j] += sum;
        return drawn;
    }

    /** What the stochastic synapses with some of 64 axons bring. */
    private int drawWord(WordStream words, long common, int firstAxon, int firstWeight) {
        byte[] types = core.axonType;
        int[] magnitude = core.stochasticMagnitude;
        int[] sign = core.stochasticSign;
        int[] chunk = words.chunk;
        int at = words.at;
        int sum = 0;
        for (long bits = common; bits != 0; bits &= bits - 1) {
            if (at == chunk.length) {
                words.fill();
                at = 0;
            }
            int w = firstWeight + types[firstAxon + Long.numberOfTrailingZeros(bits)];
            sum += sign[w] & ~(magnitude[w] - (chunk[at++] & 255) >> 31);
        }
        words.at = at;
        return sum;
    }

    /** @return what a stochastic weight or leak brings: its sign if its magnitude is at least a random byte, else 0 */
    private static int contribution(int x, int rho) {
        // All ones if |x| >= rho: whether it is cannot be predicted.
        return (x >> 31 | -x >>> 31) & ~(Math.abs(x) - rho >> 31);
    }

    /** The neurons under NeMo's limits, one after the other. */
    private void nemo(TrueNorthScratch scratch, int[] plain, int[] reversed) {
        LoadedTrueNorthCore c = core;
        for (int j = 0; j < c.neurons; j++) {
            int x = v[j] + scratch.input[j];
            int sum = x + plain[j] + Integer.signum(x) * reversed[j];
            x = sum & ~((x ^ sum) >> 31 & c.stopAtZero[j]);
            int noise = c.noiseMask[j] == 0 ? 0 : scratch.noise[j];
            boolean fires = false;
            if (Math.abs(x) > TrueNorthRules.Overflow.NEMO_LIMIT) {
                fires = x > 0;
                x = fires ? TrueNorthRules.Overflow.NEMO_LIMIT : -TrueNorthRules.Overflow.NEMO_LIMIT;
                saturations++;
            } else if (x >= c.upper[j] + noise) {
                fires = true;
                x = (x & c.upperKeep[j]) + c.upperAdd[j] - (noise & c.linear[j]);
            } else if (x < c.lower[j] - (noise & c.lowerNoise[j])) {
                x = (x & c.lowerKeep[j]) + c.lowerAdd[j] + (noise & c.linear[j] & c.lowerNoise[j]);
            }
            scratch.next[j] = x;
            scratch.fired[j] = fires ? -1 : 0;
        }
    }
}
