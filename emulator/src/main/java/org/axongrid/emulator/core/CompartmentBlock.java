package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.kernel.FiredCodes;
import org.axongrid.emulator.kernel.IntegrateAndFire;
import org.axongrid.emulator.kernel.LeakyIntegrateAndFire;
import org.axongrid.emulator.kernel.LeakyRange;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.image.NeuronProfile;

/**
 * Updates compartments of a running core in loops without branches: plain ones or those of the Vector API, whichever its kernels are at the moment. A
 * block in which anything leaves its limits stays as it is, for the caller to update one by one.
 */
final class CompartmentBlock {
    /** Compartments of a block at most. */
    static final int SIZE = 1024;
    /** Inputs and currents below this can be added to voltages and biases without leaving an int. */
    static final int LARGEST_INPUT = 1 << 28;
    private static final int WIDEST = 29;

    private final LoadedLoihiCore core;
    private final int[] accumulator;
    private final int[] v;
    private final int[] bias;
    /** Currents; where they do not last, something of which nothing is kept. */
    private final int[] u;
    /** Steps of dead time left; all 0 where there are none. */
    private final int[] dead;
    private final boolean dies;
    private final LeakyRange[] ranges;

    private final int[] lane;
    private final int[] driven;
    private final int[] code;
    private final int[] scratch;
    private final int[] undo = new int[2 * SIZE];
    /** Accumulators of this step where they do not begin with compartment 0. */
    private final int[] input;
    private final int[] current;

    /**
     * @param core        the decoded image
     * @param accumulator dendritic accumulators
     * @param v           voltages
     * @param bias        effective biases
     * @param u           currents, null if none lasts
     * @param dead        steps of dead time left, null if there are none
     */
    CompartmentBlock(LoadedLoihiCore core, int[] accumulator, int[] v, int[] bias, int[] u, int[] dead) {
        this.core = core;
        this.accumulator = accumulator;
        this.v = v;
        this.bias = bias;
        int n = core.compartments;
        boolean leaky = Arrays.stream(core.rangeProfile).anyMatch(p -> !p.isProgrammed() && (p.voltageDecay() != 0 || p.currentDecay() != 4096
            || p.reset() == NeuronProfile.Reset.NONE || p.refractoryDelay() > 1));
        this.u = u != null || !leaky ? u : new int[n];
        this.dead = dead != null || !leaky ? dead : new int[n];
        dies = dead != null;
        current = leaky ? new int[n] : null;
        ranges = Arrays.stream(core.rangeProfile).map(p -> LeakyRange.of(p, Math.min(core.accumulatorBits, WIDEST), Math.min(core.currentBits, WIDEST)))
            .toArray(LeakyRange[]::new);
        lane = FiredCodes.lanes(n);
        driven = new int[n];
        code = new int[n];
        scratch = new int[FiredCodes.scratch(SIZE)];
        input = core.slots > 1 ? new int[n] : null;
    }

    /**
     * Compartments without leak and dead time.
     *
     * @param limit accumulators below it are taken
     * @return active compartments and, from bit 16 on, spikes; negative if nothing was done
     */
    int integrateAndFire(NeuronProfile p, int limit, int slot, int from, int to, int[] spikes, int[] before, int n, int active) {
        boolean soft = p.reset() == NeuronProfile.Reset.SOFT;
        VectorLoops vector = to - from < VectorLoops.LEAST ? null : core.kernels.compartments();
        if (vector != null) {
            return vector.integrateAndFire(accumulator, slot, v, bias, core.threshold, soft, limit, p.vMin(), p.vMax(), from, to, undo, spikes, before, n,
                active);
        }
        int[] in = input(slot, from, to);
        if (IntegrateAndFire.drive(in, v, bias, driven, limit, p.vMin(), p.vMax(), from, to) != 0) {
            return -1;
        }
        if (soft) {
            IntegrateAndFire.resetSoft(in, v, driven, core.threshold, lane, code, from, to);
        } else {
            IntegrateAndFire.resetHard(in, v, driven, core.threshold, lane, code, from, to);
        }
        return end(in, slot, from, to, spikes, before, n, active);
    }

    /** Any other compartments of a range, without noise. @return as {@link #integrateAndFire} */
    int leaky(int range, int slot, int from, int to, int[] spikes, int[] before, int n, int active) {
        LeakyRange r = ranges[range];
        VectorLoops vector = to - from < VectorLoops.LEAST ? null : core.kernels.leakyCompartments();
        if (vector != null) {
            return vector.leakyIntegrateAndFire(accumulator, slot, u, v, bias, core.threshold, dead, r, from, to, undo, spikes, before, n, active);
        }
        int[] in = input(slot, from, to);
        LeakyIntegrateAndFire.decay(u, current, r.keptCurrent(), from, to);
        LeakyIntegrateAndFire.decay(v, driven, r.keptVoltage(), from, to);
        if (LeakyIntegrateAndFire.drive(in, current, driven, bias, r, from, to) != 0) {
            return -1;
        }
        System.arraycopy(current, from, u, from, to - from);
        if (dies) {
            LeakyIntegrateAndFire.wake(dead, driven, from, to);
        }
        LeakyIntegrateAndFire.reset(in, v, driven, core.threshold, lane, code, r, from, to);
        if (dies) {
            LeakyIntegrateAndFire.tire(dead, code, r.deadAfter(), from, to);
        }
        return end(in, slot, from, to, spikes, before, n, active);
    }

    /** Loops have one index for all arrays, so accumulators further on are copied. */
    private int[] input(int slot, int from, int to) {
        if (slot == 0) {
            return accumulator;
        }
        System.arraycopy(accumulator, slot + from, input, from, to - from);
        return input;
    }

    private int end(int[] in, int slot, int from, int to, int[] spikes, int[] before, int n, int active) {
        if (in != accumulator) {
            Arrays.fill(accumulator, slot + from, slot + to, 0);
        }
        return FiredCodes.collect(code, spikes, before, n, active, scratch, from, to);
    }
}
