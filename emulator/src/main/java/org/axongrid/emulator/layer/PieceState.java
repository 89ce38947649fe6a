package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.axongrid.emulator.kernel.FiredCodes;
import org.axongrid.emulator.kernel.IntegrateAndFire;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.fixed.FixedPoint;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.StateWord;

/**
 * The compartments of one layer for one input while its time-steps go by: registers, and what the last update of a piece did. The arithmetic is that of
 * {@code emulator.core.NativeCompartments}, compartment by compartment in the core's order.
 */
final class PieceState {
    /** Sums below this can be added to voltages and biases without leaving an int. */
    private static final int LARGEST_INPUT = 1 << 28;
    /** Instructions of {@code if-soft} that only a spike executes: the subtraction and the spike itself. */
    private static final int FOR_SPIKE = 2;
    /** Their place, from the end of the program on: the end is behind them. */
    private static final int FOR_SPIKE_FROM_END = 3;

    /** Compartments of the piece that spiked, ascending. */
    final int[] spikes;
    /** By spike: active updates before its compartment's. */
    final int[] activeBefore;
    /** By spike: program cycles up to the end of its update. */
    final int[] cyclesBefore;
    /** By rank of the piece: how many of its compartments spiked. */
    final int[] ofRank;
    /** Of the last update, as all that follows. */
    int spikeCount;
    int active;
    int cycles;
    long saturations;
    long wraps;
    long instructions;

    private final LoadedLayer layer;
    private final int accumulatorUnused;
    private final int currentUnused;
    private final int accumulatorBits;
    private final int currentBits;
    private final int[] v;
    private final int[] u;
    private final int[] refractory;
    private final int[] bias;
    private final NeuronBlock block;
    /** What loops without branches work with, by compartment; null where compartments go one by one. */
    private final int[] in;
    private final int[] driven;
    private final int[] lane;
    private final int[] code;
    private final int[] scratch;
    private final int[] undo;
    private final Kernels kernels = Kernels.chosen();
    /** Sums below this power of two neither wrap nor drive a current out of its register; by the largest bias. */
    private int inputLimit;
    private final int imageLimit;
    /** Of {@code if-soft}: cycles of an update, and those that a spike adds. */
    private int quietCycles;
    private int spikeCycles;

    /**
     * @param layer           the layer
     * @param accumulatorBits width of dendritic accumulators
     * @param currentBits     width of currents
     * @param payloadMax      largest magnitude of a payload
     */
    PieceState(LoadedLayer layer, int accumulatorBits, int currentBits, int payloadMax) {
        this.layer = layer;
        this.accumulatorBits = accumulatorBits;
        this.currentBits = currentBits;
        accumulatorUnused = 32 - accumulatorBits;
        currentUnused = 32 - currentBits;
        spikes = new int[layer.largest];
        activeBefore = new int[layer.largest];
        cyclesBefore = new int[layer.largest];
        ofRank = new int[layer.layer.positions()];
        int n = layer.size();
        bias = layer.bias.clone();
        boolean leaky = layer.neurons == LoadedLayer.Neurons.NATIVE;
        u = leaky ? new int[n] : null;
        refractory = leaky ? new int[n] : null;
        if (layer.neurons == LoadedLayer.Neurons.PROGRAM) {
            block = new NeuronBlock(new int[layer.initial.length][n], null, new int[n], bias, new int[layer.largest], new int[layer.largest]);
            block.inputStride = n;
            block.accumulatorUnused = accumulatorUnused;
            block.payloadMax = payloadMax;
            block.random = 1;
            v = block.words[0];
        } else {
            block = null;
            v = new int[n];
        }
        boolean loops = layer.neurons == LoadedLayer.Neurons.INTEGRATE || layer.neurons == LoadedLayer.Neurons.IF_SOFT;
        in = loops ? new int[n] : null;
        driven = loops ? new int[n] : null;
        lane = loops ? FiredCodes.lanes(n) : null;
        code = loops ? new int[n] : null;
        undo = loops ? new int[layer.largest] : null;
        scratch = loops ? new int[FiredCodes.scratch(layer.largest)] : null;
        imageLimit = loops && layer.bounded() && layer.largest < 1 << 16 ? limit(bias) : 0;
        inputLimit = imageLimit;
        if (layer.neurons == LoadedLayer.Neurons.IF_SOFT) {
            int size = layer.program.code().size();
            for (int k = 0; k < size; k++) {
                boolean ofSpike = k >= size - FOR_SPIKE_FROM_END && k < size - 1;
                quietCycles += ofSpike ? 0 : layer.program.code().get(k).cycles();
                spikeCycles += ofSpike ? layer.program.code().get(k).cycles() : 0;
            }
        }
    }

