package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronInterpreter;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;

/** A random recurrent network of programmed neurons, as a plain simulation and as chip images. */
final class GradedNetwork {
    private static final int STEPS = 25;
    private static final List<String> PROGRAMS = List.of("if-soft", "group-neuron", "signed-if", "burst-if", "product", "sigma-delta",
        "graded-vec", "adaptive-lif", "masked-two-phase", "cuba-lif");

    /** A synapse; {@code input} is the target's accumulator. */
    private record Synapse(int source, int target, int input, int mantissa, int delay) { }

    final Random random;
    private final int size;
    private final int[] programOf;
    private final List<NeuronProgram> programs = PROGRAMS.stream().map(NeuronPrograms::library).toList();
    private final List<List<Integer>> constants = new ArrayList<>();
    private final int[] bias;
    private final int[] initial;
    private final int[] factor;
    private final List<Synapse> synapses = new ArrayList<>();

    GradedNetwork(long seed) {
        random = new Random(seed);
        size = 5 + random.nextInt(40);
        programOf = random.ints(size, 0, programs.size()).toArray();
        bias = random.ints(size, -20, 60).toArray();
        initial = random.ints(size, -50, 50).toArray();
        factor = random.ints(size, -3, 4).toArray();
        for (int i = 0; i < size; i++) {
            NeuronProgram p = programs.get(programOf[i]);
            Map<String, Integer> given = new HashMap<>();
            if (p.hasConstant("threshold")) {
                given.put("threshold", 20 + 10 * random.nextInt(5));
            }
            constants.add(p.constantValues(given));
            for (int k = random.nextInt(12); k > 0; k--) {
                int target = random.nextInt(size);
                synapses.add(new Synapse(i, target, random.nextInt(programs.get(programOf[target]).inputs().size()),
                    2 * random.nextInt(-40, 41), random.nextInt(8)));
            }
        }
    }

    /** @return by step: payload and state words of all neurons */
    List<int[]> plain() {
        int inputs = NeuronProgram.INPUTS_MAX;
        int[][] pending = new int[STEPS + 10][size * inputs];
        NeuronBlock[] blocks = new NeuronBlock[size];
        for (int i = 0; i < size; i++) {
            NeuronProgram p = programs.get(programOf[i]);
            int[][] words = new int[p.state().size()][1];
            for (int w = 0; w < words.length; w++) {
                words[w][0] = w == 0 ? initial[i] : p.state().get(w).initial();
            }
            blocks[i] = new NeuronBlock(words, null, new int[inputs], new int[] {bias[i]}, new int[1], new int[1]);
            blocks[i].inputStride = 1;
            blocks[i].accumulatorUnused = 8;
            blocks[i].payloadMax = (1 << 23) - 1;
            blocks[i].constants = constants.get(i).stream().mapToInt(c -> c).toArray();
        }
        List<int[]> states = new ArrayList<>();
        for (int t = 1; t <= STEPS; t++) {
            IntArrayList state = new IntArrayList();
            for (int i = 0; i < size; i++) {
                NeuronBlock b = blocks[i];
                System.arraycopy(pending[t], i * inputs, b.accumulator, 0, inputs);
                b.time = t;
                b.spikeCount = 0;
                new NeuronInterpreter(programs.get(programOf[i])).update(b, 0, 1);
                int payload = b.spikeCount == 0 ? 0 : b.payloads[0];
                state.addInt(payload);
                Arrays.stream(b.words).forEach(w -> state.addInt(w[0]));
                for (Synapse s : synapses) {
                    if (s.source == i && payload != 0) {
                        pending[Math.min(t + 1 + s.delay, STEPS + 9)][s.target * inputs + s.input] += payload * factor[i] * s.mantissa;
                    }
                }
            }
            states.add(state.toIntArray());
        }
        return states;
    }

