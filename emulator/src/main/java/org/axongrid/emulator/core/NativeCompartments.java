package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.fixed.FixedPoint;
import org.axongrid.isa.fixed.Xorshift32;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Noise;

/** Compartments with Loihi 1's own arithmetic: registers of one running core and their update. */
final class NativeCompartments {
    /** Compartments that go through loops together: their data stay in the first-level cache. */
    private static final int BLOCK = CompartmentBlock.SIZE;
    /** What voltages and thresholds must stay below for sums of them to fit an int. */
    private static final int LARGEST = 1 << 29;

    /** Voltages; programs of other compartments use it as their first state word. */
    final int[] v;
    /** Bias registers, of programmed compartments too. */
    final int[] bias;
    /** Active updates in this step so far. */
    int active;
    /** Spikes in this step so far, those of programs too. */
    int spikeCount;

    private final LoadedLoihiCore core;
    private final EventCounters counters;
    private final int[] accumulator;
    private final int[] spikes;
    private final int[] activeBefore;
    private final int[] refractory;
    private final boolean noiseless;
    private int[] u;
    private int random;
    /** Whether loops without branches may be taken at all. */
    private boolean simple;
    /** Whether voltages are small enough for them. */
    private boolean small;
    /** Largest magnitude of a bias so far. */
    private int largestBias;
    /** Accumulators that loops without leak take are below this power of two; 0 if a bias is too large for any. */
    private int inputLimit;
    /** What loops work with; null where compartments go one by one. */
    private final CompartmentBlock block;

    /**
     * @param core         its decoded image
     * @param accumulator  dendritic accumulators
     * @param spikes       where spikes go
     * @param activeBefore by spike: active updates before its compartment's
     * @param counters     of the worker that runs the core
     */
    NativeCompartments(LoadedLoihiCore core, int[] accumulator, int[] spikes, int[] activeBefore, EventCounters counters) {
        this.core = core;
        this.accumulator = accumulator;
        this.spikes = spikes;
        this.activeBefore = activeBefore;
        this.counters = counters;
        simple = core.arithmetic == Arithmetic.NENGO_LOIHI;
        int n = core.compartments;
        v = new int[n];
        bias = core.bias.clone();
        boolean currents = false;
        boolean refractories = false;
        for (NeuronProfile p : core.rangeProfile) {
            currents |= !p.isProgrammed() && p.currentDecay() < FixedPoint.DECAY_ONE;
            refractories |= !p.isProgrammed() && p.refractoryDelay() > 1;
        }
        noiseless = Arrays.stream(core.rangeProfile).allMatch(p -> p.noise().target() == Noise.Target.NOTHING);
        u = currents ? new int[n] : null;
        refractory = refractories ? new int[n] : null;
        boolean blocks = simple && core.kernels != Kernels.PLAIN && Arrays.stream(core.threshold).allMatch(t -> t < LARGEST);
        block = blocks ? new CompartmentBlock(core, accumulator, v, bias, u, refractory) : null;
        limitInput(Arrays.stream(bias).map(Math::abs).max().orElse(0));
    }

    void reset(int[] initialV) {
        random = core.seed;
        System.arraycopy(initialV, 0, v, 0, v.length);
        small = true;
        for (int voltage : initialV) {
            small &= voltage > -LARGEST && voltage < LARGEST;
        }
        if (u != null) {
            Arrays.fill(u, 0);
        }
        if (refractory != null) {
            Arrays.fill(refractory, 0);
        }
    }

    /** Writes biases of neighbouring compartments, mantissas from element {@code from} to {@code to - 1}. */
    void setBiases(int compartment, int[] mantissas, int from, int to, int exponent) {
        int largest = 0;
        for (int i = from; i < to; i++) {
            int effective = mantissas[i] << exponent;
            bias[compartment + i - from] = effective;
            // Magnitudes less one of negative values, so that none of them overflows here.
            largest = Math.max(largest, effective ^ effective >> 31);
        }
        if (largest >= largestBias) {
            limitInput(largest + 1);
        }
    }

    /** Input plus any bias must fit a current, or the loops without leak would have to wrap it. */
    private void limitInput(int magnitude) {
        largestBias = magnitude < 0 ? Integer.MAX_VALUE : magnitude;
        long most = Math.min(1L << core.accumulatorBits - 1, (1L << core.currentBits - 1) - largestBias);
        inputLimit = (int) Math.min(CompartmentBlock.LARGEST_INPUT, Long.highestOneBit(Math.max(0, most)));
    }

    int current(int compartment) {
        if (u == null) {
            throw new IllegalStateException("core " + core.index + " keeps no currents");
        }
        return u[compartment];
    }

    void observeCurrents() {
        simple = false;
        if (u == null) {
            u = new int[v.length];
        }
    }

    void clear(int compartment) {
        v[compartment] = 0;
        if (u != null) {
            u[compartment] = 0;
        }
    }

