package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronProgram;

/** Compartments of one running core whose neurons are programs: their state words and their update. */
final class ProgrammedCompartments {
    /** Compartments updated in this step. */
    int running;

    private final LoihiCore owner;
    private final LoadedLoihiCore core;
    private final LoihiOutput output;
    private final EventCounters counters;
    private final NeuronBlock block;

    /**
     * @param core        its decoded image
     * @param owner       the running core, of which spikes are listed
     * @param natives     its other compartments, with the voltages and biases of all
     * @param accumulator dendritic accumulators
     * @param output      told when spikes are ready
     * @param counters    of the core
     */
    ProgrammedCompartments(LoadedLoihiCore core, LoihiCore owner, NativeCompartments natives, int[] accumulator, LoihiOutput output,
                           EventCounters counters) {
        this.core = core;
        this.owner = owner;
        this.output = output;
        this.counters = counters;
        int[][] words = new int[core.initialState.length + 1][];
        int n = core.compartments;
        words[0] = natives.v;
        for (int w = 1; w < words.length; w++) {
            words[w] = new int[n];
        }
        block = new NeuronBlock(words, core.probes ? new int[NeuronProgram.PROBES][n] : null, accumulator, natives.bias, owner.spikes, new int[n]);
        block.inputStride = n;
        block.accumulatorUnused = core.arithmetic == Arithmetic.NENGO_LOIHI ? 32 - core.accumulatorBits : 0;
        block.payloadMax = core.payloadMax;
    }

    /** Back to the start; {@code ownInitial} by state word is what the host wrote instead of the image's, or null. */
    void reset(int[][] ownInitial) {
        block.random = core.seed;
        for (int w = 0; w < core.initialState.length; w++) {
            System.arraycopy(ownInitial == null ? core.initialState[w] : ownInitial[w + 1], 0, block.words[w + 1], 0, core.compartments);
        }
        for (int c = 0; block.probes != null && c < block.probes.length; c++) {
            Arrays.fill(block.probes[c], 0);
        }
    }

    void beginStep() {
        block.cycles = 0;
        block.active = 0;
        running = 0;
    }

    /** Updates the compartments of one range in step {@code time} of theirs. Spikes of all ranges share the list, as compartments ascend. */
    void update(int range, int slot, int time, int nativeActive) {
        int before = owner.spikeCount;
        block.inputOffset = slot;
        block.constants = core.rangeConstants[range];
        block.time = time;
        block.spikeCount = before;
        core.rangeKernel[range].update(block, core.rangeFirst[range], core.rangeFirst[range + 1]);
        running += core.rangeFirst[range + 1] - core.rangeFirst[range];
        Arrays.fill(output.activeBefore, before, block.spikeCount, nativeActive);
        System.arraycopy(block.spikeCycles, before, output.cyclesBefore, before, block.spikeCount - before);
        owner.spikeCount = block.spikeCount;
    }

    /** Notes spikes of other compartments, from number {@code from} on. */
    void nativeSpikes(int from) {
        Arrays.fill(output.cyclesBefore, from, owner.spikeCount, block.cycles);
        Arrays.fill(block.payloads, from, owner.spikeCount, 1);
    }

    /** @return the step's cycles */
    int endStep() {
        counters.microcodeCycles += block.cycles;
        counters.microcodeInstructions += block.instructions;
        counters.saturations += block.saturations;
        counters.accumulatorWraps += block.wraps;
        counters.programmedActive += block.active;
        counters.programmedIdle += running - block.active;
        block.instructions = 0;
        block.saturations = 0;
        block.wraps = 0;
        return block.cycles;
    }

    /** @return by spike of the step its payload */
    int[] payloads() {
        return block.payloads;
    }

    int state(int word, int compartment) {
        return block.words[word][compartment];
    }

    boolean hasProbes() {
        return block.probes != null;
    }

    int probed(int channel, int compartment) {
        return block.probes[channel][compartment];
    }
}
