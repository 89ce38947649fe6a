package org.axongrid.isa.microcode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.axongrid.isa.fixed.FixedPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Library programs against plain code written from their sources. */
class NeuronLibraryTest {
    /** One compartment of a program. */
    private static final class Neuron {
        final NeuronProgram program;
        final NeuronKernel kernel;
        final NeuronBlock block;

        Neuron(String name, Map<String, Integer> constants) {
            program = NeuronPrograms.library(name);
            kernel = new NeuronInterpreter(program);
            int[][] words = new int[program.state().size()][1];
            for (int w = 0; w < words.length; w++) {
                words[w][0] = program.state().get(w).initial();
            }
            block = new NeuronBlock(words, new int[NeuronProgram.PROBES][1], new int[program.inputs().size()], new int[1], new int[1], new int[1]);
            block.inputStride = 1;
            block.random = 1;
            block.payloadMax = Integer.MAX_VALUE;
            block.constants = program.constantValues(constants).stream().mapToInt(i -> i).toArray();
        }

        /** @return the payload, 0 if it did not spike */
        int step(int... inputs) {
            System.arraycopy(inputs, 0, block.accumulator, 0, inputs.length);
            block.time++;
            block.spikeCount = 0;
            kernel.update(block, 0, 1);
            return block.spikeCount == 0 ? 0 : block.payloads[0];
        }

