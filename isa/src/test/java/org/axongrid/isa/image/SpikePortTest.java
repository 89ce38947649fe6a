package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.synapse.SynapseFormat;
import org.junit.jupiter.api.Test;

/** Ports and the arithmetic in files, dumps and checks. */
class SpikePortTest {
    /** Line 0 to atom 2 of axon 0 of core 130, line 1 nowhere, line 2 to its axon 1 and to core 1. */
    private static final SpikePort GOOD = new SpikePort("spikes", new int[] {0, 1, 1, 3}, new int[] {2, 2, 1}, new int[] {0, 1, 0},
        new int[] {2, 0, 1});

    private static ChipImage image(Arithmetic arithmetic, SpikePort... ports) {
        ChipImage s = SmallImage.image();
        return new ChipImage(s.name(), s.chip(), s.chips(), s.cores(), s.regions(), List.of(ports), s.depth(), arithmetic);
    }

    private static void refused(String problem, SpikePort... ports) {
        List<String> problems = ChipImageValidator.problems(image(Arithmetic.NENGO_LOIHI, ports));
        assertTrue(problems.stream().anyMatch(p -> p.contains(problem)), problems + " lack " + problem);
    }

    @Test
    void filesKeepPortsAndArithmetic() throws IOException {
        for (Arithmetic arithmetic : Arithmetic.values()) {
            ChipImage image = image(arithmetic, GOOD);
            ChipImageValidator.validate(image);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ChipImageCodec.write(image, out);
            byte[] bytes = out.toByteArray();
            assertNull(Images.difference(image, ChipImageCodec.read(new ByteArrayInputStream(bytes), bytes.length, "f")));
        }
    }

    @Test
    void dumpsNameThem() throws IOException {
        StringBuilder text = new StringBuilder();
        ChipImageText.summary(image(Arithmetic.LAVA, GOOD), text, 100);
        assertTrue(text.toString().contains("spike port"), text.toString());
        assertTrue(text.toString().contains("arithmetic as lava"), text.toString());
    }

    @Test
    void portsThatLeadNowhereAreNamed() {
        refused("a spike port has no name", new SpikePort(" ", new int[1], new int[0], new int[0], new int[0]));
        refused("spike port 'spikes' is there twice", GOOD, GOOD);
        refused("'p': 1 cores, 0 axons and 1 atoms", new SpikePort("p", new int[] {0, 1}, new int[1], new int[0], new int[1]));
        refused("do not ascend from 0 to 1", new SpikePort("p", new int[] {0, 0}, new int[1], new int[1], new int[1]));
        refused("do not ascend from 0 to 1", new SpikePort("p", new int[] {0, 2, 1}, new int[1], new int[1], new int[1]));
        refused("do not ascend from 0 to 0", new SpikePort("p", new int[0], new int[0], new int[0], new int[0]));
        refused("no core of index 3, the image has 3", new SpikePort("p", new int[] {0, 1}, new int[] {3}, new int[1], new int[1]));
        refused("no input axon 2 in core 130, which has 2", new SpikePort("p", new int[] {0, 1}, new int[] {2}, new int[] {2}, new int[1]));
        refused("no atom 3 of input axon 0 in core 130, which has 3", new SpikePort("p", new int[] {0, 1}, new int[] {2}, new int[1],
            new int[] {3}));
    }

    @Test
    void delaysTakeAccumulators() {
        // Core 130: 4 compartments, two delay bits.
        ChipImage image = Changed.chip(SmallImage.image(), c -> c.with(ChipParameter.DELAY_ACCUMULATORS, 15));
        assertEquals(List.of("chip image small: core 130: delay_accumulators: 16 used, limit 15, 1 too many"),
            ChipImageValidator.problems(image));
    }

    @Test
    void shiftedSumsNeedOneExponent() {
        SynapseFormat f = SmallImage.DENSE;
        SynapseFormat negative = new SynapseFormat(f.compression(), f.signMode(), 8, -1, 0, 6, false);
        ChipImage image = Changed.core(SmallImage.image(), 2, c -> c.formats.add(negative));
        ChipImageValidator.validate(image);
        ChipImage lava = new ChipImage(image.name(), image.chip(), image.chips(), image.cores(), image.regions(), image.ports(), image.depth(),
            Arithmetic.LAVA);
        assertTrue(ChipImageValidator.problems(lava).toString().contains("arithmetic lava shifts sums and allows one"));
    }
}