    /** @return a power of two below which sums may be with such biases; 0 if there is none */
    private int limit(int[] biases) {
        int largest = 0;
        for (int b : biases) {
            // Magnitudes less one of negative values, so that none of them overflows here.
            largest = Math.max(largest, b ^ b >> 31);
        }
        long current = layer.neurons == LoadedLayer.Neurons.INTEGRATE ? 1L << currentBits - 1 : LARGEST_INPUT;
        long most = Math.min(Math.min(1L << accumulatorBits - 1, LARGEST_INPUT), current - largest - 1);
        return (int) Long.highestOneBit(Math.max(0, most));
    }

    /**
     * Before the first step of an input.
     *
     * @param mantissas by neuron: bias registers that the host wrote, or null
     */
    void reset(int[] mantissas) {
        System.arraycopy(layer.initial[0], 0, v, 0, v.length);
        for (int w = 1; block != null && w < layer.initial.length; w++) {
            System.arraycopy(layer.initial[w], 0, block.words[w], 0, v.length);
        }
        if (u != null) {
            Arrays.fill(u, 0);
            Arrays.fill(refractory, 0);
        }
        if (mantissas == null) {
            return;
        }
        int all = layer.layer.channels();
        for (LoadedPiece p : layer.pieces) {
            int at = p.base;
            for (int position : p.positions) {
                int from = position * all + p.firstChannel;
                for (int k = 0; k < p.channels; k++) {
                    bias[at++] = mantissas[from + k] << layer.biasExponent;
                }
            }
        }
        inputLimit = imageLimit == 0 ? 0 : limit(bias);
    }

    /** @return voltage, or first state word, of a compartment of a piece */
    int voltage(LoadedPiece piece, int compartment) {
        return v[piece.base + compartment];
    }

    /**
     * One step of a piece's compartments.
     *
     * @param piece the piece
     * @param sums  by neuron of the layer: effective weights that arrived
     * @param time  steps since the start of the compartments, from 1
     * @param out   gets the spikes, or null if nobody hears them
     */
    void update(LoadedPiece piece, int[] sums, int time, SpikeFrame out) {
        spikeCount = 0;
        active = 0;
        cycles = 0;
        saturations = 0;
        wraps = 0;
        instructions = 0;
        switch (layer.neurons) {
            case INTEGRATE -> {
                if (!loops(piece, sums, out)) {
                    integrate(piece, sums, out);
                    countRanks(piece);
                }
            }
            case IF_SOFT -> {
                if (!loops(piece, sums, out)) {
                    ifSoft(piece, sums, out);
                    countRanks(piece);
                }
            }
            case NATIVE -> {
                leaky(piece, sums, out);
                countRanks(piece);
            }
            default -> {
                programmed(piece, sums, time, out);
                countRanks(piece);
            }
        }
    }

    private void countRanks(LoadedPiece piece) {
        Arrays.fill(ofRank, 0, piece.positions.length, 0);
        for (int s = 0; s < spikeCount; s++) {
            ofRank[spikes[s] / piece.channels]++;
        }
    }

    /** All compartments of a piece in loops without branches. @return false if nothing was done, since a register would leave its limits */
    private boolean loops(LoadedPiece piece, int[] sums, SpikeFrame out) {
        if (inputLimit == 0) {
            return false;
        }
        final int all = layer.layer.channels();
        final int from = piece.base;
        final int to = from + piece.compartments;
        int at = from;
        for (int position : piece.positions) {
            System.arraycopy(sums, position * all + piece.firstChannel, in, at, piece.channels);
            at += piece.channels;
        }
        boolean program = layer.neurons == LoadedLayer.Neurons.IF_SOFT;
        int low = program ? (int) layer.program.state().get(0).min() : piece.rangeProfile[0].vMin();
        int high = program ? (int) layer.program.state().get(0).max() : piece.rangeProfile[0].vMax();
        VectorLoops vector = program || piece.compartments < VectorLoops.LEAST ? null : kernels.compartments();
        int counts;
        if (vector != null) {
            counts = vector.integrateAndFire(in, 0, v, bias, layer.threshold, true, inputLimit, low, high, from, to, undo, spikes, activeBefore, 0, 0);
            if (counts < 0) {
                return false;
            }
        } else if (IntegrateAndFire.drive(in, v, bias, driven, inputLimit, low, high, from, to) != 0) {
            return false;
        } else {
            if (program) {
                IntegrateAndFire.resetReached(in, v, driven, layer.threshold, lane, code, from, to);
            } else {
                IntegrateAndFire.resetSoft(in, v, driven, layer.threshold, lane, code, from, to);
            }
            counts = FiredCodes.collect(code, spikes, activeBefore, 0, 0, scratch, from, to);
        }
        spikeCount = counts >>> 16;
        active = counts & 0xFFFF;
        if (program) {
            cycles = piece.compartments * quietCycles + spikeCount * spikeCycles;
            instructions = (long) piece.compartments * (layer.program.code().size() - FOR_SPIKE) + (long) spikeCount * FOR_SPIKE;
        }
        list(piece, out, program);
        return true;
    }

