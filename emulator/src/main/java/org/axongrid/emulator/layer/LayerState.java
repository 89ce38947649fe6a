package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.axongrid.emulator.kernel.FiredCodes;
import org.axongrid.emulator.kernel.IntegrateAndFire;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.microcode.NeuronBlock;

/**
 * The compartments of one layer for one input while its time-steps go by: registers, and what the last step did, core by core. Compartments lie core by core, each
 * core's in its order. The arithmetic is that of {@code emulator.core}: loops without branches over the whole layer where nothing leaves its limits in a step, else
 * compartment by compartment ({@link SingleCompartments}).
 */
final class LayerState {
    /** Sums below this can be added to voltages and biases without leaving an int. */
    private static final int LARGEST_INPUT = 1 << 28;
    /** Compartments of a core from which on vector loops go core by core. */
    private static final int VECTOR_LEAST = 256;
    private static final int GROUP = 16;
    /** Instructions of {@code if-soft} that only a spike executes, the subtraction and the spike itself; the end is behind them. */
    static final int FOR_SPIKE = 2;

    /** Compartments of the layer that spiked, ascending. */
    final int[] spikes;
    /** By spike: active updates before it, from the place on that {@link #activeAt} says. */
    final int[] activeBefore;
    /** By spike: program cycles of its core up to the end of its update. */
    final int[] cyclesBefore;
    /** By piece: its first spike; one element more. */
    final int[] firstSpike;
    /** By piece: what {@link #activeBefore} counts from. */
    final int[] activeAt;
    /** By piece: active updates. */
    final int[] active;
    /** By piece: program cycles. */
    final int[] cycles;
    /** By piece, over all steps since this was made. */
    final long[] saturations;
    final long[] wraps;
    final long[] instructions;

    final LoadedLayer layer;
    final int accumulatorBits;
    final int currentBits;
    final int[] v;
    final int[] u;
    final int[] refractory;
    final int[] bias;
    final NeuronBlock block;
    /** Of {@code if-soft}: cycles of an update, and those that a spike adds. */
    int quietCycles;
    int spikeCycles;

    private final SingleCompartments single;
    private final int[] in;
    private final int[] driven;
    private final int[] lane;
    private final int[] code;
    private final int[] undo;
    private final Kernels kernels = Kernels.chosen();
    private final boolean largePieces;
    /** Sums below this power of two neither wrap nor drive a current out of its register; by the largest bias. 0: one by one. */
    private int inputLimit;
    private final int imageLimit;
    private final int low;
    private final int high;

