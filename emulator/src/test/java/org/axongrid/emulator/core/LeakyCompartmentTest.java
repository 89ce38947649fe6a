package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One core of random compartments and random delayed synapses against the formulas of the project reference on Loihi, section 2.2, written
 * down again with 64-bit sums and remainders and nothing of the emulator in it. The seed is the test's argument.
 */
class LeakyCompartmentTest {
    private static final Timing TIMELESS = new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0);
    private static final int LINES = 12;
    private static final int STEPS = 120;
    private static final int[] NONE = {};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyCurrentVoltageAndSpike(long seed) {
        Random random = new Random(seed);
        Model m = new Model(random);
        ChipImage image = m.image();
        ChipImageValidator.validate(image);
        int[][] inputs = new int[STEPS + 1][];
        for (int t = 1; t <= STEPS; t++) {
            inputs[t] = random.ints(0, LINES).limit(random.nextInt(5)).toArray();
        }
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, 1)) {
            simulation.observeCurrents();
            simulation.drive(t -> {
                for (int line : inputs[t]) {
                    simulation.inject(0, line);
                }
            });
            simulation.listen((t, cores) -> {
                m.step(t, inputs[t]);
                List<Integer> spikes = new ArrayList<>();
                for (int i = 0; i < m.n; i++) {
                    assertEquals(m.u[i], cores[0].current(i), "u of " + i + " in step " + t);
                    assertEquals(m.v[i], cores[0].voltage(i), "v of " + i + " in step " + t);
                    if (m.spiked[i]) {
                        spikes.add(i);
                    }
                }
                assertEquals(spikes, Arrays.stream(cores[0].spikes(), 0, cores[0].spikeCount()).boxed().toList(), "spikes of step " + t);
            });
            simulation.runSteps(STEPS);
            assertEquals(Arrays.stream(inputs).skip(1).mapToInt(a -> a.length).sum(), simulation.counters().messagesReceived);
            // Once more from the start: nothing of the first run may be left.
            m.reset();
            simulation.runSteps(STEPS);
        }
        // Unobserved, compartments without leak take the short way.
        m.reset();
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, 1)) {
            simulation.drive(t -> Arrays.stream(inputs[t]).forEach(line -> simulation.inject(0, line)));
            simulation.listen((t, cores) -> {
                m.step(t, inputs[t]);
                for (int i = 0; i < m.n; i++) {
                    assertEquals(m.v[i], cores[0].voltage(i), "unobserved v of " + i + " in step " + t);
                }
            });
            simulation.runSteps(STEPS);
        }
    }

    @Test
    void currentsAreKeptOnlyOnDemand() {
        NeuronProfile simple = new NeuronProfile(4096, 0, 1, NeuronProfile.Reset.SOFT, 1, -8388607, 8388607, 0, 1);
        LoihiCoreImage core = new LoihiCoreImage(0, List.of(simple), new byte[1], new int[1], new int[1], List.of(), new long[0], NONE, NONE, NONE, NONE,
            NONE, NONE, new int[1], NONE, NONE, NONE);
        ChipImage image = new ChipImage("one", ChipSpecs.preset("loihi"), 1, List.of(core), List.of(), 0);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, 1)) {
            simulation.listen((t, cores) -> assertThrows(IllegalStateException.class, () -> cores[0].current(0)));
            simulation.runSteps(1);
            assertThrows(IllegalStateException.class, () -> simulation.run(0, 1), "there is no readout");
            assertThrows(IllegalStateException.class, () -> simulation.inject(0, 0), "no step is about to begin");
        }
    }

    /** The compartments, their synapses, and what they hold. */
    private static final class Model {
        final int n;
        final NeuronProfile[] profiles;
        final int[] bias;
        final int exponent;
        final int[][] mantissa;
        final int[][] delay;
        final long[][] arriving;
        long[] u;
        long[] v;
        long[] counter;
        boolean[] spiked;

        Model(Random r) {
            n = 1 + r.nextInt(30);
            exponent = r.nextInt(16) - 8;
            profiles = new NeuronProfile[n];
            bias = new int[n];
            int[] edges = {0, 1, 2, 2048, 4095, 4096};
            for (int i = 0; i < n; i++) {
                int du = r.nextBoolean() ? edges[r.nextInt(6)] : r.nextInt(4097);
                int dv = r.nextBoolean() ? edges[r.nextInt(6)] : r.nextInt(4097);
                NeuronProfile.Reset reset = NeuronProfile.Reset.values()[r.nextInt(3)];
                int refractory = r.nextBoolean() ? 1 : 1 + r.nextInt(20);
                int vMin = r.nextBoolean() ? -8388607 : -r.nextInt(1 << 16);
                int vMax = r.nextBoolean() ? 8388607 : r.nextInt(1 << 20);
                int threshold = i < 8 ? r.nextInt(1 << 1 + r.nextInt(16)) : profiles[i % 8].thresholdMantissa();
                profiles[i] = r.nextInt(3) == 0
                    ? new NeuronProfile(4096, 0, threshold, NeuronProfile.Reset.SOFT, 1, vMin, vMax, r.nextInt(8), 1)
                    : new NeuronProfile(du, dv, threshold, reset, refractory, vMin, vMax, r.nextInt(8), 1);
                bias[i] = r.nextInt(3) == 0 ? 0 : r.nextInt(8191) - 4095;
            }
            mantissa = new int[LINES][n];
            delay = new int[LINES][n];
            int longest = r.nextBoolean() ? 1 : 63;
            for (int l = 0; l < LINES; l++) {
                for (int i = 0; i < n; i++) {
                    mantissa[l][i] = 2 * (r.nextInt(256) - 128);
                    delay[l][i] = r.nextInt(longest + 1);
                }
            }
            arriving = new long[STEPS + 65][n];
            reset();
        }

        void reset() {
            u = new long[n];
            v = new long[n];
            counter = new long[n];
            spiked = new boolean[n];
            for (long[] a : arriving) {
                Arrays.fill(a, 0);
            }
        }

        void step(int t, int[] lines) {
            for (int l : lines) {
                for (int i = 0; i < n; i++) {
                    arriving[t + delay[l][i]][i] += (long) Math.floor(mantissa[l][i] * Math.pow(2, exponent)) * 64;
                }
            }
            for (int i = 0; i < n; i++) {
                NeuronProfile p = profiles[i];
                long q = wrap(arriving[t][i], 22);
                u[i] = wrap(decay(u[i], p.currentDecay()) + q, 24);
                long x = wrap(u[i] + bias[i] * (1L << p.biasExponent()), 24);
                v[i] = Math.min(p.vMax(), Math.max(p.vMin(), decay(v[i], p.voltageDecay()) + x));
                if (counter[i] > 0) {
                    v[i] = 0;
                }
                long vth = p.thresholdMantissa() * 64L;
                spiked[i] = v[i] > vth && p.reset() != NeuronProfile.Reset.NONE;
                if (spiked[i]) {
                    v[i] = p.reset() == NeuronProfile.Reset.SOFT ? v[i] - vth : 0;
                    counter[i] = p.refractoryDelay();
                }
                counter[i] = Math.max(counter[i] - 1, 0);
            }
        }

        static long decay(long x, int k) {
            return Long.signum(x) * (Math.abs(x) * (4096 - k) / 4096);
        }

        static long wrap(long x, int bits) {
            long half = 1L << bits - 1;
            return Math.floorMod(x + half, 2 * half) - half;
        }

        ChipImage image() {
            SynapseFormat f = new SynapseFormat(SynapseFormat.Compression.SPARSE, SynapseFormat.SignMode.MIXED, 8, exponent, 6, 6, false);
            SynapseListWriter writer = new SynapseListWriter(60);
            int[] pointer = new int[LINES];
            int[] words = new int[LINES];
            long[] memory = new long[0];
            int[] targets = java.util.stream.IntStream.range(0, n).toArray();
            for (int l = 0; l < LINES; l++) {
                writer.clear();
                writer.sparse(1, f, targets, mantissa[l], delay[l], n);
                long[] list = writer.toWords();
                pointer[l] = memory.length;
                words[l] = list.length;
                memory = Arrays.copyOf(memory, memory.length + list.length);
                System.arraycopy(list, 0, memory, pointer[l], list.length);
            }
            byte[] profileOf = new byte[n];
            for (int i = 0; i < n; i++) {
                profileOf[i] = (byte) i;
            }
            int[] atoms = new int[LINES];
            Arrays.fill(atoms, 1);
            LoihiCoreImage core = new LoihiCoreImage(3, List.of(profiles), profileOf, bias, new int[n], List.of(f), memory, pointer, words, atoms,
                new int[LINES], NONE, NONE, new int[1], NONE, NONE, NONE);
            int[] lines = java.util.stream.IntStream.rangeClosed(0, LINES).toArray();
            SpikePort port = new SpikePort("in", lines, new int[LINES], Arrays.copyOf(lines, LINES), new int[LINES]);
            return new ChipImage("random", ChipSpecs.preset("loihi"), 1, List.of(core), List.of(new Region("all", Region.Role.HIDDEN,
                new int[n], targets)), List.of(port), 0, Arithmetic.NENGO_LOIHI);
        }
    }
}
