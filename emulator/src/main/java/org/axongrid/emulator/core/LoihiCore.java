package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * A running Loihi-style core. In a time-step it takes its messages, adds the synapse rows they select to the dendritic accumulators, updates
 * its compartments and sends a message per spike and destination core.
 */
final class LoihiCore extends Neurocore {
    private final LoadedLoihiCore core;
    private final EventCounters counters;
    private final StepCosts costs;

    private final Dendrites dendrites;
    private final int[] accumulator;
    private final NativeCompartments natives;
    /** Null if the core has none. */
    private final ProgrammedCompartments programmed;
    /** Null if all compartments are updated in each step. */
    private final ActiveBlocks blocks;
    private final LoihiOutput output;

    /** By state word: what the host wrote instead of the image's; null if nothing. */
    private int[][] ownInitial;
    private int softActive;
    private int softSpikes;
    private long computePs;
    private int sent;
    /** Whether the last step was only counted. */
    private boolean slept;
    private long drainPs;
    /** Steps in a row without messages. */
    private int silentSteps;
    /** Steps in a row in which nothing moved. */
    private int stillSteps;

    /**
     * @param core     its decoded image
     * @param inbox    its queues, by sending worker
     * @param host     the one of them that the host writes, or null
     * @param out      by output axon, the destination's queue for the worker that runs this core
     * @param counters its own
     * @param costs    times of its operations
     * @param services times to receive its messages
     */
    LoihiCore(LoadedLoihiCore core, MessageQueue[] inbox, MessageQueue host, MessageQueue[] out, EventCounters counters, StepCosts costs,
              ServiceTimes services) {
        super(inbox, host, core.compartments);
        this.core = core;
        this.counters = counters;
        this.costs = costs;
        dendrites = new Dendrites(core, counters, costs);
        accumulator = dendrites.accumulator;
        boolean programs = Arrays.stream(core.rangeProfile).anyMatch(NeuronProfile::isProgrammed);
        output = new LoihiOutput(core, out, counters, costs, services, spikes, programs);
        natives = new NativeCompartments(core, accumulator, spikes, output.activeBefore, counters);
        programmed = programs ? new ProgrammedCompartments(core, this, natives, accumulator, output, counters) : null;
        blocks = ActiveBlocks.of(core, natives, counters);
        dendrites.blocks = blocks;
        reset();
    }

    @Override
    public void setInitial(int word, int compartment, int value) {
        if (ownInitial == null) {
            ownInitial = new int[core.initialState.length + 1][];
            ownInitial[0] = core.initialV.clone();
            for (int w = 1; w < ownInitial.length; w++) {
                ownInitial[w] = core.initialState[w - 1].clone();
            }
        }
        ownInitial[word][compartment] = value;
    }

    @Override
    public void restoreInitial() {
        ownInitial = null;
    }

    @Override
    public void reset() {
        natives.reset(ownInitial == null ? core.initialV : ownInitial[0]);
        if (programmed != null) {
            programmed.reset(ownInitial);
        }
        Arrays.fill(accumulator, 0);
        silentSteps = 0;
        stillSteps = 0;
        if (blocks != null) {
            blocks.reset();
        }
        output.reset();
        super.reset();
    }

    @Override
    public void setBiases(int compartment, int[] mantissas, int from, int to, int exponent) {
        natives.setBiases(compartment, mantissas, from, to, exponent);
        written();
    }

    @Override
    public int voltage(int compartment) {
        return natives.v[compartment];
    }

    @Override
    public int current(int compartment) {
        return natives.current(compartment);
    }

    @Override
    public void observeCurrents() {
        natives.observeCurrents();
        written();
    }

    @Override
    public void clear(int compartment) {
        natives.clear(compartment);
        written();
    }

