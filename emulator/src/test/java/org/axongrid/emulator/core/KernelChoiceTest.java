package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every choice of kernels gives what {@link Kernels#PLAIN} gives, in every voltage, spike, time and count: random recurrent networks of two cores with
 * dense and scattered lists, delays, all resets, leaks, dead times, wrapping and saturating registers, and long silences. The seed is the test's argument.
 */
class KernelChoiceTest {
    private static final int STEPS = 60;
    private static final Timing TIMED = new Timing(new StepCosts(700, 300, 110, 130, 90, new int[] {7, 11, 13}, 20, 30, 40), 1000);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void allKernelsAgree(long seed) {
        ChipImage image = image(new Random(seed));
        String set = System.getProperty(Kernels.PROPERTY);
        try {
            List<int[]> plain = run(image, Kernels.PLAIN, 1, seed);
            assertTrue(plain.stream().anyMatch(s -> Arrays.stream(s).anyMatch(x -> x != 0)), "nothing happened");
            for (Kernels k : Kernels.values()) {
                if (k == Kernels.VECTOR && VectorLoops.OFFERED == null) {
                    continue;
                }
                for (int workers = 1; workers <= 2; workers++) {
                    List<int[]> other = run(image, k, workers, seed);
                    for (int t = 0; t < plain.size(); t++) {
                        assertArrayEquals(plain.get(t), other.get(t), k.key() + ", " + workers + " workers, step " + (t + 1));
                    }
                    assertEquals(plain.size(), other.size());
                }
            }
        } finally {
            if (set == null) {
                System.clearProperty(Kernels.PROPERTY);
            } else {
                System.setProperty(Kernels.PROPERTY, set);
            }
        }
    }

    private static List<int[]> run(ChipImage image, Kernels kernels, int workers, long seed) {
        System.setProperty(Kernels.PROPERTY, kernels.key());
        List<int[]> seen = new ArrayList<>();
        Random host = new Random(seed);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMED, workers)) {
            simulation.drive(t -> {
                for (int k = t % 20 < 6 ? host.nextInt(4) : 0; k > 0; k--) {
                    simulation.inject(0, host.nextInt(image.ports().get(0).first().length - 1));
                }
                if (t == 43) {
                    simulation.clear(image.regions().get(0));
                }
            });
            simulation.listen((t, cores) -> {
                IntStream.Builder all = IntStream.builder();
                for (Neurocore c : cores) {
                    Arrays.stream(c.spikes(), 0, c.spikeCount()).forEach(all::add);
                    all.add((int) c.computePs()).add((int) c.receivePs()).add((int) c.drainPs());
                    c.forEachMessage((destination, line, steps, ready) -> all.add(line).add((int) ready));
                    for (int i = 0; i < c.spikes.length; i++) {
                        all.add(c.voltage(i));
                    }
                }
                seen.add(all.build().toArray());
            });
            simulation.runSteps(STEPS);
            for (EventCounters c : simulation.coreCounters()) {
                seen.add(fields(c));
            }
            seen.add(fields(simulation.counters()));
        }
        return seen;
    }

    private static int[] fields(EventCounters counters) {
        return Arrays.stream(EventCounters.class.getFields()).flatMapToInt(f -> {
            Object value = value(f, counters);
            return value instanceof long[] many ? Arrays.stream(many).mapToInt(x -> (int) x) : IntStream.of((int) (long) value);
        }).toArray();
    }

    private static Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ChipImage image(Random random) {
        // Beyond 4096 compartments a range is more than one block of the loops.
        int size = random.nextInt(8) == 0 ? 4200 : 20 + random.nextInt(600);
        boolean quiet = random.nextBoolean();
        int delayBits = random.nextInt(3) == 0 ? 2 : 0;
        int exponent = random.nextInt(3) == 0 ? 7 : random.nextInt(3) - 1;
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.DELAY_ACCUMULATORS, 1 << 16);
        int[] first = groups(size, random.nextBoolean() ? 1 : 20, random);
        List<CoreImage> cores = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            cores.add(core(c, first, quiet, delayBits, exponent, random));
        }
        int[] axon = new int[size];
        int[] atom = new int[size];
        for (int g = 0; g + 1 < first.length; g++) {
            for (int i = first[g]; i < first[g + 1]; i++) {
                axon[i] = g;
                atom[i] = i - first[g];
            }
        }
        SpikePort port = new SpikePort("in", IntStream.rangeClosed(0, size).toArray(), new int[size], axon, atom);
        Region region = new Region("some", Region.Role.READOUT, new int[] {0, 1}, new int[] {size / 2, size / 3});
        return new ChipImage("random", chip, 1, cores, List.of(region), List.of(port), 0, Arithmetic.values()[random.nextInt(3)]);
    }

    /** Axon groups of up to so many compartments: the first of each, and the number of all. */
    private static int[] groups(int size, int largest, Random random) {
        IntStream.Builder first = IntStream.builder();
        for (int i = 0; i < size; i += 1 + random.nextInt(largest)) {
            first.add(i);
        }
        return first.add(size).build().toArray();
    }

    /** A core of a list for each compartment of both cores. Lists of a group's compartments have targets in common, so that their rows are alike. */
    private static LoihiCoreImage core(int number, int[] first, boolean quiet, int delayBits, int exponent, Random random) {
        int groups = first.length - 1;
        int size = first[groups];
        int vMax = exponent == 7 ? 1 << 20 : (1 << 23) - 1;
        boolean leaky = random.nextBoolean();
        List<NeuronProfile> profiles = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            NeuronProfile.Reset reset = NeuronProfile.Reset.values()[random.nextInt(3)];
            int lost = leaky && random.nextInt(3) == 0 ? random.nextInt(4097) : 4096;
            int leak = leaky && random.nextBoolean() ? random.nextInt(500) : 0;
            int dead = leaky && random.nextInt(3) == 0 ? 3 : 1;
            profiles.add(new NeuronProfile(lost, leak, 100 + random.nextInt(1000), reset, dead, -vMax, vMax, 0, 1));
        }
        byte[] profileOf = new byte[size];
        for (int i = 0; i < size; i++) {
            profileOf[i] = (byte) (i * 4 / size);
        }
        int indexBits = SynapseFormat.indexBitsFor(size - 1);
        List<SynapseFormat> formats = List.of(
            new SynapseFormat(Compression.DENSE, SignMode.MIXED, 8, exponent, delayBits, indexBits, false),
            new SynapseFormat(Compression.SPARSE, SignMode.MIXED, 8, exponent, delayBits, indexBits, false));
        SynapseListWriter writer = new SynapseListWriter(60);
        int[] pointer = new int[2 * groups];
        int[] words = new int[2 * groups];
        int[] atoms = new int[2 * groups];
        List<long[]> lists = new ArrayList<>();
        int used = 0;
        for (int a = 0; a < 2 * groups; a++) {
            atoms[a] = first[a % groups + 1] - first[a % groups];
            pointer[a] = used;
            long seed = random.nextLong();
            for (int atom = 0; atom < atoms[a]; atom++) {
                // The same shapes for all atoms, other weights.
                Random shape = new Random(seed);
                writer.clear();
                for (int part = shape.nextInt(3); part >= 0; part--) {
                    int n = 1 + shape.nextInt(Math.min(40, size));
                    boolean dense = shape.nextInt(3) > 0;
                    int[] mantissas = random.ints(n, -31, 32).map(m -> 8 * m).toArray();
                    if (dense) {
                        int delay = shape.nextInt(1 << delayBits);
                        writer.dense(1, formats.get(0), shape.nextInt(size - n + 1), mantissas, 0, n, delay);
                    } else {
                        int[] delays = shape.ints(n, 0, 1 << delayBits).toArray();
                        writer.sparse(2, formats.get(1), shape.ints(n, 0, size).sorted().toArray(), mantissas, delays, n);
                    }
                }
                long[] list = writer.toWords();
                lists.add(list);
                words[a] = list.length;
                used += list.length;
            }
        }
        int[] bias = quiet ? new int[size] : random.ints(size, -200, 2000).toArray();
        int[] groupSize = Arrays.copyOf(atoms, groups);
        int[] outCore = IntStream.range(0, 2 * groups).map(o -> o % 2).toArray();
        int[] outAxon = IntStream.range(0, 2 * groups).map(o -> number * groups + o / 2).toArray();
        int[] outDelay = IntStream.range(0, 2 * groups).map(o -> random.nextInt(20) == 0 ? random.nextInt(4) : 0).toArray();
        return new LoihiCoreImage(number, profiles, profileOf, bias, random.ints(size, 0, quiet ? 1 : 60_000).toArray(), formats,
            lists.stream().flatMapToLong(Arrays::stream).toArray(), pointer, words, atoms, new int[2 * groups], Arrays.copyOf(first, groups), groupSize,
            IntStream.rangeClosed(0, groups).map(i -> 2 * i).toArray(), outCore, outAxon, outDelay);
    }
}
