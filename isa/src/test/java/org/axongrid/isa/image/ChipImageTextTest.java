package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;

class ChipImageTextTest {
    private final ChipImage image = SmallImage.image();

    @Test
    void summaryShowsChipRegionsAndEachCore() throws IOException {
        String text = summary(1000);
        contains(text, "chip image small\n", "  2 chips of 8 x 4 tiles with 4 cores each\n", "  3 of 256 cores in use, 12 compartments\n",
            "  depth 1: T steps of every compartment take T + 1 time-steps\n", "  bias_input            2      1  in\n",
            "  readout               3      1  out\n", "  compartments                1024         6    0.6%       4.0    0.4%  0\n");
        String last = text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
        assertEquals("130 1 8 0 4 0.4% 4 0.0% 2 0.0% 0 0.0% 1 2 2 3", last.strip().replaceAll(" +", " "));
    }

    @Test
    void coreShowsEverythingDecoded() throws IOException {
        contains(core(130, 1000), "core 130: chip 1, tile 0, column 8, row 0\n", "  input_axons                    2 of 4096\n",
            "  out: 3 of its 3 compartments\n",
            "  0: reset soft, threshold mantissa 100, decay u 4096 v 0, refractory 1, v -8388607..8388607, bias exponent 6, starts in step 1\n",
            "  0: profile 0, bias mantissa 0, initial v 0\n", "  1..3: profile 1, bias mantissa 0, initial v 0\n",
            "  1: dense, mixed, 8 weight bits, exponent 0, 0 delay bits, 6 index bits\n",
            "  2: sparse, excitatory, 4 weight bits, exponent 0, 2 delay bits, 6 index bits\n",
            "  0: population of 3, base 1, 3 x 1 words from word 0\n", "  1: discrete, base 1, 1 x 1 words from word 3\n",
            "  word 2\n    format 1, 3 synapses: 0:2 1:-4 2:6\n", "  word 3\n    format 2, 2 synapses: 0:16+1 2:240+3\n");
        contains(core(0, 1000), "  0: profile 0, bias mantissa 1, initial v 1\n", "  3..5: profile 0, bias mantissa 0, initial v 1\n",
            "  0: compartments 0..2\n    to core 130 axon 0, delay 0\n", "  1: compartments 3\n", "    to core 1 axon 0, delay 5\n");
    }

    @Test
    void aListThatCannotBeReadIsShownAsSuch() throws IOException {
        ChipImage broken = Changed.core(image, 2, c -> c.synapseWords[3] = -1);
        StringBuilder out = new StringBuilder();
        ChipImageText.core(broken, 130, out, 1000);
        contains(out.toString(), "  word 3\n    core 130: synapse list at word 3 uses format 15 of 2\n");
    }

    @Test
    void linesAreLimited() throws IOException {
        for (int limit : new int[] {1, 7, 20}) {
            for (String text : new String[] {summary(limit), core(130, limit)}) {
                assertEquals(limit + 1, text.lines().count());
                assertTrue(text.lines().skip(limit).findFirst().orElseThrow().matches("\\.\\.\\. at least [1-9][0-9]* more lines"), text);
            }
        }
        long all = summary(1000).lines().count();
        assertEquals(all, summary((int) all).lines().count());
        assertThrows(IllegalArgumentException.class, () -> summary(0));
    }

    @Test
    void anUnusedCoreIsAnError() {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> core(7, 10));
        assertEquals("chip image small: core 7 is not in use; 3 cores from 0 to 130 are", e.getMessage());
    }

    private String summary(int limit) throws IOException {
        StringBuilder out = new StringBuilder();
        ChipImageText.summary(image, out, limit);
        return out.toString();
    }

    private String core(int core, int limit) throws IOException {
        StringBuilder out = new StringBuilder();
        ChipImageText.core(image, core, out, limit);
        return out.toString();
    }

    private static void contains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "no '" + part + "' in\n" + text);
        }
    }
}
