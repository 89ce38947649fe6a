package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.isa.image.TrueNorthNeuron;

/**
 * The random words of a running TrueNorth core, drawn for a whole tick before its neurons are updated, since no draw depends on a potential.
 *
 * <p>Words come from xorshift32, one stream per core, in this order: neurons ascending; of a neuron first one word for each active connected
 * axon with a stochastic weight, axons ascending; then one for a stochastic leak; then one for threshold noise if its mask is not empty. IBM's
 * generator and order are unpublished; this convention makes runs repeatable.
 *
 * <p>Where synapses are stochastic, words are drawn for all neurons side by side ({@link ChanceLoops}): how many each of them needs is known beforehand, and
 * so where in the stream it begins ({@link WordJump}). Otherwise, and with plain kernels, they are drawn one after the other.
 */
final class TrueNorthDraws {
    private final LoadedTrueNorthCore core;
    /** The last word. */
    int random;
    /** Words drawn since the start. */
    long drawn;

    TrueNorthDraws(LoadedTrueNorthCore core) {
        this.core = core;
    }

    void reset() {
        random = core.seed;
        drawn = 0;
    }

    /**
     * Draws all of a tick's words, adds what stochastic synapses bring to the worker's input, and leaves leaks and noise there.
     *
     * @param leak        by neuron: leak that is always added
     * @param activeAxons active axons in their order, 64 to a word; looked at where synapses are stochastic
     * @return number of words
     */
    int draw(TrueNorthScratch scratch, int[] leak, long[] activeAxons) {
        LoadedTrueNorthCore c = core;
        int words;
        if (c.chance == null) {
            words = inTurn(scratch, leak, activeAxons);
        } else {
            words = count(scratch.counts, activeAxons);
            if (words > 0) {
                sideBySide(scratch, leak, activeAxons);
            }
        }
        drawn += words;
        return words;
    }

    /** @return words of this tick, those of each neuron being left in {@code counts} */
    private int count(int[] counts, long[] activeAxons) {
        int n = core.neurons;
        System.arraycopy(core.chance.others, 0, counts, 0, n);
        for (int w = 0; w < core.chance.columns.length; w++) {
            int bits = (int) (activeAxons[w >> 1] >>> 32 * (w & 1));
            if (bits != 0) {
                CrossbarLoops.countEvents(bits, core.chance.columns[w], counts, n);
            }
        }
        int sum = 0;
        for (int j = 0; j < n; j++) {
            sum += counts[j];
        }
        return sum;
    }

    private void sideBySide(TrueNorthScratch scratch, int[] leak, long[] activeAxons) {
        LoadedTrueNorthCore c = core;
        ChanceColumns chance = c.chance;
        int n = c.neurons;
        int[] word = scratch.word;
        WordJump.starts(random, scratch.counts, word, n);
        for (int w = 0; w < activeAxons.length; w++) {
            for (long bits = activeAxons[w] & chance.axons[w]; bits != 0; bits &= bits - 1) {
                int axon = 64 * w + Long.numberOfTrailingZeros(bits);
                int type = c.axonType[axon];
                ChanceLoops.synapses(chance.columns[axon >> 5], axon & 31, chance.magnitude[type], chance.sign[type], word, scratch.input, n);
            }
        }
        if (c.chanceLeaks) {
            ChanceLoops.leaks(chance.leak, leak, word, scratch.leakPlain, n);
            ChanceLoops.leaks(chance.leak, c.leakReversed, word, scratch.leakReversed, n);
            ChanceLoops.advance(chance.leak, word, n);
        }
        if (c.noisy) {
            ChanceLoops.advance(chance.noise, word, n);
            ChanceLoops.noise(c.noiseMask, word, scratch.noise, n);
        }
        random = word[n - 1];
    }

    private int inTurn(TrueNorthScratch scratch, int[] leak, long[] activeAxons) {
        LoadedTrueNorthCore c = core;
        WordStream words = scratch.words;
        words.begin(random);
        if (c.chanceLeaks) {
            System.arraycopy(leak, 0, scratch.leakPlain, 0, c.neurons);
            System.arraycopy(c.leakReversed, 0, scratch.leakReversed, 0, c.neurons);
        }
        if (c.noisy && !c.allNoisy) {
            Arrays.fill(scratch.noise, 0);
        }
        int count;
        if (c.chanceLeaks || c.chanceSynapses) {
            count = drawMixed(scratch, leak, activeAxons);
        } else if (c.allNoisy) {
            count = c.neurons;
            words.take(scratch.word, count);
            ChanceLoops.noise(c.noiseMask, scratch.word, scratch.noise, count);
        } else {
            count = drawNoise(words, c.drawing, c.noiseMask, scratch.noise);
        }
        random = words.last();
        return count;
    }

    private int drawMixed(TrueNorthScratch scratch, int[] leak, long[] activeAxons) {
        LoadedTrueNorthCore c = core;
        WordStream words = scratch.words;
        int count = 0;
        for (int j : c.drawing) {
            long[] column = c.stochasticColumns[j];
            if (column != null) {
                count += drawSynapses(scratch, activeAxons, column, j);
            }
            if (c.chanceLeaks && c.stochasticLeak[j]) {
                int rho = words.next() & 255;
                scratch.leakPlain[j] = contribution(leak[j], rho);
                scratch.leakReversed[j] = contribution(c.leakReversed[j], rho);
                count++;
            }
            if (c.noiseMask[j] != 0) {
                scratch.noise[j] = words.next() & c.noiseMask[j];
                count++;
            }
        }
        return count;
    }

    private static int drawNoise(WordStream words, int[] drawing, int[] mask, int[] noise) {
        int[] chunk = words.chunk;
        int at = words.at;
        int count = 0;
        for (int j : drawing) {
            // Neurons whose stochastic weights have no synapses draw nothing.
            if (mask[j] != 0) {
                if (at == chunk.length) {
                    words.fill();
                    at = 0;
                }
                noise[j] = chunk[at++] & mask[j];
                count++;
            }
        }
        words.at = at;
        return count;
    }

    private int drawSynapses(TrueNorthScratch scratch, long[] activeAxons, long[] column, int j) {
        int count = 0;
        int sum = 0;
        for (int w = 0; w < column.length; w++) {
            long common = activeAxons[w] & column[w];
            if (common != 0) {
                count += Long.bitCount(common);
                sum += drawWord(scratch.words, common, 64 * w, TrueNorthNeuron.AXON_TYPES * j);
            }
        }
        scratch.input[j] += sum;
        return count;
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
}