    /** Updates the compartments {@code from .. to - 1} of one range of profiles; {@code slot} is where their accumulators of this step begin. */
    void update(int range, int slot, int from, int to) {
        NeuronProfile p = core.rangeProfile[range];
        boolean leaky = p.currentDecay() != FixedPoint.DECAY_ONE || p.voltageDecay() != 0 || p.reset() == NeuronProfile.Reset.NONE
            || p.refractoryDelay() > 1;
        boolean quiet = simple && p.noise().target() == Noise.Target.NOTHING;
        if (block == null || !quiet || !small || p.vMin() <= -LARGEST || p.vMax() >= LARGEST || !leaky && inputLimit == 0) {
            one(p, quiet && !leaky, slot, from, to);
            return;
        }
        for (int at = from; at < to; at += BLOCK) {
            int end = Math.min(to, at + BLOCK);
            int counts = leaky ? block.leaky(range, slot, at, end, spikes, activeBefore, spikeCount, active)
                : block.integrateAndFire(p, inputLimit, slot, at, end, spikes, activeBefore, spikeCount, active);
            if (counts < 0) {
                one(p, !leaky, slot, at, end);
            } else {
                spikeCount += counts >>> 16;
                active += counts & 0xFFFF;
            }
        }
    }

    /** @return whether what a step without input and activity left changes nothing in the next one: no current or dead time runs down, nothing is drawn */
    boolean isStill() {
        return noiseless && isStill(0, v.length);
    }

    /** @return whether no current or dead time of some compartments runs down */
    boolean isStill(int from, int to) {
        return isZero(u, from, to) && isZero(refractory, from, to);
    }

    /** @return steps after which a still core repeats itself: a dead time that ended in one lets the next one move */
    int stepsToRest() {
        return refractory == null ? 1 : 2;
    }

    private static boolean isZero(int[] a, int from, int to) {
        int any = 0;
        for (int i = from; a != null && i < to; i++) {
            any |= a[i];
        }
        return any == 0;
    }

    /** One compartment after the other. */
    private void one(NeuronProfile p, boolean plain, int slot, int from, int to) {
        if (plain) {
            integrateAndFire(p, slot, from, to);
        } else {
            leakyIntegrateAndFire(p, slot, from, to);
        }
    }

    /** No leak, no synaptic current memory: the neuron of converted networks, one after the other. */
    private void integrateAndFire(NeuronProfile p, int slot, int from, int to) {
        final int[] acc = accumulator;
        final int unused = 32 - core.accumulatorBits;
        final int unusedCurrent = 32 - core.currentBits;
        final int vMin = p.vMin();
        final int vMax = p.vMax();
        final int[] threshold = core.threshold;
        final boolean soft = p.reset() == NeuronProfile.Reset.SOFT;
        int n = spikeCount;
        int busy = 0;
        for (int i = from; i < to; i++) {
            int q = acc[slot + i];
            acc[slot + i] = 0;
            int wrapped = q << unused >> unused;
            if (wrapped != q) {
                counters.accumulatorWraps++;
            }
            int before = v[i];
            int now = before + ((wrapped + bias[i]) << unusedCurrent >> unusedCurrent);
            if (now < vMin) {
                now = vMin;
                counters.saturations++;
            } else if (now > vMax) {
                now = vMax;
                counters.saturations++;
            }
            if (now > threshold[i]) {
                now = soft ? now - threshold[i] : 0;
                activeBefore[n] = active + busy;
                spikes[n++] = i;
            }
            if ((wrapped | now ^ before) != 0) {
                busy++;
            }
            v[i] = now;
        }
        spikeCount = n;
        active += busy;
    }

    /** The full compartment: project reference on Loihi, section 2.2. */
    private void leakyIntegrateAndFire(NeuronProfile p, int slot, int from, int to) {
        final Arithmetic arithmetic = core.arithmetic;
        final Noise noise = p.noise();
        final boolean dendritic = noise.target() == Noise.Target.DENDRITE;
        final boolean membrane = noise.target() == Noise.Target.MEMBRANE;
        for (int i = from; i < to; i++) {
            int sum = accumulator[slot + i] + (dendritic ? noise.sample(nextRandom()) : 0);
            int q = arithmetic.accumulated(sum, core.accumulatorBits);
            if (q != sum) {
                counters.accumulatorWraps++;
            }
            accumulator[slot + i] = 0;
            int current = arithmetic.current(u == null ? 0 : FixedPoint.decay(u[i], p.currentDecay()), q, core.currentBits);
            if (u != null) {
                u[i] = current;
            }
            int before = v[i];
            int input = arithmetic.driven(current, bias[i] + (membrane ? noise.sample(nextRandom()) : 0), core.currentBits);
            long unlimited = (long) FixedPoint.decay(before, p.voltageDecay()) + input;
            int now = arithmetic.limitsVoltage() ? FixedPoint.clamp(unlimited, p.vMin(), p.vMax()) : (int) unlimited;
            if (now != unlimited) {
                counters.saturations++;
            }
            int dead = refractory == null ? 0 : refractory[i];
            if (dead > 0) {
                now = 0;
            }
            if (p.reset() != NeuronProfile.Reset.NONE && now > core.threshold[i]) {
                now = p.reset() == NeuronProfile.Reset.SOFT ? now - core.threshold[i] : 0;
                activeBefore[spikeCount] = active;
                spikes[spikeCount++] = i;
                dead = p.refractoryDelay();
            }
            if (refractory != null) {
                refractory[i] = Math.max(dead - 1, 0);
            }
            if ((q | now ^ before) != 0) {
                active++;
            }
            v[i] = now;
        }
    }

    private int nextRandom() {
        random = Xorshift32.next(random);
        return random;
    }
}
