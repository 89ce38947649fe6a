package org.axongrid.emulator.layer;

import java.util.Arrays;
import java.util.function.Consumer;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * Runs batches of inputs, one thread's. Layer after layer: the sums of all time-steps and inputs of the batch, then the compartments of each input through its
 * time-steps. A layer with many neurons takes the inputs of a batch in groups, so that their sums stay in the cache.
 */
final class LayerWorker {
    /** Sums that a group of inputs takes at most, unless it is one. */
    private static final long GROUP_BYTES = 512 * 1024;

    private final LayeredSystem system;
    private final LayerCosts prices;
    private final StepCosts costs;
    private final Timing timing;
    private final int window;
    private final int steps;
    private final SpikeFrame[][] frames;
    private int[][] sums = new int[0][];
    private final LayerState[] states;
    private final InputTimes[] times;
    private final int[][] readouts;
    private final int[][][] biases;
    private final long[] resting;

    private final EventCounters host = new EventCounters();
    private final EventCounters[] byCore;
    private final StepTimes all = new StepTimes();
    /** By synapses and part. */
    private final ReceivePart.Totals[][] totals;
    private final long[][] partPs;
    /** By layer, piece and axon group: spikes. */
    private final long[][][] groupSpikes;

    LayerWorker(LayeredSystem system, LayerCosts prices, Timing timing, int window, int batch) {
        this.system = system;
        this.prices = prices;
        this.timing = timing;
        this.window = window;
        costs = prices.costs;
        ChipImage image = system.image();
        ChipSpec chip = image.chip();
        steps = window + image.depth();
        int layers = system.layers.length;
        frames = new SpikeFrame[layers][batch * window];
        states = new LayerState[layers];
        groupSpikes = new long[layers][][];
        int payloadMax = chip.hasGradedSpikes() ? (int) ((1L << chip.get(ChipParameter.SPIKE_PAYLOAD_BITS) - 1) - 1) : 1;
        for (int l = 0; l < layers; l++) {
            LoadedLayer layer = system.layers[l];
            // A layer that nobody hears has frames too: updates write to them.
            boolean used = layer.pieces.length > 0;
            boolean counted = countsRanges(l);
            for (int f = 0; f < frames[l].length && used; f++) {
                frames[l][f] = new SpikeFrame(layer.layer.positions(), layer.layer.channels(), layer.graded, counted);
            }
            states[l] = layer.pieces.length == 0 ? null
                : new LayerState(layer, chip.get(ChipParameter.ACCUMULATOR_BITS), chip.get(ChipParameter.CURRENT_BITS), payloadMax);
            PieceOutput[] outputs = prices.outputs[l];
            groupSpikes[l] = Arrays.stream(outputs).map(o -> new long[o.messages.length]).toArray(long[][]::new);
        }
        byCore = new EventCounters[image.cores().size()];
        Arrays.setAll(byCore, c -> new EventCounters());
        times = new InputTimes[batch];
        Arrays.setAll(times, b -> new InputTimes(steps));
        readouts = new int[batch][];
        biases = new int[batch][][];
        totals = new ReceivePart.Totals[prices.parts.length][];
        partPs = new long[prices.parts.length][];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = new ReceivePart.Totals[prices.parts[i].length];
            Arrays.setAll(totals[i], p -> new ReceivePart.Totals());
            partPs[i] = new long[totals[i].length];
        }
        resting = new long[steps + 1];
        for (int t = 1; t <= steps; t++) {
            for (int l = 0; l < layers; l++) {
                int start = system.layers[l].startStep();
                resting[t] = t >= start && t < start + window ? resting[t] : Math.max(resting[t], prices.restPs[l]);
            }
        }
    }

    private boolean countsRanges(int layer) {
        for (int i = 0; i < prices.parts.length; i++) {
            if (system.synapses().get(i).source() == layer && Arrays.stream(prices.parts[i]).anyMatch(ReceivePart::countsRanges)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param first first input
     * @param count how many, no more than the batch has room for
     * @param input gives them
     * @param sink  gets the results
     */
    void run(int first, int count, LayerInput input, Consumer<InferenceResult> sink) {
        for (int b = 0; b < count; b++) {
            biases[b] = input.biases(first + b);
            for (int[] own : biases[b]) {
                host.hostBiasWrites += own.length;
            }
            times[b].begin(resting);
        }
        for (int l = 0; l < system.layers.length; l++) {
            if (states[l] != null) {
                run(l, count);
            }
        }
        for (int b = 0; b < count; b++) {
            host.steps += steps;
            long ps = times[b].addTo(all, timing);
            host.hostReads += readouts[b].length;
            sink.accept(new InferenceResult(first + b, readouts[b], ps));
        }
    }

    private void run(int l, int count) {
        int size = system.layers[l].size();
        int group = (int) Math.max(1, Math.min(count, GROUP_BYTES / Math.max(1, 4L * size * window)));
        reserve(group * window, size);
        for (int from = 0; from < count; from += group) {
            int inputs = Math.min(group, count - from);
            for (int f = 0; f < inputs * window; f++) {
                Arrays.fill(sums[f], 0, size, 0);
            }
            for (int i : system.into[l]) {
                int source = system.synapses().get(i).source();
                system.kernels[i].add(frames[source], from * window, sums, inputs * window);
            }
            for (int b = from; b < from + inputs; b++) {
                update(l, b, (b - from) * window);
            }
        }
    }

    private void reserve(int frameCount, int size) {
        if (sums.length < frameCount) {
            sums = Arrays.copyOf(sums, frameCount);
        }
        for (int f = 0; f < frameCount; f++) {
            if (sums[f] == null || sums[f].length < size) {
                sums[f] = new int[size];
            }
        }
    }

    /** One input through its time-steps. */
    private void update(int l, int b, int firstSums) {
        LoadedLayer layer = system.layers[l];
        LayerState state = states[l];
        int region = layer.layer.biasInput();
        state.reset(region < 0 ? null : biases[b][region]);
        if (layer.layer.readout()) {
            readouts[b] = new int[window * layer.size()];
        }
        for (int k = 0; k < window; k++) {
            int t = layer.startStep() + k;
            receive(l, b * window + k, t, times[b]);
            state.update(sums[firstSums + k], k + 1, frames[l][b * window + k]);
            for (int i = 0; i < layer.pieces.length; i++) {
                account(l, i, t, times[b]);
            }
            if (layer.layer.readout()) {
                for (int c = 0; c < layer.size(); c++) {
                    readouts[b][k * layer.size() + layer.neuronOf[c]] = state.v[c];
                }
            }
        }
    }

    private void receive(int l, int frame, int t, InputTimes own) {
        int[] into = system.into[l];
        if (into.length == 0) {
            return;
        }
        for (int i : into) {
            SpikeFrame spikes = frames[system.synapses().get(i).source()][frame];
            ReceivePart[] parts = prices.parts[i];
            for (int p = 0; p < parts.length; p++) {
                partPs[i][p] = parts[p].receive(spikes, totals[i][p]);
            }
        }
        long longest = 0;
        for (int piece = 0; piece < system.layers[l].pieces.length; piece++) {
            long ps = 0;
            for (int i : into) {
                ps += partPs[i][prices.partOf[i][piece]];
            }
            longest = Math.max(longest, ps);
        }
        own.received(t, longest);
    }

    /** What a core did in a step: counts and times. */
    private void account(int l, int i, int t, InputTimes own) {
        LoadedLayer layer = system.layers[l];
        LoadedPiece piece = layer.pieces[i];
        LayerState state = states[l];
        PieceOutput output = prices.outputs[l][i];
        int from = state.firstSpike[i];
        int to = state.firstSpike[i + 1];
        int spikes = to - from;
        int sent = spikes == 0 ? 0 : send(state, piece, output, groupSpikes[l][i], from, to);
        if (spikes > 0 && output.holds()) {
            output.hold(state.spikes, from, to, piece.base, t, own.drains());
        }
        EventCounters c = byCore[piece.core];
        int active = state.active[i];
        c.spikes += spikes;
        c.messages += sent;
        if (layer.program != null) {
            c.programmedActive += active;
            c.programmedIdle += piece.compartments - active;
            c.microcodeCycles += state.cycles[i];
            active = 0;
        } else {
            c.updatesActive += active;
        }
        long secondPs = piece.twoCompartments && !layer.layer.readout() ? second(c, active, spikes) : 0;
        own.computed(t, costs.coreStepPs() + (long) active * costs.updateActivePs() + (long) (piece.updated - active) * costs.updateIdlePs()
            + (long) state.cycles[i] * costs.microcodeCyclePs() + (long) spikes * costs.spikePs() + (long) sent * costs.messageOutPs() + secondPs);
        if (spikes > 0) {
            own.drained(t, output.drainPs(state, i, sent));
        }
    }

    private static int send(LayerState state, LoadedPiece piece, PieceOutput output, long[] ofGroup, int from, int to) {
        final int[] groupOf = piece.groupOf;
        final int[] messages = output.messages;
        final int base = piece.base;
        int sent = 0;
        for (int s = from; s < to; s++) {
            int g = groupOf[state.spikes[s] - base];
            if (g >= 0) {
                ofGroup[g]++;
                sent += messages[g];
            }
        }
        return sent;
    }

    /** As {@code LoihiCore} has it: what the second compartments of soft resets cost. @return time of it, ps */
    private long second(EventCounters c, int active, int spikes) {
        c.updatesActive += active;
        c.resetMessages += spikes;
        c.messages += spikes;
        c.messagesWithinTile += spikes;
        c.messagesReceived += spikes;
        int kind = SynapseFormat.Kind.DENSE.ordinal();
        c.synapticOperations[kind] += spikes;
        return (long) active * (costs.updateActivePs() - costs.updateIdlePs())
            + (long) spikes * (costs.messageOutPs() + costs.messageInPs() + costs.synapticPs()[kind]);
    }

    /** Adds what was counted to that of a run. */
    void collect(EventCounters ofHost, EventCounters[] ofCores, StepTimes ofRun) {
        for (int l = 0; l < system.layers.length; l++) {
            LoadedPiece[] pieces = system.layers[l].pieces;
            for (int i = 0; i < pieces.length; i++) {
                EventCounters c = byCore[pieces[i].core];
                collect(c, prices.outputs[l][i], groupSpikes[l][i]);
                c.saturations += states[l].saturations[i];
                c.accumulatorWraps += states[l].wraps[i];
                c.microcodeInstructions += states[l].instructions[i];
                // Cores visit all their compartments in each step of the system.
                c.updatesIdle += host.steps * pieces[i].updated - c.updatesActive;
                for (int s : system.into[l]) {
                    int part = prices.partOf[s][i];
                    c.messagesReceived += totals[s][part].messages;
                    c.synapseWords += totals[s][part].words;
                    c.synapticOperations[prices.parts[s][part].kind()] += totals[s][part].synapses;
                }
            }
        }
        ofHost.add(host);
        for (int c = 0; c < byCore.length; c++) {
            ofCores[c].add(byCore[c]);
        }
        ofRun.add(all);
    }

    private static void collect(EventCounters c, PieceOutput output, long[] spikes) {
        for (int g = 0; g < spikes.length; g++) {
            c.hopsX += spikes[g] * output.linksX[g];
            c.hopsY += spikes[g] * output.linksY[g];
            c.chipCrossings += spikes[g] * output.crossings[g];
            c.messagesWithinTile += spikes[g] * output.within[g];
        }
    }
}