        int word(String name) {
            return block.words[program.stateIndex(name)][0];
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void softResetOfTwoCompartmentsSpikesAsTheNativeOne(long seed) {
        Random random = new Random(seed);
        int threshold = 50 + random.nextInt(200);
        Neuron one = new Neuron("if-soft", Map.of("threshold", threshold));
        Neuron two = new Neuron("soft-two-compartment", Map.of("threshold", threshold, "reset", threshold));
        long sum = 0;
        int spikes = 0;
        for (int t = 0; t < 500; t++) {
            int input = random.nextInt(-80, 160);
            sum += input;
            int spike = one.step(input);
            assertEquals(spike, two.step(input), "seed " + seed + " step " + t);
            spikes += spike;
            assertEquals(sum - (long) spikes * threshold, one.word("v"));
        }
        assertTrue(spikes > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void cubaLifFollowsTheReferenceText(long seed) {
        Random random = new Random(seed);
        int du = random.nextInt(4097);
        int dv = random.nextInt(4097);
        int threshold = 1 << 12 + random.nextInt(8);
        int refractory = 1 + random.nextInt(5);
        int vMin = -(1 << random.nextInt(24)) + 1;
        Neuron neuron = new Neuron("cuba-lif", Map.of("threshold", threshold, "keep_u", 4096 - du, "keep_v", 4096 - dv,
            "refractory", refractory, "shift", 6, "v_min", vMin));
        int bias = random.nextInt(-500, 500);
        neuron.block.bias[0] = bias;
        int u = 0;
        int v = 0;
        int dead = 0;
        for (int t = 0; t < 2000; t++) {
            int input = random.nextInt(8) == 0 ? random.nextInt(-(1 << 20), 1 << 20) >> random.nextInt(20) : 0;
            u = FixedPoint.wrap(FixedPoint.decay(u, du) + (input << 6), 24);
            int x = FixedPoint.wrap(u + bias, 24);
            v = FixedPoint.clamp((long) FixedPoint.decay(v, dv) + x, vMin, (1 << 23) - 1);
            v = dead > 0 ? 0 : v;
            boolean spike = v > threshold;
            if (spike) {
                v = 0;
                dead = refractory;
            }
            dead = Math.max(dead - 1, 0);
            assertEquals(spike ? 1 : 0, neuron.step(input), "seed " + seed + " step " + t);
            assertArrayEquals(new int[] {v, u}, new int[] {neuron.word("v"), neuron.word("u")}, "seed " + seed + " step " + t);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"group-neuron", "burst-if"})
    void gradedNeuronsDivide(String name) {
        Random random = new Random(7);
        for (int n = 0; n < 300; n++) {
            int threshold = 1 + random.nextInt(1000);
            int most = 1 + random.nextInt(15);
            Neuron neuron = new Neuron(name, Map.of("threshold", threshold, name.equals("burst-if") ? "gamma" : "tau", most));
            long v = 0;
            for (int t = 0; t < 20; t++) {
                int input = random.nextInt(-3 * threshold, 20 * threshold);
                v += input;
                int sent = (int) Math.max(0, Math.min(most, Math.floorDiv(v, threshold)));
                v -= (long) sent * threshold;
                assertEquals(sent, neuron.step(input));
                assertEquals(v, neuron.word("v"));
            }
        }
    }

    @Test
    void signedNeuronRemembersWhatItSent() {
        Neuron neuron = new Neuron("signed-if", Map.of("threshold", 10));
        assertEquals(0, neuron.step(-50));
        assertEquals(1, neuron.step(65));
        assertEquals(-1, neuron.step(-20));
        assertEquals(0, neuron.step(-10));
        assertEquals(0, new Neuron("signed-if", Map.of("threshold", 0)).step(5));
    }

    @Test
    void maskedNeuronIsSilencedInItsSecondPhase() {
        Neuron open = new Neuron("masked-two-phase", Map.of("threshold", 10, "start", 5, "tau", 2));
        Neuron closed = new Neuron("masked-two-phase", Map.of("threshold", 10, "start", 5, "tau", 2));
        assertEquals(1, open.step(12));
        assertEquals(0, open.step(4));
        assertEquals(0, closed.step(4));
        assertEquals(0, closed.step(-8));
        assertEquals(1, open.step(6));
        assertEquals(0, closed.step(6));
        assertEquals(1, open.word("v"));
        assertEquals(1, closed.word("v"));
    }

    @Test
    void resonatorRingsAtItsOwnFrequencyOnly() {
        int[] periods = {32, 16};
        int[] spikes = new int[2];
        for (int k = 0; k < 2; k++) {
            Neuron neuron = new Neuron("resonate-and-fire", Map.of("threshold", 1500));
            for (int t = 0; t < 320; t++) {
                spikes[k] += neuron.step(t % periods[k] == 0 ? 1200 : 0);
            }
        }
        assertTrue(spikes[0] > 3 && spikes[1] == 0, spikes[0] + " at its own period, " + spikes[1] + " at half of it");
    }

    @Test
    void adaptiveThresholdSlowsDown() {
        Neuron neuron = new Neuron("adaptive-lif", Map.of("threshold", 500, "step", 300));
        int first = 0;
        int last = 0;
        for (int t = 0; t < 400; t++) {
            int spike = neuron.step(120);
            first += t < 50 ? spike : 0;
            last += t >= 350 ? spike : 0;
        }
        assertTrue(first > last && last > 0, first + " spikes in the first 50 steps, " + last + " in the last");
    }

    /** Regular spiking at a current of 10: Izhikevich 2003, figure 2, shows a few initial spikes close together and then a steady rate. */
    @Test
    void izhikevichSpikesRegularly() {
        Neuron neuron = new Neuron("izhikevich", Map.of());
        java.util.List<Integer> times = new java.util.ArrayList<>();
        for (int t = 0; t < 1000; t++) {
            if (neuron.step(10 * 256) != 0) {
                times.add(t);
            }
        }
        assertTrue(times.size() > 15 && times.size() < 40, times.toString());
        int firstGap = times.get(1) - times.get(0);
        int lastGap = times.get(times.size() - 1) - times.get(times.size() - 2);
        assertTrue(firstGap < lastGap, times.toString());
    }

    /** Deterministic TrueNorth neurons of all reset modes against the equations of the project reference on TrueNorth, section 3. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void trueNorthFollowsTheReferenceText(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 200; n++) {
            int[] s = random.ints(4, -255, 256).toArray();
            int lambda = random.nextInt(-60, 61);
            int reverse = random.nextInt(2);
            int alpha = random.nextInt(1, 2000);
            int beta = random.nextInt(0, 1000);
            int mode = random.nextInt(3);
            int kappa = random.nextInt(2);
            int reset = random.nextInt(-100, 100);
            Neuron neuron = new Neuron("truenorth", Map.ofEntries(Map.entry("s0", s[0]), Map.entry("s1", s[1]), Map.entry("s2", s[2]),
                Map.entry("s3", s[3]), Map.entry("lambda", lambda), Map.entry("reverse", reverse), Map.entry("alpha", alpha),
                Map.entry("beta", beta), Map.entry("mode", mode), Map.entry("kappa", kappa), Map.entry("reset", reset)));
            int v = 0;
            for (int t = 0; t < 30; t++) {
                int[] counts = random.ints(4, 0, 6).toArray();
                for (int g = 0; g < 4; g++) {
                    v += counts[g] * s[g];
                }
                v += reverse == 1 ? Integer.signum(v) * lambda : lambda;
                int spike = 0;
                if (v >= alpha) {
                    spike = 1;
                    v = mode == 0 ? reset : mode == 1 ? v - alpha : v;
                } else if (v < -beta) {
                    v = kappa == 1 ? -beta : mode == 0 ? -reset : mode == 1 ? v + beta : v;
                }
                assertEquals(spike, neuron.step(counts), "seed " + seed + " neuron " + n + " step " + t);
                assertEquals(v, neuron.word("v"));
            }
        }
    }

    @Test
    void truenorthLeakProbabilityAndThresholdNoise() {
        Neuron neuron = new Neuron("truenorth", Map.of("lambda", -63, "leak_random", 1, "alpha", 100_000, "beta", 100_000));
        for (int t = 0; t < 20_000; t++) {
            neuron.step(0, 0, 0, 0);
        }
        // P = (63 + 1) / 256 of -1; five standard deviations are 306.
        assertEquals(-5000, neuron.word("v"), 306);
    }
}
