package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgrammedImageTest {
    private static final int[] NONE = {};
    private static final ChipSpec LOIHI2 = ChipSpecs.preset("loihi2");
    private static final List<NeuronProgram> PROGRAMS = List.of(NeuronPrograms.library("cuba-lif"), NeuronPrograms.library("group-neuron"));
    private static final NeuronProfile LIF = NeuronProfile.programmed(0, PROGRAMS.get(0).constantValues(Map.of("threshold", 500)), 2, 1);
    private static final NeuronProfile GROUP = NeuronProfile.programmed(1, PROGRAMS.get(1).constantValues(Map.of("threshold", 50)), 0, 1);

    private static LoihiCoreImage core(NeuronProfile... profiles) {
        int n = profiles.length;
        byte[] profileOf = new byte[n];
        for (int i = 0; i < n; i++) {
            profileOf[i] = (byte) i;
        }
        return new LoihiCoreImage(3, List.of(profiles), profileOf, new int[n], new int[n], List.of(), new long[0], NONE, NONE, NONE, NONE, NONE,
            NONE, new int[1], NONE, NONE, NONE).with(PROGRAMS, new int[2 * n], NONE, NONE, 77);
    }

    private static ChipImage image(ChipSpec chip, LoihiCoreImage core) {
        return new ChipImage("programs", chip, 1, List.of(core), List.of(), 0);
    }

    private static void problem(ChipSpec chip, LoihiCoreImage core, String expected) {
        List<String> problems = ChipImageValidator.problems(image(chip, core));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("core 3: " + expected), problems.get(0));
    }

    @Test
    void survivesItsFile() throws IOException {
        ChipImage image = image(LOIHI2, core(LIF, GROUP));
        ChipImageValidator.validate(image);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ChipImageCodec.write(image, bytes);
        LoihiCoreImage read = ChipImageCodec.read(new ByteArrayInputStream(bytes.toByteArray()), bytes.size(), "x").loihiCores().get(0);
        assertEquals(PROGRAMS, read.programs());
        assertEquals(List.of(LIF, GROUP), read.profiles());
        assertArrayEquals(new int[4], read.initialState());
        assertEquals(77, read.seed());
    }

    @Test
    void whatCannotRunIsNamed() {
        problem(LOIHI2, core(NeuronProfile.programmed(2, List.of(), 0, 1)), "profile 0 has program 2 of 2");
        problem(LOIHI2, core(NeuronProfile.programmed(1, List.of(5), 0, 1)), "profile 0: 1 constants for the 2 of group-neuron");
        problem(LOIHI2, core(new NeuronProfile(0, 0, 1, NeuronProfile.Reset.HARD, 1, -9, 9, 0, 1)),
            "profile 0 has no neuron program, and loihi2 has no neurons without");
        problem(LOIHI2.with(ChipParameter.MICROCODE_INSTRUCTIONS, 40), core(LIF), "microcode_instructions: 50 used, limit 40");
        problem(LOIHI2.with(ChipParameter.SPIKE_PAYLOAD_BITS, 0), core(LIF),
            "neuron program group-neuron spikes with payloads, and spikes of loihi2 have none (spike_payload_bits is 0)");
        LoihiCoreImage good = core(LIF, GROUP);
        problem(LOIHI2, good.with(PROGRAMS, new int[] {0, 0, 0, 0, 0}, NONE, NONE, 0),
            "5 initial states for 4 compartments of 2 further state words");
        problem(LOIHI2, good.with(PROGRAMS, new int[] {0, 0, 200, 0}, NONE, NONE, 0),
            "compartment 0: initial value 200 of state word dead does not fit its 8 bits");
        problem(LOIHI2, good.with(PROGRAMS, NONE, new int[1], NONE, 0), "1 accumulators for 0 input axons");
        problem(LOIHI2, good.with(PROGRAMS, NONE, NONE, new int[1], 0), "1 factors for 0 atoms of input axons");
    }

    @Test
    void tablesShareTheCoresMemory() {
        // Two compartments: 56 + 24 bits of state and twice 13 of bias, 2 * 24 of accumulators; each kind of table in whole words.
        assertEquals(3, ResourceUse.of(image(LOIHI2, core(LIF, GROUP))).get(0).used(ChipParameter.CORE_MEMORY_WORDS));
        problem(LOIHI2.with(ChipParameter.CORE_MEMORY_WORDS, 2), core(LIF, GROUP), "core_memory_words: 3 used, limit 2");
        assertEquals(9 + 2 + 1 + 2 + 1 + 3, CoreMemory.words(LOIHI2, 9, 2, 56 + 24, 2, 2, 3, 5));
    }

    @Test
    void programFilesAreReadBackAndDamageIsFound(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("p.nbin");
        Random random = new Random(5);
        for (String name : NeuronPrograms.LIBRARY) {
            NeuronProgramFile.write(NeuronPrograms.library(name), file);
            assertEquals(NeuronPrograms.library(name), NeuronProgramFile.read(file));
            byte[] good = Files.readAllBytes(file);
            for (int n = 0; n < 50; n++) {
                byte[] bad = good.clone();
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bad);
                InvalidInputException e = assertThrows(InvalidInputException.class, () -> NeuronProgramFile.read(file));
                assertTrue(e.getMessage().startsWith(file + ": ") && e.getMessage().lines().count() == 1, e.getMessage());
            }
            Files.write(file, java.util.Arrays.copyOf(good, random.nextInt(good.length)));
            assertThrows(InvalidInputException.class, () -> NeuronProgramFile.read(file));
        }
    }
}
