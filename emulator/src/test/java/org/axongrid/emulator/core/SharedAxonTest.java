package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.NeuronProfile.Reset;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;
import org.junit.jupiter.api.Test;

/** Several sources may share one input axon: it then takes a message from each in a step. */
class SharedAxonTest {
    private static final int SOURCES = 40;

    @Test
    void anAxonTakesAMessageFromEachOfItsSources() {
        ChipImage image = image();
        assertEquals(List.of(), ChipImageValidator.problems(image));
        StepCosts free = new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0);
        for (int workers = 1; workers <= 2; workers++) {
            try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(free, 0), workers)) {
                InferenceResult result = simulation.run(0, 3);
                int each = 2 * SOURCES << 6;
                assertArrayEquals(new int[] {each, each, each}, result.readout());
                assertEquals(3 * SOURCES, simulation.counters().messagesReceived);
            }
        }
    }

    private static ChipImage image() {
        int limit = (1 << 23) - 1;
        int[] none = {};
        int[] ascending = IntStream.range(0, SOURCES + 1).toArray();
        int[] ones = new int[SOURCES];
        Arrays.fill(ones, 1);
        NeuronProfile always = new NeuronProfile(4096, 0, 0, Reset.SOFT, 1, -limit, limit, 0, 1);
        NeuronProfile read = new NeuronProfile(4096, 4096, 0, Reset.NONE, 1, -limit, limit, 0, 2);
        LoihiCoreImage source = new LoihiCoreImage(0, List.of(always), new byte[SOURCES], ones, ones, List.of(), new long[0], none, none, none, none,
            Arrays.copyOf(ascending, SOURCES), ones, ascending, ones, new int[SOURCES], new int[SOURCES]);
        SynapseFormat format =
            new SynapseFormat(SynapseFormat.Compression.DENSE, SynapseFormat.SignMode.MIXED, 8, 0, 0, 6, false);
        SynapseListWriter list = new SynapseListWriter(60);
        list.dense(1, format, 0, new int[] {2}, 0, 1, 0);
        LoihiCoreImage target = new LoihiCoreImage(1, List.of(read), new byte[1], new int[1], new int[1], List.of(format), list.toWords(),
            new int[1], new int[] {1}, new int[] {1}, new int[1], none, none, new int[1], none, none, none);
        return new ChipImage("shared axon", ChipSpecs.preset("loihi"), 1, List.of(source, target),
            List.of(new Region("out", Region.Role.READOUT, new int[] {1}, new int[] {0})), 1);
    }
}
