package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;

/**
 * Deals gates to cores, stage by stage from the readout to the input, so that a gate's destinations are known when it is placed: it is copied once for each.
 * Copies on one core share its axons; they compute the same thing in the same tick, so that none is later than another. A core is filled in the order of
 * gates, as far as its axons and neurons go.
 */
final class CorePacker {
    private static final long NONE = -1;

    /** What a core holds, in the order of its neurons, and its axons. */
    static final class Core {
        final Stage stage;
        final List<Gate> gates = new ArrayList<>();
        /** By entry of {@link #gates}: its first destination here, and how many. */
        final List<int[]> copies = new ArrayList<>();
        private final Long2LongHashMap axonOf = new Long2LongHashMap(NONE);
        private long[] lines = new long[16];
        private int neurons;

        Core(Stage stage) {
            this.stage = stage;
        }

        int neurons() {
            return neurons;
        }

        int axons() {
            return axonOf.size();
        }

        /** @return by axon its line */
        long[] lines() {
            return Arrays.copyOf(lines, axons());
        }

        int axon(long line) {
            return (int) axonOf.get(line);
        }

        private int missing(long[] wanted) {
            int n = 0;
            for (long line : wanted) {
                n += axonOf.get(line) == NONE ? 1 : 0;
            }
            return n;
        }

        private void take(long[] wanted) {
            for (long line : wanted) {
                if (axonOf.get(line) == NONE) {
                    int axon = axonOf.size();
                    if (axon == lines.length) {
                        lines = Arrays.copyOf(lines, 2 * axon);
                    }
                    lines[axon] = line;
                    axonOf.put(line, axon);
                }
            }
        }
    }

    private final ChipSpec chip;
    private final int axonsMax;
    private final int neuronsMax;
    private final long coresMax;
    private final List<Gate> gates;
    private final boolean overlapping;
    private final List<Core> cores = new ArrayList<>();

    /**
     * @param chip        the chip
     * @param chips       chips at most
     * @param gates       all gates, by id
     * @param overlapping whether a core takes next what shares most with it, and not what comes next
     */
    CorePacker(ChipSpec chip, int chips, List<Gate> gates, boolean overlapping) {
        this.chip = chip;
        this.overlapping = overlapping;
        this.gates = gates;
        axonsMax = chip.get(ChipParameter.INPUT_AXONS);
        neuronsMax = chip.get(ChipParameter.COMPARTMENTS);
        coresMax = (long) chips * chip.coresPerChip();
    }

    /** @return cores, from those of the readout to those of the input */
    List<Core> pack(List<Stage> stages, List<Stage> clocks) {
        for (int s = stages.size() - 1; s >= 0; s--) {
            Stage stage = stages.get(s);
            if (overlapping) {
                packByOverlap(stage);
            } else {
                pack(stage);
            }
            // Sources of biases next to where they go: the first layer that has one is packed last.
            clocks.stream().filter(c -> stage.role == Stage.Role.NEURON && c.population == stage.population).forEach(this::pack);
        }
        return cores;
    }

    private void pack(Stage stage) {
        Core core = null;
        int before = cores.size();
        long[] last = null;
        for (Gate gate : stage.gates) {
            if (gate.destinations() == 0 && stage.role != Stage.Role.NEURON && stage.role != Stage.Role.READOUT) {
                continue;
            }
            int left = Math.max(1, gate.destinations());
            int placed = 0;
            while (left > 0) {
                if (core != null) {
                    int missing = (gate.lines == last ? 0 : core.missing(gate.lines)) + (gate.more == null ? 0 : core.missing(gate.more));
                    if (core.neurons == neuronsMax || core.axons() + missing > axonsMax) {
                        finish(core);
                        core = null;
                    }
                }
                if (core == null) {
                    core = open(stage, before);
                    last = null;
                }
                core.take(gate.lines);
                if (gate.more != null) {
                    core.take(gate.more);
                }
                last = gate.lines;
                if (core.axons() > axonsMax) {
                    throw tooWide(core);
                }
                int n = Math.min(left, neuronsMax - core.neurons);
                core.gates.add(gate);
                core.copies.add(new int[] {placed, n});
                core.neurons += n;
                placed += n;
                left -= n;
            }
        }
        if (core != null) {
            finish(core);
        }
    }

    /** Each core begins with the first bundle that is left and goes on with the one that brings the fewest axons for its neurons. */
    private void packByOverlap(Stage stage) {
        int before = cores.size();
        OverlapQueue queue = new OverlapQueue(stage, axonsMax, neuronsMax);
        while (queue.hasNext()) {
            Core core = open(stage, before);
            queue.open();
            for (int b = queue.first(); b >= 0; b = queue.next(core.axons(), core.neurons)) {
                put(core, queue, b);
            }
            finish(core);
        }
    }

    private void put(Core core, OverlapQueue queue, int bundle) {
        int known = core.axons();
        for (Gate gate : queue.gates(bundle)) {
            core.take(gate.lines);
            if (gate.more != null) {
                core.take(gate.more);
            }
            break;
        }
        if (core.axons() > axonsMax) {
            throw tooWide(core);
        }
        for (int a = known; a < core.axons(); a++) {
            queue.added(core.lines[a]);
        }
        for (Gate gate : queue.gates(bundle)) {
            int placed = queue.placed(gate);
            int n = Math.min(OverlapQueue.copies(gate) - placed, neuronsMax - core.neurons);
            if (n > 0) {
                core.gates.add(gate);
                core.copies.add(new int[] {placed, n});
                core.neurons += n;
                queue.place(bundle, gate, n);
            }
        }
    }

    private InvalidInputException tooWide(Core core) {
        return new InvalidInputException("layer " + core.stage.name + ": a neuron has " + core.axons() + " input lines, limit " + axonsMax + " axons a core");
    }

    private Core open(Stage stage, int before) {
        if (cores.size() >= coresMax) {
            throw new InvalidInputException("layer " + stage.name + ": the network needs more than the " + coresMax + " cores of "
                + coresMax / chip.coresPerChip() + " chips of " + chip.name() + ": " + before + " are taken by what follows the layer, "
                + (cores.size() - before) + " by a part of it; more chips (--chips), fewer --weight-bits or a smaller network would fit");
        }
        Core core = new Core(stage);
        cores.add(core);
        return core;
    }

    private void finish(Core core) {
        int index = cores.size() - 1;
        for (int a = 0; a < core.axons(); a++) {
            gates.get(Gate.source(core.lines[a])).leadsTo(index, a);
        }
    }
}
