package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Noise;
import org.axongrid.isa.image.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise matches in distribution: uniform on 255 values, moved and scaled (project reference on Loihi, section 2.5). */
class NoiseTest {
    private static final int COMPARTMENTS = 1000;
    private static final int STEPS = 60;
    private static final int[] NONE = {};

    /** @return by step and compartment: v of compartments that keep nothing, so what the step's noise was */
    private static int[][] noise(Noise noise, int seed) {
        int limit = (1 << 23) - 1;
        NeuronProfile p = new NeuronProfile(4096, 4096, 0, NeuronProfile.Reset.NONE, 1, -limit, limit, 0, 1).withNoise(noise);
        LoihiCoreImage core = new LoihiCoreImage(0, List.of(p), new byte[COMPARTMENTS], new int[COMPARTMENTS], new int[COMPARTMENTS], List.of(),
            new long[0], NONE, NONE, NONE, NONE, NONE, NONE, new int[1], NONE, NONE, NONE).with(List.of(), NONE, NONE, NONE, seed);
        ChipImage image = new ChipImage("noise", ChipSpecs.preset("loihi"), 1, List.of(core), List.of(new Region("all", Region.Role.HIDDEN,
            new int[1], new int[1])), 0);
        int[][] values = new int[STEPS][COMPARTMENTS];
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 0), 1)) {
            simulation.listen((step, cores) -> Arrays.setAll(values[step - 1], cores[0]::voltage));
            simulation.runSteps(STEPS);
            int[] first = values[0].clone();
            simulation.runSteps(STEPS);
            assertArrayEquals(first, values[0], "each run starts from the seed");
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"MEMBRANE,0,7", "DENDRITE,0,7", "MEMBRANE,1,10", "DENDRITE,-2,9", "MEMBRANE,0,4"})
    void uniformOn255Values(Noise.Target target, int offset, int exponent) {
        int[][] values = noise(new Noise(target, offset, exponent), 5);
        double scale = Math.pow(2, exponent - 7);
        long n = (long) STEPS * COMPARTMENTS;
        double sum = 0;
        double squares = 0;
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int[] row : values) {
            for (int v : row) {
                sum += v;
                squares += (double) v * v;
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
        }
        assertEquals(Math.floor((-127 + 64 * offset) * scale), least);
        assertEquals(Math.floor((127 + 64 * offset) * scale), most);
        // Rounding down takes half a step on average where the exponent is below 7.
        double lost = exponent < 7 ? (1 - scale) / 2 : 0;
        double mean = 64 * offset * scale - lost;
        double deviation = Math.sqrt((255.0 * 255 - 1) / 12) * scale;
        assertEquals(mean, sum / n, 5 * deviation / Math.sqrt(n));
        assertEquals(deviation, Math.sqrt(squares / n - (sum / n) * (sum / n)), 0.02 * deviation);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "0,-1"})
    void seedsGiveDifferentNoise(int a, int b) {
        Noise noise = new Noise(Noise.Target.MEMBRANE, 0, 7);
        assertFalse(Arrays.equals(noise(noise, a)[0], noise(noise, b)[0]));
    }
}