    private void written() {
        wake();
        if (blocks != null) {
            blocks.write();
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
    public long drainPs() {
        return drainPs;
    }

    @Override
    public long stagePs(Stage stage) {
        return switch (stage) {
            case DECODE, FETCH, ACCUMULATE -> dendrites.stagePs(stage);
            case SCAN -> costs.coreStepPs();
            case INTEGRATE -> 0;
            case UPDATE -> computePs - costs.coreStepPs() - stagePs(Stage.SPIKE) - stagePs(Stage.SEND);
            case SPIKE -> (long) spikeCount * costs.spikePs();
            case SEND -> (long) (sent + softSpikes) * costs.messageOutPs();
        };
    }

    @Override
    public void step(int t, int window) {
        boolean received = dendrites.receive(inbox, t);
        silentSteps = received ? 0 : silentSteps + 1;
        boolean phase = changesPhase(t, window);
        slept = resting && !received && !phase;
        if (slept) {
            countRest(1);
            drainPs = output.drainPs(t, 0, 0);
            computePs = restingPs();
            return;
        }
        long saturations = counters.saturations;
        if (blocks != null) {
            if (phase) {
                blocks.write();
            }
            blocks.begin(t % core.slots, natives.active);
        }
        spikeCount = 0;
        natives.active = 0;
        softActive = 0;
        softSpikes = 0;
        int slot = core.slots == 1 ? 0 : t % core.slots * core.slotSize;
        if (programmed != null) {
            programmed.beginStep();
        }
        for (int r = 0; r < core.rangeProfile.length; r++) {
            NeuronProfile p = core.rangeProfile[r];
            int from = core.rangeFirst[r];
            int to = core.rangeFirst[r + 1];
            if (t < p.startStep() || t >= p.startStep() + window) {
                if (t - p.startStep() == window) {
                    forget(slot, from, to);
                } else if (received || core.slots > 1) {
                    requireQuiet(slot, from, to, t);
                }
            } else if (p.isProgrammed()) {
                programmed.update(r, slot, t - p.startStep() + 1, natives.active);
            } else {
                runNative(r, slot, from, to);
            }
        }
        sent = output.send(t, spikeCount, programmed == null ? null : programmed.payloads());
        drainPs = output.drainPs(t, spikeCount, sent);
        heldUntil = output.heldUntil();
        counters.spikes += spikeCount;
        int active = natives.active;
        counters.updatesActive += active;
        counters.updatesIdle += core.updatedCompartments - active;
        int cycles = programmed == null ? 0 : programmed.endStep();
        long secondPs = core.twoCompartments ? secondCompartments() : 0;
        computePs = costs.coreStepPs() + (long) active * costs.updateActivePs() + (long) (core.updatedCompartments - active) * costs.updateIdlePs()
            + (long) cycles * costs.microcodeCyclePs() + (long) spikeCount * costs.spikePs() + (long) sent * costs.messageOutPs() + secondPs;
        boolean still = programmed == null && core.kernels != Kernels.PLAIN && silentSteps >= core.slots && active == 0 && spikeCount == 0
            && counters.saturations == saturations && natives.isStill();
        stillSteps = still ? stillSteps + 1 : 0;
        resting = stillSteps >= natives.stepsToRest();
    }

    @Override
    int[] startSteps() {
        return Arrays.stream(core.rangeProfile).mapToInt(NeuronProfile::startStep).toArray();
    }

    /** No compartment is active, all are visited. */
    @Override
    long restingPs() {
        return costs.coreStepPs() + (long) core.updatedCompartments * costs.updateIdlePs();
    }

    @Override
    void countRest(int steps) {
        counters.updatesIdle += (long) steps * core.updatedCompartments;
    }

    /** @return whether compartments start or stop running in a step */
    private boolean changesPhase(int t, int window) {
        for (NeuronProfile p : core.rangeProfile) {
            if (t == p.startStep() || t - p.startStep() == window) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void forEachMessage(MessageVisitor visitor) {
        output.forEachMessage(spikeCount, visitor);
    }

    @Override
    public long servicePs(int line) {
        int row = core.row(line);
        return costs.servicePs(core.rows.words(row), core.rows.synapses(row), core.rows.kind(row));
    }

    @Override
    public long servicePs(int line, Stage stage) {
        int row = core.row(line);
        return switch (stage) {
            case DECODE -> costs.messageInPs();
            case FETCH -> costs.fetchPs(core.rows.words(row));
            case ACCUMULATE -> (long) core.rows.synapses(row) * costs.synapticPs()[core.rows.kind(row)];
            default -> 0;
        };
    }

    @Override
    long hostNs() {
        if (slept) {
            return HostCosts.VISIT_NS;
        }
        int programs = programmed == null ? 0 : programmed.running;
        int visited = blocks == null ? core.compartments - programs : blocks.visitedCompartments();
        return HostCosts.VISIT_NS + (long) dendrites.hostNs() + visited + programs * (long) HostCosts.PROGRAM_NS
            + sent * (long) HostCosts.MESSAGE_NS;
    }

    private void runNative(int range, int slot, int from, int to) {
        int spikesBefore = spikeCount;
        int before = natives.active;
        natives.spikeCount = spikeCount;
        if (blocks == null) {
            natives.update(range, slot, from, to);
        } else {
            blocks.update(range, slot, from, to);
        }
        spikeCount = natives.spikeCount;
        if (programmed != null) {
            programmed.nativeSpikes(spikesBefore);
        }
        if (core.rangeProfile[range].reset() == NeuronProfile.Reset.SOFT) {
            softActive += natives.active - before;
            softSpikes += spikeCount - spikesBefore;
        }
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

    /** What a population sent itself in its last step comes when nobody waits for it any more. */
    private void forget(int slot, int from, int to) {
        for (int k = 0; k < core.inputs; k++) {
            Arrays.fill(accumulator, slot + k * core.compartments + from, slot + k * core.compartments + to, 0);
        }
    }

    /** Input outside of a compartment's window would be lost, so it is an error of whoever made the image. */
    private void requireQuiet(int slot, int from, int to, int t) {
        for (int k = 0; k < core.inputs; k++) {
            for (int i = from; i < to; i++) {
                if (accumulator[slot + k * core.compartments + i] != 0) {
                    throw new IllegalStateException("core " + core.index + " compartment " + i + " receives input in step " + t
                        + ", outside of its window");
                }
            }
        }
    }

    @Override
    public int payload(int spike) {
        return programmed == null ? 1 : programmed.payloads()[spike];
    }

    @Override
    public int state(int word, int compartment) {
        return programmed == null || word == 0 ? super.state(word, compartment) : programmed.state(word, compartment);
    }

    @Override
    public int probed(int channel, int compartment) {
        return programmed == null || !programmed.hasProbes() ? super.probed(channel, compartment) : programmed.probed(channel, compartment);
    }
}
