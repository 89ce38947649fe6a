package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.fixed.FixedPoint;
import org.axongrid.isa.image.NeuronProfile;

/**
 * A running Loihi-style core. In a time-step it takes its messages, adds the synapse rows they select to the dendritic accumulators, updates
 * its compartments and sends a message per spike and destination core.
 */
final class LoihiCore extends Neurocore {
    private final LoadedLoihiCore core;
    private final MessageQueue[] out;
    private final int[] outPathPs;
    private final EventCounters counters;
    private final StepCosts costs;

    private final Dendrites dendrites;
    private final int[] accumulator;
    private final int[] v;
    private int[] u;
    private final int[] refractory;
    private final int[] bias;
    /** By spike: active updates before its compartment's, from which its time within the step follows. */
    private final int[] activeBefore;
    private boolean simple;

    private int active;
    private long computePs;
    private int pathPs;

    /**
     * @param core     its decoded image
     * @param inbox    its queues, by sending worker
     * @param host     the one of them that the host writes, or null
     * @param out      by output axon, the destination's queue for the worker that runs this core
     * @param counters that worker's
     * @param costs    times of its operations
     */
    LoihiCore(LoadedLoihiCore core, MessageQueue[] inbox, MessageQueue host, MessageQueue[] out, EventCounters counters, StepCosts costs) {
        super(inbox, host, core.compartments);
        this.core = core;
        this.out = out;
        this.counters = counters;
        this.costs = costs;
        int n = core.compartments;
        dendrites = new Dendrites(core, counters, costs);
        accumulator = dendrites.accumulator;
        simple = core.arithmetic == Arithmetic.NENGO_LOIHI;
        v = new int[n];
        boolean currents = false;
        boolean refractories = false;
        for (NeuronProfile p : core.rangeProfile) {
            currents |= p.currentDecay() < FixedPoint.DECAY_ONE;
            refractories |= p.refractoryDelay() > 1;
        }
        u = currents ? new int[n] : null;
        refractory = refractories ? new int[n] : null;
        bias = core.bias.clone();
        activeBefore = new int[n];
        outPathPs = new int[out.length];
        for (int o = 0; o < out.length; o++) {
            int hops = core.outHopsX[o] + core.outHopsY[o];
            outPathPs[o] = hops == 0 ? costs.withinTilePs() : core.outHopsX[o] * costs.hopXPs() + core.outHopsY[o] * costs.hopYPs();
        }
        reset();
    }

    @Override
    public void reset() {
        Arrays.fill(accumulator, 0);
        System.arraycopy(core.initialV, 0, v, 0, v.length);
        if (u != null) {
            Arrays.fill(u, 0);
        }
        if (refractory != null) {
            Arrays.fill(refractory, 0);
        }
        super.reset();
    }

    @Override
    public void setBias(int compartment, int effective) {
        bias[compartment] = effective;
    }

    @Override
    public int voltage(int compartment) {
        return v[compartment];
    }

    @Override
    public int current(int compartment) {
        if (u == null) {
            throw new IllegalStateException("core " + core.index + " keeps no currents");
        }
        return u[compartment];
    }

    @Override
    public void observeCurrents() {
        simple = false;
        if (u == null) {
            u = new int[v.length];
        }
    }

    @Override
    public void clear(int compartment) {
        v[compartment] = 0;
        if (u != null) {
            u[compartment] = 0;
        }
    }

    @Override
    int firstLine(int axon) {
        return core.axonLine[axon];
    }

    @Override
    public long computePs() {
        return computePs;
    }

    @Override
    public long receivePs() {
        return dendrites.receivePs();
    }

    @Override
    public int pathPs() {
        return pathPs;
    }