    /** Enters the spikes that loops found, which are numbered through the layer. */
    private void list(LoadedPiece piece, SpikeFrame out, boolean program) {
        final int all = layer.layer.channels();
        final int channels = piece.channels;
        final char[] fired = out.channel;
        int rank = -1;
        int first = -channels;
        int listed = 0;
        int from = 0;
        int began = 0;
        for (int s = 0; s < spikeCount; s++) {
            int c = spikes[s] - piece.base;
            spikes[s] = c;
            if (c >= first + channels) {
                if (rank >= 0) {
                    ofRank[rank] = listed - began;
                    out.count[piece.positions[rank]] = listed - from;
                }
                int next = c / channels;
                Arrays.fill(ofRank, rank + 1, next, 0);
                rank = next;
                first = rank * channels;
                from = piece.positions[rank] * all;
                listed = from + out.count[piece.positions[rank]];
                began = listed;
            }
            fired[listed++] = (char) (piece.firstChannel + c - first);
            if (program) {
                activeBefore[s] = 0;
                cyclesBefore[s] = (c + 1) * quietCycles + (s + 1) * spikeCycles;
            }
        }
        if (rank >= 0) {
            ofRank[rank] = listed - began;
            out.count[piece.positions[rank]] = listed - from;
        }
        Arrays.fill(ofRank, rank + 1, piece.positions.length, 0);
    }

    private void integrate(LoadedPiece piece, int[] sums, SpikeFrame out) {
        final int all = layer.layer.channels();
        final int[] threshold = layer.threshold;
        final int[] voltage = v;
        final int[] own = bias;
        final int vMin = piece.rangeProfile[0].vMin();
        final int vMax = piece.rangeProfile[0].vMax();
        final int unused = accumulatorUnused;
        final int unusedCurrent = currentUnused;
        final char[] fired = out.channel;
        int n = 0;
        int busy = 0;
        int wrapped = 0;
        int clamped = 0;
        int i = piece.base;
        for (int position : piece.positions) {
            final int from = position * all;
            final int first = from + piece.firstChannel;
            int listed = from + out.count[position];
            for (int k = 0; k < piece.channels; k++, i++) {
                int sum = sums[first + k];
                int q = sum << unused >> unused;
                int before = voltage[i];
                int free = before + ((q + own[i]) << unusedCurrent >> unusedCurrent);
                int now = Math.min(Math.max(free, vMin), vMax);
                int theta = threshold[i];
                // 1 if the voltage is above the threshold: neither is near the ends of an int.
                int spike = theta - now >>> 31;
                int after = now - (theta & -spike);
                activeBefore[n] = busy;
                spikes[n] = i - piece.base;
                fired[listed] = (char) (piece.firstChannel + k);
                n += spike;
                listed += spike;
                int moved = q | after ^ before;
                busy += (moved | -moved) >>> 31;
                int lost = q ^ sum;
                wrapped += (lost | -lost) >>> 31;
                int cut = free ^ now;
                clamped += (cut | -cut) >>> 31;
                voltage[i] = after;
            }
            out.count[position] = listed - from;
        }
        spikeCount = n;
        active = busy;
        wraps = wrapped;
        saturations = clamped;
    }

