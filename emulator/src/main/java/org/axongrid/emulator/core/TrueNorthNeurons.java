package org.axongrid.emulator.core;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * The neurons of a running TrueNorth core: all that follows the summing of deterministic weights (project reference on TrueNorth, section 3). Random words
 * are drawn first ({@link TrueNorthDraws}), so that what follows goes through loops without branches.
 */
final class TrueNorthNeurons {
    private final LoadedTrueNorthCore core;
    /** By neuron: membrane potential. */
    final int[] v;
    final TrueNorthDraws draws;
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
        draws = new TrueNorthDraws(core);
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
        draws.reset();
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
            counters.randomWords += draws.draw(scratch, leak, activeAxons);
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
