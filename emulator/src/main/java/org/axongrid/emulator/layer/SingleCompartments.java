package org.axongrid.emulator.layer;

import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.fixed.FixedPoint;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.StateWord;

/** The compartments of a layer one by one: those that leak or run any program, and steps in which a register leaves its limits. */
final class SingleCompartments {
    private final LayerState state;
    private final LoadedLayer layer;
    private int n;
    private int busy;

    /** @param state whose registers they are */
    SingleCompartments(LayerState state) {
        this.state = state;
        layer = state.layer;
    }

    /** One step of a piece's compartments; its spikes go behind those of the piece before. */
    void update(int i, int[] sums, int time, SpikeFrame out) {
        n = state.firstSpike[i];
        busy = 0;
        LoadedPiece piece = layer.pieces[i];
        switch (layer.neurons) {
            case IF_SOFT -> ifSoft(i, piece, sums, out);
            case PROGRAM -> programmed(i, piece, sums, time, out);
            default -> natives(i, piece, sums, out);
        }
        state.activeAt[i] = 0;
        state.active[i] = busy;
        state.firstSpike[i + 1] = n;
    }

    /** As {@code NativeCompartments} has it: project reference on Loihi, section 2.2. */
    private void natives(int i, LoadedPiece piece, int[] sums, SpikeFrame out) {
        boolean currents = state.u != null;
        for (int r = 0; r < piece.rangeProfile.length; r++) {
            NeuronProfile p = piece.rangeProfile[r];
            for (int c = piece.base + piece.rangeFirst[r]; c < piece.base + piece.rangeFirst[r + 1]; c++) {
                int sum = sums[layer.neuronOf[c]];
                int q = Arithmetic.NENGO_LOIHI.accumulated(sum, state.accumulatorBits);
                state.wraps[i] += q == sum ? 0 : 1;
                int current = Arithmetic.NENGO_LOIHI.current(currents ? FixedPoint.decay(state.u[c], p.currentDecay()) : 0, q, state.currentBits);
                int before = state.v[c];
                long free = (long) FixedPoint.decay(before, p.voltageDecay()) + Arithmetic.NENGO_LOIHI.driven(current, state.bias[c], state.currentBits);
                int now = FixedPoint.clamp(free, p.vMin(), p.vMax());
                state.saturations[i] += now == free ? 0 : 1;
                int dead = currents ? state.refractory[c] : 0;
                if (dead > 0) {
                    now = 0;
                }
                if (p.reset() != NeuronProfile.Reset.NONE && now > layer.threshold[c]) {
                    now = p.reset() == NeuronProfile.Reset.SOFT ? now - layer.threshold[c] : 0;
                    spike(c, 1, out);
                    dead = p.refractoryDelay();
                }
                if (currents) {
                    state.u[c] = current;
                    state.refractory[c] = Math.max(dead - 1, 0);
                }
                busy += (q | now ^ before) != 0 ? 1 : 0;
                state.v[c] = now;
            }
        }
    }

    private void spike(int c, int payload, SpikeFrame out) {
        state.activeBefore[n] = busy;
        state.spikes[n++] = c;
        out.add(layer.positionOf[c], layer.channelOf[c], payload);
    }

    /** The program {@code if-soft}: what {@code NeuronInterpreter} does with it. */
    private void ifSoft(int i, LoadedPiece piece, int[] sums, SpikeFrame out) {
        StateWord word = layer.program.state().get(0);
        int unused = 32 - state.accumulatorBits;
        int active = 0;
        int done = 0;
        int from = n;
        for (int c = piece.base; c < piece.base + piece.compartments; c++) {
            int sum = sums[layer.neuronOf[c]];
            int q = sum << unused >> unused;
            state.wraps[i] += q == sum ? 0 : 1;
            int before = state.v[c];
            int now = stored((long) before + (q + state.bias[c]), word, i);
            done += state.quietCycles;
            if (now >= layer.threshold[c]) {
                now = stored((long) now - layer.threshold[c], word, i);
                done += state.spikeCycles;
                state.cyclesBefore[n] = done;
                // Updates of programs are not among those that spikes of native compartments wait for.
                spike(c, 1, out);
            }
            active += (q | now ^ before) != 0 ? 1 : 0;
            state.v[c] = now;
        }
        state.cycles[i] = done;
        state.instructions[i] += (long) piece.compartments * (layer.program.code().size() - LayerState.FOR_SPIKE) + (long) (n - from) * LayerState.FOR_SPIKE;
        busy = active;
    }

    private int stored(long value, StateWord word, int i) {
        int kept = (int) Math.max(word.min(), Math.min(word.max(), value));
        state.saturations[i] += kept == value ? 0 : 1;
        return kept;
    }

    private void programmed(int i, LoadedPiece piece, int[] sums, int time, SpikeFrame out) {
        NeuronBlock block = state.block;
        for (int c = piece.base; c < piece.base + piece.compartments; c++) {
            block.accumulator[c] = sums[layer.neuronOf[c]];
        }
        block.spikeCount = 0;
        block.cycles = 0;
        block.active = 0;
        block.time = time;
        block.saturations = 0;
        block.wraps = 0;
        block.instructions = 0;
        for (int r = 0; r < piece.rangeProfile.length; r++) {
            block.constants = piece.rangeConstants[r];
            layer.kernel.update(block, piece.base + piece.rangeFirst[r], piece.base + piece.rangeFirst[r + 1]);
        }
        state.saturations[i] += block.saturations;
        state.wraps[i] += block.wraps;
        state.instructions[i] += block.instructions;
        state.cycles[i] = block.cycles;
        for (int s = 0; s < block.spikeCount; s++) {
            state.cyclesBefore[n] = block.spikeCycles[s];
            spike(block.spikes[s], block.payloads[s], out);
        }
        busy = block.active;
    }
}