    /** Runs an image and compares every step. */
    void compare(ChipImage image, int workers, List<int[]> expected, String place) {
        Region region = image.regions().get(0);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 0), workers)) {
            simulation.listen((step, cores) -> {
                IntArrayList state = new IntArrayList();
                for (int i = 0; i < size; i++) {
                    Neurocore core = cores[region.core()[i]];
                    int at = Arrays.binarySearch(core.spikes(), 0, core.spikeCount(), region.compartment()[i]);
                    state.addInt(at < 0 ? 0 : core.payload(at));
                    for (int w = 0; w < programs.get(programOf[i]).state().size(); w++) {
                        state.addInt(core.state(w, region.compartment()[i]));
                    }
                }
                assertEquals(-1, Arrays.mismatch(expected.get(step - 1), state.toIntArray()), place + ", step " + step);
            });
            simulation.runSteps(STEPS);
            assertEquals(simulation.counters().microcodeCycles > 0, true);
        }
    }

    /** @return the network on cores of so many compartments */
    ChipImage image(int perCore) {
        ChipSpec chip = ChipSpecs.preset("loihi2");
        int cores = (size + perCore - 1) / perCore;
        List<IntArrayList> axons = new ArrayList<>();
        List<List<long[]>> lists = new ArrayList<>();
        List<List<int[]>> outs = new ArrayList<>();
        for (int c = 0; c < cores; c++) {
            axons.add(new IntArrayList());
            lists.add(new ArrayList<>());
        }
        SynapseFormat format = new SynapseFormat(SynapseFormat.Compression.SPARSE, SynapseFormat.SignMode.MIXED, 8, 0, 3,
            SynapseFormat.indexBitsFor(Math.min(size, perCore) - 1), false);
        for (int i = 0; i < size; i++) {
            outs.add(new ArrayList<>());
            for (int c = 0; c < cores; c++) {
                for (int input = 0; input < NeuronProgram.INPUTS_MAX; input++) {
                    long[] list = list(i, c, perCore, input, format);
                    if (list.length > 0) {
                        outs.get(i).add(new int[] {c, lists.get(c).size()});
                        lists.get(c).add(list);
                        axons.get(c).addInt(i);
                        axons.get(c).addInt(input);
                    }
                }
            }
        }
        List<CoreImage> images = new ArrayList<>();
        for (int c = 0; c < cores; c++) {
            images.add(core(c, perCore, axons.get(c), lists.get(c), outs, format));
        }
        int[] core = IntStream.range(0, size).map(i -> i / perCore).toArray();
        int[] compartment = IntStream.range(0, size).map(i -> i % perCore).toArray();
        return new ChipImage("graded", chip, 1, images, List.of(new Region("all", Region.Role.HIDDEN, core, compartment)), List.of(), 0,
            Arithmetic.NENGO_LOIHI);
    }

    private long[] list(int source, int core, int perCore, int input, SynapseFormat format) {
        List<Synapse> own = synapses.stream().filter(s -> s.source == source && s.target / perCore == core && s.input == input)
            .sorted((a, b) -> a.target - b.target).toList();
        if (own.isEmpty()) {
            return new long[0];
        }
        SynapseListWriter writer = new SynapseListWriter(60);
        writer.sparse(1, format, own.stream().mapToInt(s -> s.target % perCore).toArray(), own.stream().mapToInt(Synapse::mantissa).toArray(),
            own.stream().mapToInt(Synapse::delay).toArray(), own.size());
        return writer.toWords();
    }

    private LoihiCoreImage core(int number, int perCore, IntArrayList axons, List<long[]> lists, List<List<int[]>> outs, SynapseFormat format) {
        int from = number * perCore;
        int n = Math.min(size, from + perCore) - from;
        List<NeuronProfile> profiles = new ArrayList<>();
        byte[] profileOf = new byte[n];
        for (int i = 0; i < n; i++) {
            NeuronProfile p = NeuronProfile.programmed(programOf[from + i], constants.get(from + i), 0, 1);
            if (!profiles.contains(p)) {
                profiles.add(p);
            }
            profileOf[i] = (byte) profiles.indexOf(p);
        }
        int axonCount = lists.size();
        long[] words = lists.stream().flatMapToLong(Arrays::stream).toArray();
        int[] pointer = new int[axonCount];
        int[] length = new int[axonCount];
        int[] input = new int[axonCount];
        int[] factors = new int[axonCount];
        int at = 0;
        for (int a = 0; a < axonCount; a++) {
            pointer[a] = at;
            length[a] = lists.get(a).length;
            at += length[a];
            factors[a] = factor[axons.getInt(2 * a)];
            input[a] = axons.getInt(2 * a + 1);
        }
        int[] groupOut = new int[n + 1];
        IntArrayList outCore = new IntArrayList();
        IntArrayList outAxon = new IntArrayList();
        for (int i = 0; i < n; i++) {
            outs.get(from + i).forEach(o -> {
                outCore.addInt(o[0]);
                outAxon.addInt(o[1]);
            });
            groupOut[i + 1] = outCore.size();
        }
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        int[] atoms = new int[axonCount];
        Arrays.fill(atoms, 1);
        return new LoihiCoreImage(number, profiles, profileOf, Arrays.copyOfRange(bias, from, from + n), Arrays.copyOfRange(initial, from, from + n),
            List.of(format), words, pointer, length, atoms, new int[axonCount], IntStream.range(0, n).toArray(), ones, groupOut,
            outCore.toIntArray(), outAxon.toIntArray(), new int[outCore.size()], programs, new int[0], input, factors, 0);
    }
}