    /** The program {@code if-soft}: what {@code NeuronInterpreter} does with it. */
    private void ifSoft(LoadedPiece piece, int[] sums, SpikeFrame out) {
        final int all = layer.layer.channels();
        final int[] threshold = layer.threshold;
        final int[] voltage = v;
        final int[] own = bias;
        final StateWord word = layer.program.state().get(0);
        final long low = word.min();
        final long high = word.max();
        final int unused = accumulatorUnused;
        final char[] fired = out.channel;
        final int forAll = quietCycles;
        final int forSpike = spikeCycles;
        int n = 0;
        int busy = 0;
        int wrapped = 0;
        int clamped = 0;
        int i = piece.base;
        int done = 0;
        for (int position : piece.positions) {
            final int from = position * all;
            final int first = from + piece.firstChannel;
            int listed = from + out.count[position];
            for (int k = 0; k < piece.channels; k++, i++) {
                int sum = sums[first + k];
                int q = sum << unused >> unused;
                int before = voltage[i];
                long free = (long) before + (q + own[i]);
                int now = (int) Math.max(low, Math.min(high, free));
                clamped += now == free ? 0 : 1;
                int theta = threshold[i];
                int after = now;
                done += forAll;
                if (now >= theta) {
                    long left = (long) now - theta;
                    after = (int) Math.max(low, Math.min(high, left));
                    clamped += after == left ? 0 : 1;
                    done += forSpike;
                    cyclesBefore[n] = done;
                    activeBefore[n] = 0;
                    spikes[n++] = i - piece.base;
                    fired[listed++] = (char) (piece.firstChannel + k);
                }
                busy += (q | after ^ before) != 0 ? 1 : 0;
                wrapped += q == sum ? 0 : 1;
                voltage[i] = after;
            }
            out.count[position] = listed - from;
        }
        spikeCount = n;
        active = busy;
        wraps = wrapped;
        saturations = clamped;
        cycles = done;
        instructions = (long) piece.compartments * (layer.program.code().size() - FOR_SPIKE) + (long) n * FOR_SPIKE;
    }

    private void leaky(LoadedPiece piece, int[] sums, SpikeFrame out) {
        int all = layer.layer.channels();
        for (int r = 0; r < piece.rangeProfile.length; r++) {
            NeuronProfile p = piece.rangeProfile[r];
            for (int c = piece.rangeFirst[r]; c < piece.rangeFirst[r + 1]; c++) {
                int position = piece.positions[c / piece.channels];
                int channel = piece.firstChannel + c % piece.channels;
                int i = piece.base + c;
                int sum = sums[position * all + channel];
                int q = Arithmetic.NENGO_LOIHI.accumulated(sum, accumulatorBits);
                wraps += q == sum ? 0 : 1;
                int current = Arithmetic.NENGO_LOIHI.current(FixedPoint.decay(u[i], p.currentDecay()), q, currentBits);
                u[i] = current;
                int before = v[i];
                long free = (long) FixedPoint.decay(before, p.voltageDecay()) + Arithmetic.NENGO_LOIHI.driven(current, bias[i], currentBits);
                int now = FixedPoint.clamp(free, p.vMin(), p.vMax());
                saturations += now == free ? 0 : 1;
                int dead = refractory[i];
                if (dead > 0) {
                    now = 0;
                }
                if (p.reset() != NeuronProfile.Reset.NONE && now > layer.threshold[i]) {
                    now = p.reset() == NeuronProfile.Reset.SOFT ? now - layer.threshold[i] : 0;
                    activeBefore[spikeCount] = active;
                    spikes[spikeCount++] = c;
                    out.add(position, channel, 1);
                    dead = p.refractoryDelay();
                }
                refractory[i] = Math.max(dead - 1, 0);
                active += (q | now ^ before) != 0 ? 1 : 0;
                v[i] = now;
            }
        }
    }

    private void programmed(LoadedPiece piece, int[] sums, int time, SpikeFrame out) {
        int all = layer.layer.channels();
        int at = piece.base;
        for (int position : piece.positions) {
            System.arraycopy(sums, position * all + piece.firstChannel, block.accumulator, at, piece.channels);
            at += piece.channels;
        }
        block.spikeCount = 0;
        block.cycles = 0;
        block.active = 0;
        block.time = time;
        long saturationsBefore = block.saturations;
        long wrapsBefore = block.wraps;
        long instructionsBefore = block.instructions;
        for (int r = 0; r < piece.rangeProfile.length; r++) {
            block.constants = piece.rangeConstants[r];
            layer.kernel.update(block, piece.base + piece.rangeFirst[r], piece.base + piece.rangeFirst[r + 1]);
        }
        saturations += block.saturations - saturationsBefore;
        wraps += block.wraps - wrapsBefore;
        instructions += block.instructions - instructionsBefore;
        active = block.active;
        cycles = block.cycles;
        spikeCount = block.spikeCount;
        for (int s = 0; s < spikeCount; s++) {
            int c = block.spikes[s] - piece.base;
            spikes[s] = c;
            activeBefore[s] = 0;
            cyclesBefore[s] = block.spikeCycles[s];
            out.add(piece.positions[c / piece.channels], piece.firstChannel + c % piece.channels, block.payloads[s]);
        }
    }
}