    /**
     * @param layer           the layer
     * @param accumulatorBits width of dendritic accumulators
     * @param currentBits     width of currents
     * @param payloadMax      largest magnitude of a payload
     */
    LayerState(LoadedLayer layer, int accumulatorBits, int currentBits, int payloadMax) {
        this.layer = layer;
        this.accumulatorBits = accumulatorBits;
        this.currentBits = currentBits;
        int n = layer.size();
        int pieces = layer.pieces.length;
        spikes = new int[n];
        activeBefore = new int[n];
        cyclesBefore = layer.program == null ? null : new int[n];
        firstSpike = new int[pieces + 1];
        activeAt = new int[pieces];
        active = new int[pieces];
        cycles = new int[pieces];
        saturations = new long[pieces];
        wraps = new long[pieces];
        instructions = new long[pieces];
        bias = layer.bias.clone();
        boolean leaky = layer.neurons == LoadedLayer.Neurons.NATIVE;
        u = leaky ? new int[n] : null;
        refractory = leaky ? new int[n] : null;
        if (layer.neurons == LoadedLayer.Neurons.PROGRAM) {
            block = new NeuronBlock(new int[layer.initial.length][n], null, new int[n], bias, new int[layer.largest], new int[layer.largest]);
            block.inputStride = n;
            block.accumulatorUnused = 32 - accumulatorBits;
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
        code = loops ? new int[n + GROUP] : null;
        undo = loops ? new int[layer.largest] : null;
        imageLimit = loops && layer.bounded() ? limit(bias) : 0;
        inputLimit = imageLimit;
        largePieces = layer.neurons == LoadedLayer.Neurons.INTEGRATE && pieces > 0 && n / pieces >= VECTOR_LEAST && layer.largest < 1 << 16;
        if (layer.neurons == LoadedLayer.Neurons.IF_SOFT) {
            int size = layer.program.code().size();
            for (int k = 0; k < size; k++) {
                boolean ofSpike = k >= size - 1 - FOR_SPIKE && k < size - 1;
                quietCycles += ofSpike ? 0 : layer.program.code().get(k).cycles();
                spikeCycles += ofSpike ? layer.program.code().get(k).cycles() : 0;
            }
            low = (int) layer.program.state().get(0).min();
            high = (int) layer.program.state().get(0).max();
        } else {
            low = pieces == 0 ? 0 : layer.pieces[0].rangeProfile[0].vMin();
            high = pieces == 0 ? 0 : layer.pieces[0].rangeProfile[0].vMax();
        }
        single = new SingleCompartments(this);
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
        if (mantissas != null) {
            for (int c = 0; c < bias.length; c++) {
                bias[c] = mantissas[layer.neuronOf[c]] << layer.biasExponent;
            }
            inputLimit = imageLimit == 0 ? 0 : limit(bias);
        }
    }

    /**
     * One step of all compartments.
     *
     * @param sums by neuron of the layer: effective weights that arrived
     * @param time steps since the start of the compartments, from 1
     * @param out  gets the spikes
     */
    void update(int[] sums, int time, SpikeFrame out) {
        out.clear();
        if (inputLimit > 0) {
            order(sums);
            VectorLoops vector = largePieces ? kernels.compartments() : null;
            if (vector != null) {
                pieces(vector, sums, time, out);
                return;
            }
            if (IntegrateAndFire.drive(in, v, bias, driven, inputLimit, low, high, 0, v.length) == 0) {
                whole(out);
                return;
            }
        }
        firstSpike[0] = 0;
        for (int i = 0; i < layer.pieces.length; i++) {
            single.update(i, sums, time, out);
        }
    }

    /** Sums in the order of compartments. */
    private void order(int[] sums) {
        final int all = layer.layer.channels();
        for (LoadedPiece piece : layer.pieces) {
            int at = piece.base;
            if (piece.channels < GROUP) {
                final int[] neuronOf = layer.neuronOf;
                final int end = at + piece.compartments;
                for (; at < end; at++) {
                    in[at] = sums[neuronOf[at]];
                }
                continue;
            }
            for (int position : piece.positions) {
                System.arraycopy(sums, position * all + piece.firstChannel, in, at, piece.channels);
                at += piece.channels;
            }
        }
    }

    private void whole(SpikeFrame out) {
        final int n = v.length;
        if (layer.neurons == LoadedLayer.Neurons.IF_SOFT) {
            IntegrateAndFire.resetReached(in, v, driven, layer.threshold, lane, code, 0, n);
        } else {
            IntegrateAndFire.resetSoft(in, v, driven, layer.threshold, lane, code, 0, n);
        }
        collect(n);
        for (int i = 0; i < layer.pieces.length; i++) {
            ended(i, out);
        }
    }

    /** Lists what fired; active updates before each spike and at the borders of pieces, both from the first compartment of the layer on. */
    private void collect(int n) {
        final int[] c = code;
        final LoadedPiece[] pieces = layer.pieces;
        int total = 0;
        int count = 0;
        int piece = 0;
        int border = 0;
        for (int first = 0; first < n; first += GROUP) {
            int word = c[first] | c[first + 1] | c[first + 2] | c[first + 3] | c[first + 4] | c[first + 5] | c[first + 6] | c[first + 7]
                | c[first + 8] | c[first + 9] | c[first + 10] | c[first + 11] | c[first + 12] | c[first + 13] | c[first + 14] | c[first + 15];
            while (border < first + GROUP) {
                int below = (1 << border - first) - 1;
                activeAt[piece] = total + Integer.bitCount(word & 0xFFFF & below);
                firstSpike[piece] = count + Integer.bitCount(word >>> GROUP & below);
                piece++;
                border = piece < pieces.length ? pieces[piece].base : Integer.MAX_VALUE;
            }
            for (int fired = word >>> GROUP; fired != 0; fired &= fired - 1) {
                spikes[count] = first + Integer.numberOfTrailingZeros(fired);
                activeBefore[count++] = total + Integer.bitCount(word & (fired & -fired) - 1);
            }
            total += Integer.bitCount(word & 0xFFFF);
        }
        firstSpike[pieces.length] = count;
        for (int i = 0; i < pieces.length; i++) {
            active[i] = (i + 1 < pieces.length ? activeAt[i + 1] : total) - activeAt[i];
        }
    }

    /** Core by core in vector loops; a core in which a register leaves its limits goes one by one. */
    private void pieces(VectorLoops vector, int[] sums, int time, SpikeFrame out) {
        int n = 0;
        for (int i = 0; i < layer.pieces.length; i++) {
            LoadedPiece p = layer.pieces[i];
            firstSpike[i] = n;
            int counts = p.compartments < VectorLoops.LEAST ? -1 : vector.integrateAndFire(in, 0, v, bias, layer.threshold, true, inputLimit, low, high, p.base,
                p.base + p.compartments, undo, spikes, activeBefore, n, 0);
            if (counts < 0) {
                single.update(i, sums, time, out);
                n = firstSpike[i + 1];
                continue;
            }
            activeAt[i] = 0;
            active[i] = counts & 0xFFFF;
            n += counts >>> 16;
            firstSpike[i + 1] = n;
            ended(i, out);
        }
    }

    /** Enters the spikes of a piece in the frame. */
    private void ended(int i, SpikeFrame out) {
        final int from = firstSpike[i];
        final int to = firstSpike[i + 1];
        final int[] neuronOf = layer.neuronOf;
        final char[] channelOf = layer.channelOf;
        final char[] fired = out.channel;
        final int[] count = out.count;
        final int[] positionOf = layer.positionOf;
        for (int s = from; s < to; s++) {
            int c = spikes[s];
            int position = positionOf[c];
            char channel = channelOf[c];
            fired[neuronOf[c] - channel + count[position]++] = channel;
        }
        if (out.bits != null) {
            for (int s = from; s < to; s++) {
                out.mark(positionOf[spikes[s]], channelOf[spikes[s]]);
            }
        }
        if (layer.neurons == LoadedLayer.Neurons.IF_SOFT) {
            int base = layer.pieces[i].base;
            for (int s = from; s < to; s++) {
                cyclesBefore[s] = (spikes[s] - base + 1) * quietCycles + (s - from + 1) * spikeCycles;
            }
            cycles[i] = layer.pieces[i].compartments * quietCycles + (to - from) * spikeCycles;
            instructions[i] += (long) layer.pieces[i].compartments * (layer.program.code().size() - FOR_SPIKE) + (long) (to - from) * FOR_SPIKE;
        }
    }
}
