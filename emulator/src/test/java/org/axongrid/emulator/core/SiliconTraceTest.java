package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/**
 * The one published step-by-step trace of a Loihi chip: a leaky integrate-and-fire neuron over 1,000 steps, from the NIR paper's first experiment
 * (neuromorphs/NIR, paper/01_lif, BSD-3-Clause; Pedersen et al. 2024, Nature Communications 15:8122). The rows are input spike, v register and
 * output spike.
 *
 * <p>The experiment's register values are not published with it. They follow from the trace: an input adds 640 = 10 * 2^6; v keeps
 * (4096 - 163) / 4096 per step, 163 being 4096 * 0.1 ms / 2.5 ms cut off; the largest v without a spike is 1589 and the smallest with one would be
 * 1656, so the threshold mantissa is 25 (25 * 2^6 = 1600). The file shows an input's effect on v one step after the input.
 */
class SiliconTraceTest {
    /** What the chip's v register reads in the step of a spike; the emulator's holds the reset value, 0. */
    private static final int READ_AFTER_SPIKE = 128;

    @Test
    void everyStepIsTheChipsButForTheRegisterInTheStepOfASpike() throws IOException {
        List<String[]> rows;
        try (InputStream in = SiliconTraceTest.class.getResourceAsStream("/silicon/lif_lava_loihi_fixed.csv")) {
            rows = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().map(l -> l.split(",")).toList();
        }
        assertEquals(1000, rows.size());
        List<String> differences = new ArrayList<>();
        int[] spikes = {0};
        try (Simulation simulation = new Simulation(new LoadedSystem(image()), new Timing(StepCosts.NONE, 0), 1)) {
            simulation.drive(step -> {
                // Row r, from 0, is step r + 1; an input of row r shows in row r + 1.
                if (step >= 2 && rows.get(step - 2)[0].equals("1")) {
                    simulation.inject(0, 0);
                }
            });
            simulation.listen((step, cores) -> {
                String[] row = rows.get(step - 1);
                boolean spiked = cores[0].spikeCount() == 1;
                int v = cores[0].voltage(0);
                assertEquals(Double.parseDouble(row[2]) == 1, spiked, "spike in row " + step);
                spikes[0] += spiked ? 1 : 0;
                if (Integer.parseInt(row[1]) != v) {
                    differences.add("row " + step + ": chip " + row[1] + ", emulator " + v);
                    assertEquals(List.of(true, READ_AFTER_SPIKE, 0), List.of(spiked, Integer.parseInt(row[1]), v));
                }
            });
            simulation.runSteps(1000);
        }
        assertEquals(4, spikes[0]);
        assertEquals(List.of("row 462: chip 128, emulator 0", "row 512: chip 128, emulator 0", "row 712: chip 128, emulator 0",
            "row 762: chip 128, emulator 0"), differences);
    }

    private static ChipImage image() {
        SynapseFormat format = new SynapseFormat(SynapseFormat.Compression.DENSE, SynapseFormat.SignMode.EXCITATORY, 8, 0, 0,
            SynapseFormat.indexBitsFor(0), false);
        SynapseListWriter writer = new SynapseListWriter(60);
        writer.dense(1, format, 0, new int[] {10}, 0, 1, 0);
        long[] words = writer.toWords();
        int limit = (1 << 23) - 1;
        LoihiCoreImage core = new LoihiCoreImage(0, List.of(new NeuronProfile(4096, 163, 25, NeuronProfile.Reset.HARD, 1, -limit, limit, 0, 1)),
            new byte[1], new int[1], new int[1], List.of(format), words, new int[1], new int[] {words.length}, new int[] {1}, new int[1],
            new int[0], new int[0], new int[1], new int[0], new int[0], new int[0]);
        ChipImage image = new ChipImage("lif", ChipSpecs.preset("loihi"), 1, List.of(core), List.of(new Region("lif", Region.Role.HIDDEN,
            new int[1], new int[1])), List.of(new SpikePort("in", new int[] {0, 1}, new int[1], new int[1], new int[1])), 0,
            Arithmetic.NENGO_LOIHI);
        ChipImageValidator.validate(image);
        return image;
    }
}
