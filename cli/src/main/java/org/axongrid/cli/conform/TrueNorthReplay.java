package org.axongrid.cli.conform;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.axongrid.cli.corelet.TickInput;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.core.TrueNorthCore;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageCodec;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.SpikePort;

/**
 * Replays a TrueNorth case: it becomes a chip image, which is written to bytes, read back and validated, and the engine runs it by one thread and by
 * two. Compared are each membrane potential, spike and output event of each tick, the numbers of synaptic events, merged arrivals and random words.
 */
final class TrueNorthReplay {
    private static final Timing TIMELESS = new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0);

    private final TrueNorthCase c;
    private final TrueNorthPotentials potentials;
    private int spike;
    private int output;
    private String difference;

    private TrueNorthReplay(TrueNorthCase c, TrueNorthPotentials potentials) {
        this.c = c;
        this.potentials = potentials;
    }

    /**
     * @param c a case
     * @throws CaseFailure                              for the first difference
     * @throws org.axongrid.isa.InvalidInputException if the case cannot be run
     */
    static void run(TrueNorthCase c) {
        TrueNorthVector vector = TrueNorthVector.of(c);
        LoadedSystem system = new LoadedSystem(vector.image());
        for (int workers : new int[] {1, 2}) {
            try (TrueNorthPotentials potentials = new TrueNorthPotentials(c); Simulation simulation = new Simulation(system, TIMELESS, workers)) {
                new TrueNorthReplay(c, potentials).run(simulation, vector.input());
            } catch (CaseFailure e) {
                throw new CaseFailure("by " + workers + (workers == 1 ? " thread: " : " threads: ") + e.getMessage());
            }
        }
    }

    /** @return the case as an image */
    static ChipImage image(TrueNorthCase c, List<SpikePort> ports) {
        ChipSpec chip = ChipSpecs.preset("truenorth");
        for (CoreImage core : c.cores()) {
            chip = fits(chip, ChipParameter.COMPARTMENTS, core.compartments());
            chip = fits(chip, ChipParameter.INPUT_AXONS, core.inputAxons());
        }
        int chips = (c.cores().size() + chip.coresPerChip() - 1) / chip.coresPerChip();
        return new ChipImage(c.name(), chip, chips, new ArrayList<>(c.cores()), List.of(), ports, 0,
            Arithmetic.NENGO_LOIHI);
    }

    /** @return the case's input spikes */
    static TickInput input(TrueNorthCase c) {
        int n = c.inputs().length / 3;
        int[][] columns = new int[3][n];
        for (int i = 0; i < 3 * n; i++) {
            columns[i % 3][i / 3] = c.inputs()[i];
        }
        return new TickInput(columns[0], columns[1], columns[2]);
    }

    /** Cases of RANC have cores of other sizes; nothing else of the chip is changed. */
    private static ChipSpec fits(ChipSpec chip, ChipParameter size, int used) {
        return used > chip.get(size) ? chip.with(size, used) : chip;
    }

    /** @return the image, written to bytes, read back and validated */
    static ChipImage coded(ChipImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ChipImageCodec.write(image, bytes);
            ChipImage read = ChipImageCodec.read(new ByteArrayInputStream(bytes.toByteArray()), bytes.size(), image.name());
            ChipImageValidator.validate(read);
            return read;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read and written", e);
        }
    }

    private void run(Simulation simulation, TickInput input) {
        simulation.drive(input.into(simulation));
        simulation.listen((step, cores) -> {
            if (difference == null) {
                compare(step - 1, cores);
            }
        });
        simulation.runSteps(c.ticks());
        if (difference == null) {
            potentials.end();
            counts(simulation.counters());
        }
        if (difference != null) {
            throw new CaseFailure(difference);
        }
    }

    private void compare(int tick, Neurocore[] cores) {
        IntArrayList pins = new IntArrayList();
        for (int i = 0; i < cores.length && difference == null; i++) {
            TrueNorthCore core = (TrueNorthCore) cores[i];
            spikes(tick, i, core);
            potentials(tick, i, core);
            core.forEachOutput((neuron, pin) -> pins.addInt(pin));
        }
        if (difference == null && c.outputs() != null) {
            outputs(tick, pins.toIntArray());
        }
        if (difference == null && tick == c.ticks() - 1) {
            randomWords(cores);
            mergedArrivals(cores);
        }
    }

    private void spikes(int tick, int index, TrueNorthCore core) {
        int[] expected = c.spikes();
        for (int s = 0; s < core.spikeCount() && difference == null; s++) {
            int neuron = core.spikes()[s];
            if (isNext(expected, spike, tick, index) && expected[spike + 2] == neuron) {
                spike += 3;
            } else if (isNext(expected, spike, tick, index) && expected[spike + 2] < neuron) {
                difference = at(tick, index, expected[spike + 2]) + "expected a spike, got none";
            } else {
                difference = at(tick, index, neuron) + "expected no spike, got one";
            }
        }
        if (difference == null && isNext(expected, spike, tick, index)) {
            difference = at(tick, index, expected[spike + 2]) + "expected a spike, got none";
        }
    }

    private static boolean isNext(int[] spikes, int at, int tick, int core) {
        return at < spikes.length && spikes[at] == tick && spikes[at + 1] == core;
    }

    private void potentials(int tick, int index, TrueNorthCore core) {
        int[] expected = potentials.next(tick, index);
        for (int j = 0; j < expected.length && difference == null; j++) {
            if (core.voltage(j) != expected[j]) {
                difference = at(tick, index, j) + "v expected " + expected[j] + ", got " + core.voltage(j);
            }
        }
    }

    /** The events of a tick have no order. */
    private void outputs(int tick, int[] pins) {
        IntArrayList expected = new IntArrayList();
        for (; output < c.outputs().length && c.outputs()[output] == tick; output += 2) {
            expected.addInt(c.outputs()[output + 1]);
        }
        int[] sorted = expected.toIntArray();
        Arrays.sort(sorted);
        Arrays.sort(pins);
        int at = Arrays.mismatch(sorted, pins);
        if (at >= 0) {
            difference = "tick " + tick + ", output pins in ascending order, element " + at + ": expected "
                + (at < sorted.length ? sorted[at] : "none") + ", got " + (at < pins.length ? pins[at] : "none");
        }
    }

    private void randomWords(Neurocore[] cores) {
        for (int i = 0; i < cores.length && difference == null; i++) {
            TrueNorthCore core = (TrueNorthCore) cores[i];
            long expected = c.consumed() == null ? 0 : c.consumed()[i];
            if (core.randomWords() != expected) {
                difference = "core " + i + ", random words drawn: expected " + expected + ", got " + core.randomWords();
            } else if (c.words() != null) {
                stream(i, core);
            }
        }
    }

    /** The words that the case lists are those of the stream from its seed, and the core has come as far in it as it should have. */
    private void stream(int index, TrueNorthCore core) {
        int[] words = c.words().get(index);
        int x = c.cores().get(index).seed();
        for (long i = 0; i < core.randomWords(); i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            if (i < words.length && words[(int) i] != x) {
                difference = "core " + index + ", random word " + i + ": expected " + Integer.toUnsignedString(words[(int) i]) + ", got "
                    + Integer.toUnsignedString(x);
                return;
            }
        }
        if (x != core.randomState()) {
            difference = "core " + index + ", last random word: expected " + Integer.toUnsignedString(x) + ", got "
                + Integer.toUnsignedString(core.randomState());
        }
    }

    private void counts(EventCounters counters) {
        if (spike < c.spikes().length) {
            difference = "spikes: expected " + c.spikes().length / 3 + ", got " + spike / 3;
        } else if (c.outputs() != null && output < c.outputs().length) {
            difference = "output events: expected " + c.outputs().length / 2 + ", got " + output / 2;
        } else if (counters.synapticOperationsTotal() != c.synapticEvents()) {
            difference = "synaptic events: expected " + c.synapticEvents() + ", got " + counters.synapticOperationsTotal();
        }
    }

    /** What merges in the scheduler for ticks after the last one is counted too. */
    private void mergedArrivals(Neurocore[] cores) {
        long merged = 0;
        for (Neurocore core : cores) {
            merged += ((TrueNorthCore) core).mergedArrivals(c.ticks());
        }
        if (difference == null && merged != c.merged()) {
            difference = "merged arrivals: expected " + c.merged() + ", got " + merged;
        }
    }

    private static String at(int tick, int core, int neuron) {
        return "tick " + tick + ", core " + core + ", neuron " + neuron + ": ";
    }
}