    @Override
    public void step(int t, int window) {
        boolean received = dendrites.receive(inbox, t);
        spikeCount = 0;
        active = 0;
        int slot = core.slots == 1 ? 0 : t % core.slots * core.compartments;
        for (int r = 0; r < core.rangeProfile.length; r++) {
            NeuronProfile p = core.rangeProfile[r];
            int from = core.rangeFirst[r];
            int to = core.rangeFirst[r + 1];
            if (t < p.startStep() || t >= p.startStep() + window) {
                if (received || core.slots > 1) {
                    requireQuiet(slot, from, to, t);
                }
            } else if (simple && p.currentDecay() == FixedPoint.DECAY_ONE && p.voltageDecay() == 0 && p.reset() == NeuronProfile.Reset.SOFT
                && p.refractoryDelay() == 1) {
                integrateAndFire(p, slot, from, to);
            } else {
                leakyIntegrateAndFire(p, slot, from, to);
            }
        }
        int sent = send(t);
        counters.spikes += spikeCount;
        counters.updatesActive += active;
        counters.updatesIdle += core.updatedCompartments - active;
        computePs = (long) active * costs.updateActivePs() + (long) (core.updatedCompartments - active) * costs.updateIdlePs()
            + (long) spikeCount * costs.spikePs() + (long) sent * costs.messageOutPs();
    }

    @Override
    public void forEachMessage(MessageVisitor visitor) {
        int sent = 0;
        for (int s = 0; s < spikeCount; s++) {
            int before = activeBefore[s];
            long updated = (before + 1L) * costs.updateActivePs() + (long) (spikes[s] - before) * costs.updateIdlePs()
                + (s + 1L) * costs.spikePs();
            int group = core.groupOf[spikes[s]];
            if (group < 0) {
                continue;
            }
            int atom = spikes[s] - core.groupFirst[group];
            for (int o = core.groupOut[group]; o < core.groupOut[group + 1]; o++) {
                visitor.message(core.outCore[o], core.outLine[o] + atom, core.outSteps[o], updated + ++sent * (long) costs.messageOutPs());
            }
        }
    }

    @Override
    public long servicePs(int line) {
        int row = core.lineRow[line];
        return costs.messageInPs() + (long) core.rowSynapses[row] * costs.synapticPs()[core.rowKind[row]];
    }

    /** Soft reset, no leak, no synaptic current memory: the neuron of converted networks. */
    private void integrateAndFire(NeuronProfile p, int slot, int from, int to) {
        final int[] acc = accumulator;
        final int unused = 32 - core.accumulatorBits;
        final int unusedCurrent = 32 - core.currentBits;
        final int vMin = p.vMin();
        final int vMax = p.vMax();
        final int[] threshold = core.threshold;
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
                now -= threshold[i];
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
        for (int i = from; i < to; i++) {
            int q = arithmetic.accumulated(accumulator[slot + i], core.accumulatorBits);
            if (q != accumulator[slot + i]) {
                counters.accumulatorWraps++;
            }
            accumulator[slot + i] = 0;
            int current = arithmetic.current(u == null ? 0 : FixedPoint.decay(u[i], p.currentDecay()), q, core.currentBits);
            if (u != null) {
                u[i] = current;
            }
            int before = v[i];
            int input = arithmetic.driven(current, bias[i], core.currentBits);
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

    /** Input outside of a compartment's window would be lost, so it is an error of whoever made the image. */
    private void requireQuiet(int slot, int from, int to, int t) {
        for (int i = from; i < to; i++) {
            if (accumulator[slot + i] != 0) {
                throw new IllegalStateException("core " + core.index + " compartment " + i + " receives input in step " + t
                    + ", outside of its window");
            }
        }
    }

    private int send(int t) {
        int sent = 0;
        int longest = 0;
        for (int s = 0; s < spikeCount; s++) {
            int group = core.groupOf[spikes[s]];
            if (group < 0) {
                continue;
            }
            int atom = spikes[s] - core.groupFirst[group];
            int last = core.groupOut[group + 1];
            for (int o = core.groupOut[group]; o < last; o++) {
                out[o].push(t + core.outSteps[o], core.outLine[o] + atom);
                int x = core.outHopsX[o];
                int y = core.outHopsY[o];
                counters.hopsX += x;
                counters.hopsY += y;
                counters.chipCrossings += core.outCrossings[o];
                if ((x | y) == 0) {
                    counters.messagesWithinTile++;
                }
                if (core.outSteps[o] == 1) {
                    longest = Math.max(longest, outPathPs[o]);
                }
                sent++;
            }
        }
        counters.messages += sent;
        pathPs = longest;
        return sent;
    }
}
