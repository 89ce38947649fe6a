package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.fixed.FixedPoint;
import org.axongrid.isa.fixed.Xorshift32;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Noise;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.synapse.SynapseFormat;

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
    /** What programs work on, null if the core has none. */
    private final NeuronBlock block;
    private int random;
    private final int[] refractory;
    private final int[] bias;
    /** By spike: active updates before its compartment's, from which its time within the step follows. */
    private final int[] activeBefore;
    /** By spike: program cycles before it, its own update's included; null where no compartment is programmed. */
    private final int[] cyclesBefore;
    private boolean simple;

    private int active;
    private int programmedRunning;
    private int softActive;
    private int softSpikes;
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
        boolean programs = false;
        for (NeuronProfile p : core.rangeProfile) {
            programs |= p.isProgrammed();
            if (p.isProgrammed()) {
                continue;
            }
            currents |= p.currentDecay() < FixedPoint.DECAY_ONE;
            refractories |= p.refractoryDelay() > 1;
        }
        u = currents ? new int[n] : null;
        refractory = refractories ? new int[n] : null;
        bias = core.bias.clone();
        block = programs ? programmed() : null;
        cyclesBefore = programs ? new int[n] : null;
        activeBefore = new int[n];
        outPathPs = new int[out.length];
        for (int o = 0; o < out.length; o++) {
            int hops = core.outHopsX[o] + core.outHopsY[o];
            outPathPs[o] = hops == 0 ? costs.withinTilePs() : core.outHopsX[o] * costs.hopXPs() + core.outHopsY[o] * costs.hopYPs();
        }
        reset();
    }

    private NeuronBlock programmed() {
        int[][] words = new int[core.initialState.length + 1][];
        words[0] = v;
        for (int w = 1; w < words.length; w++) {
            words[w] = new int[v.length];
        }
        NeuronBlock b = new NeuronBlock(words, core.probes ? new int[NeuronProgram.PROBES][v.length] : null, accumulator, bias, spikes,
            new int[v.length]);
        b.inputStride = core.compartments;
        b.accumulatorUnused = core.arithmetic == Arithmetic.NENGO_LOIHI ? 32 - core.accumulatorBits : 0;
        b.payloadMax = core.payloadMax;
        return b;
    }

    @Override
    public void reset() {
        random = core.seed;
        if (block != null) {
            block.random = core.seed;
            for (int w = 0; w < core.initialState.length; w++) {
                System.arraycopy(core.initialState[w], 0, block.words[w + 1], 0, v.length);
            }
            for (int c = 0; block.probes != null && c < block.probes.length; c++) {
                Arrays.fill(block.probes[c], 0);
            }
        }
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
        softActive = 0;
        softSpikes = 0;
        int slot = core.slots == 1 ? 0 : t % core.slots * core.slotSize;
        if (block != null) {
            block.cycles = 0;
            block.active = 0;
            programmedRunning = 0;
        }
        for (int r = 0; r < core.rangeProfile.length; r++) {
            NeuronProfile p = core.rangeProfile[r];
            int from = core.rangeFirst[r];
            int to = core.rangeFirst[r + 1];
            if (t < p.startStep() || t >= p.startStep() + window) {
                if (received || core.slots > 1) {
                    requireQuiet(slot, from, to, t);
                }
            } else if (p.isProgrammed()) {
                runProgram(r, slot, t - p.startStep() + 1);
            } else if (simple && p.currentDecay() == FixedPoint.DECAY_ONE && p.voltageDecay() == 0 && p.reset() == NeuronProfile.Reset.SOFT
                && p.refractoryDelay() == 1 && p.noise() == Noise.NONE) {
                runNative(p, slot, from, to, true);
            } else {
                runNative(p, slot, from, to, false);
            }
        }
        int sent = send(t);
        counters.spikes += spikeCount;
        counters.updatesActive += active;
        counters.updatesIdle += core.updatedCompartments - active;
        int cycles = countPrograms();
        long secondPs = core.twoCompartments ? secondCompartments() : 0;
        computePs = (long) active * costs.updateActivePs() + (long) (core.updatedCompartments - active) * costs.updateIdlePs()
            + (long) cycles * costs.microcodeCyclePs() + (long) spikeCount * costs.spikePs() + (long) sent * costs.messageOutPs() + secondPs;
    }

    @Override
    public void forEachMessage(MessageVisitor visitor) {
        int sent = 0;
        for (int s = 0; s < spikeCount; s++) {
            int before = activeBefore[s];
            int nativeBefore = core.nativeBefore[spikes[s]];
            int own = core.nativeBefore[spikes[s] + 1] - nativeBefore;
            long updated = (before + (long) own) * costs.updateActivePs() + (long) (nativeBefore - before) * costs.updateIdlePs()
                + (cyclesBefore == null ? 0 : (long) cyclesBefore[s] * costs.microcodeCyclePs()) + (s + 1L) * costs.spikePs();
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

    private void runNative(NeuronProfile p, int slot, int from, int to, boolean simplest) {
        int spikesBefore = spikeCount;
        int before = active;
        if (simplest) {
            integrateAndFire(p, slot, from, to);
        } else {
            leakyIntegrateAndFire(p, slot, from, to);
        }
        nativeSpikes(spikesBefore);
        if (p.reset() == NeuronProfile.Reset.SOFT) {
            softActive += active - before;
            softSpikes += spikeCount - spikesBefore;
        }
    }

    /** Compartments of one range, by their program. Spikes of all ranges share the list, as compartments ascend. */
    private void runProgram(int range, int slot, int time) {
        block.inputOffset = slot;
        block.constants = core.rangeConstants[range];
        block.time = time;
        block.spikeCount = spikeCount;
        core.rangeKernel[range].update(block, core.rangeFirst[range], core.rangeFirst[range + 1]);
        programmedRunning += core.rangeFirst[range + 1] - core.rangeFirst[range];
        Arrays.fill(activeBefore, spikeCount, block.spikeCount, active);
        System.arraycopy(block.spikeCycles, spikeCount, cyclesBefore, spikeCount, block.spikeCount - spikeCount);
        spikeCount = block.spikeCount;
    }

    /**
     * What the second compartments of soft resets cost: each was idle or active as its dendrite, and each spike came back as a message with one
     * synapse (project reference on Loihi, section 2.4). @return time of it, ps
     */
    private long secondCompartments() {
        counters.updatesActive += softActive;
        counters.updatesIdle -= softActive;
        counters.resetMessages += softSpikes;
        counters.messages += softSpikes;
        counters.messagesWithinTile += softSpikes;
        counters.messagesReceived += softSpikes;
        int kind = SynapseFormat.Kind.DENSE.ordinal();
        counters.synapticOperations[kind] += softSpikes;
        return (long) softActive * (costs.updateActivePs() - costs.updateIdlePs())
            + (long) softSpikes * (costs.messageOutPs() + costs.messageInPs() + costs.synapticPs()[kind]);
    }

    private void nativeSpikes(int from) {
        if (cyclesBefore != null) {
            Arrays.fill(cyclesBefore, from, spikeCount, block.cycles);
            Arrays.fill(block.payloads, from, spikeCount, 1);
        }
    }

    private int countPrograms() {
        if (block == null) {
            return 0;
        }
        counters.microcodeCycles += block.cycles;
        counters.microcodeInstructions += block.instructions;
        counters.saturations += block.saturations;
        counters.accumulatorWraps += block.wraps;
        counters.programmedActive += block.active;
        counters.programmedIdle += programmedRunning - block.active;
        block.instructions = 0;
        block.saturations = 0;
        block.wraps = 0;
        return block.cycles;
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

    /** Input outside of a compartment's window would be lost, so it is an error of whoever made the image. */
    private void requireQuiet(int slot, int from, int to, int t) {
        for (int k = 0; k < core.inputs; k++) {
            requireQuiet(slot + k * core.compartments, from, to, t, core.index);
        }
    }

    private void requireQuiet(int slot, int from, int to, int t, int index) {
        for (int i = from; i < to; i++) {
            if (accumulator[slot + i] != 0) {
                throw new IllegalStateException("core " + index + " compartment " + i + " receives input in step " + t
                    + ", outside of its window");
            }
        }
    }

    @Override
    public int payload(int spike) {
        return block == null ? 1 : block.payloads[spike];
    }

    @Override
    public int state(int word, int compartment) {
        if (block == null || word == 0) {
            return super.state(word, compartment);
        }
        return block.words[word][compartment];
    }

    @Override
    public int probed(int channel, int compartment) {
        return block == null || block.probes == null ? super.probed(channel, compartment) : block.probes[channel][compartment];
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
            int payload = payload(s);
            for (int o = core.groupOut[group]; o < last; o++) {
                out[o].push(t + core.outSteps[o], core.outLine[o] + atom, payload);
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
