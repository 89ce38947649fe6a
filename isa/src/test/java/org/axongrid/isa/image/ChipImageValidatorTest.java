package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.junit.jupiter.api.Test;

class ChipImageValidatorTest {
    private final ChipImage image = SmallImage.image();

    @Test
    void acceptsValidImages() {
        assertEquals(List.of(), ChipImageValidator.problems(image));
        for (int seed = 0; seed < 200; seed++) {
            ChipImage random = RandomImages.image(seed);
            assertEquals(List.of(), ChipImageValidator.problems(random), "seed " + seed);
            assertDoesNotThrow(() -> ChipImageValidator.validate(random));
        }
    }

    @Test
    void namesCoreLimitUseAndExcess() {
        limit(ChipParameter.COMPARTMENTS, 5, "core 0: compartments: 6 used, limit 5, 1 too many");
        limit(ChipParameter.INPUT_AXONS, 1, "core 130: input_axons: 2 used, limit 1, 1 too many");
        // Population to another chip 3, discrete to another chip 2, population on this chip 2.
        limit(ChipParameter.OUTPUT_AXONS, 6, "core 0: output_axons: 7 used, limit 6, 1 too many");
        limit(ChipParameter.SYNAPSE_WORDS, 3, "core 130: synapse_words: 4 used, limit 3, 1 too many");
        limit(ChipParameter.COMPARTMENT_PROFILES, 1, "core 130: compartment_profiles: 2 used, limit 1, 1 too many");
        limit(ChipParameter.THRESHOLD_PROFILES, 1, "core 130: threshold_profiles: 2 used, limit 1, 1 too many");
        limit(ChipParameter.SYNAPSE_FORMATS, 2, "core 130: synapse_formats: 3 used, limit 2, 1 too many");
        limit(ChipParameter.SYNAPSES_PER_ENTRY, 2,
            "core 130: largest entry of the synapse list at word 0: synapses_per_entry: 3 used, limit 2, 1 too many");
        limit(ChipParameter.DISCRETE_AXON_BASE_MAX, 0,
            "core 130: input axon 1 is discrete: discrete_axon_base_max: 1 used, limit 0, 1 too many");
        limit(ChipParameter.POPULATION_ATOMS_MAX, 2, "core 130: input axon 0: 3 atoms, population_atoms_max allows 1..2");
        limit(ChipParameter.AXON_DELAY_MAX, 4, "core 0: output axon 2 (axon group 2): delay 5 time-steps, axon_delay_max allows 0..4");
        limit(ChipParameter.BIAS_BITS, 2, "core 0: compartment 1: bias mantissa -2, bias_bits allows -1..1");
        limit(ChipParameter.BIAS_EXPONENT_MAX, 5, "core 0: bias exponent of profile 0 (bias_exponent_max): 6 used, limit 5, 1 too many");
        limit(ChipParameter.THRESHOLD_BITS, 6, "core 0: threshold mantissa of profile 0 (threshold_bits): 100 used, limit 63, 37 too many");
        limit(ChipParameter.MEMBRANE_BITS, 23, "core 0: profile 0: v limits -8388607..8388607, membrane_bits allows -4194304..4194303");
        limit(ChipParameter.CHIPS_MAX, 1, "2 chips, chips_max of loihi allows 1..1");
        limit(ChipParameter.MESH_WIDTH, 4, "core 130: does not exist; 2 chips have cores 0..127");
    }

    @Test
    void wordsPerAxon() {
        ChipImage longList = Changed.core(image, 1, c -> {
            c.synapseWords = new long[600];
            c.axonWords[0] = 300;
        });
        problem(longList, "core 1: input axon 0: words_per_axon: 300 used, limit 256, 44 too many");
    }

    @Test
    void tablesMustFit() {
        core(0, c -> c.biasMantissa = new int[5], "core 0: 5 biases for 6 compartments");
        core(0, c -> c.initialV = new int[7], "core 0: 7 initial voltages for 6 compartments");
        core(2, c -> c.axonAtoms = new int[1], "core 130: 1 atom counts for 2 input axons");
        core(0, c -> c.groupOut = new int[3], "core 0: 3 first output axons for 4 axon groups and their end");
        core(0, c -> c.outAxon = new int[9], "core 0: 9 destination axons for 3 output axons");
        core(0, c -> c.groupOut = new int[] {0, 2, 1, 3}, "core 0: axon group 2: its first output axon is 1, expected 2..3");
        core(0, c -> c.groupOut = new int[] {1, 1, 2, 3}, "core 0: axon group 0: its first output axon is 1, expected 0");
        core(0, c -> c.groupOut = new int[] {0, 1, 2, 2}, "core 0: its axon groups have 2 output axons, its table 3");
    }

    @Test
    void contentsMustBeValid() {
        core(0, c -> c.profileOf[4] = 1, "core 0: compartment 4 has profile 1 of 1");
        core(0, c -> c.profileOf[4] = -1, "core 0: compartment 4 has profile -1 of 1");
        core(0, c -> c.biasMantissa[0] = -4096, "core 0: compartment 0: bias mantissa -4096, bias_bits allows -4095..4095");
        core(0, c -> c.initialV[3] = -8388608, "core 0: compartment 3: initial v -8388608 is outside of its profile's -8388607..8388607");
        core(2, c -> c.profiles.set(1, new NeuronProfile(0, 0, 1, NeuronProfile.Reset.HARD, 1, 0, 0, 0, 3)),
            "core 130: profile 1 starts in step 3; with depth 1 the last possible is 2");
        core(0, c -> c.groupSize[2] = 3, "core 0: axon group 2: compartments 4..6 of 6");
        core(0, c -> c.groupFirst[1] = 2, "core 0: axon group 1 starts at compartment 2, but groups ascend without overlap");
        core(0, c -> c.groupSize[1] = 0, "core 0: axon group 1: compartments 3..2 of 6");
        core(0, c -> c.outDelay[0] = -1, "delay -1 time-steps");
        core(0, c -> c.outCore[0] = 2, "core 0: output axon 0 (axon group 0) leads to core 2, which is not in the image");
        core(0, c -> c.outAxon[0] = 2, "leads to input axon 2 of core 130, which has 2");
        core(0, c -> c.outAxon[0] = 1, "has 3 members but leads to input axon 1 of core 130, which has 1 atoms");
        core(2, c -> c.axonBase[0] = 4, "core 130: input axon 0: base compartment 4 of 4");
        core(2, c -> c.axonBase[0] = 2, "core 130: input axon 0 atom 0 reaches compartment 4 of 4");
        core(2, c -> c.axonPointer[0] = 2, "core 130: input axon 0: 3 lists of 1 words from word 2, outside of the memory of 4");
        core(2, c -> c.axonPointer[0] = -1, "3 lists of 1 words from word -1");
        core(2, c -> c.axonWords[0] = 0, "3 lists of 0 words");
        core(2, c -> c.axonWords[0] = Integer.MAX_VALUE, "words_per_axon: 2147483647 used, limit 256");
        core(2, c -> c.formats.remove(1), "core 130: synapse memory: synapse list at word 3 uses format 2 of 1");
        core(2, c -> c.synapseWords[0] = -1, "core 130: synapse memory: synapse list at word 0 uses format 15 of 2");
        core(2, c -> c.synapseWords[3] = 0x3F2, "core 130: synapse memory: a synapse list runs over its end at word 4");
    }

    @Test
    void coresAscend() {
        core(1, c -> c.core = 0, "core 0: comes after core 0; cores are listed once, in ascending order");
        core(2, c -> c.core = 256, "core 256: does not exist; 2 chips have cores 0..255");
        core(0, c -> c.core = -1, "core -1: does not exist");
    }

    @Test
    void regionsMustExist() {
        regions("region 'a' element 1: no core of index 3, the image has 3", region("a", Region.Role.HIDDEN, new int[] {0, 3}, 0, 0));
        regions("region 'a' element 0: no compartment 6 in core 0, which has 6", region("a", Region.Role.HIDDEN, new int[] {0}, 6));
        regions("region 'a' element 1: compartment 2 of core 0 is there twice", region("a", Region.Role.HIDDEN, new int[] {0, 0}, 2, 2));
        regions("region 'a': 1 cores for 2 compartments", region("a", Region.Role.HIDDEN, new int[] {0}, 1, 2));
        regions("region 'a' is empty", region("a", Region.Role.HIDDEN, new int[0]));
        regions("a region has no name", region(" ", Region.Role.HIDDEN, new int[] {0}, 0));
        regions("region 'a' element 1 starts in step 2, the first one in step 1", region("a", Region.Role.READOUT, new int[] {2, 2}, 0, 1));
        Region read = region("a", Region.Role.READOUT, new int[] {0}, 0);
        regions("region 'a' is there twice", read, read);
        regions("2 readout regions, at most 1 is possible", read, region("b", Region.Role.READOUT, new int[] {0}, 1));
    }

    @Test
    void collectsAllProblemsOrThrowsTheFirst() {
        ChipImage two = Changed.core(image, 0, c -> {
            c.biasMantissa[0] = 5000;
            c.outAxon[0] = 7;
        });
        List<String> problems = ChipImageValidator.problems(two);
        assertEquals(2, problems.size(), problems.toString());
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ChipImageValidator.validate(two));
        assertEquals(problems.get(0), e.getMessage());
        ChipImage many = Changed.core(image, 0, c -> {
            c.profileOf = new byte[5000];
            Arrays.fill(c.profileOf, (byte) 9);
            c.biasMantissa = new int[5000];
            c.initialV = new int[5000];
        });
        assertEquals(1000, ChipImageValidator.problems(many).size());
    }

    @Test
    void resourceUseIsWhatTheCoresTake() {
        List<ResourceUse> uses = ResourceUse.of(image);
        assertEquals(new ResourceUse(0, 6, 0, 7, 0, 0, 1, 1, 1), uses.get(0));
        assertEquals(new ResourceUse(1, 2, 1, 0, 2, 1, 1, 1, 2), uses.get(1));
        assertEquals(new ResourceUse(130, 4, 2, 0, 4, 1, 2, 2, 3), uses.get(2));
        ResourceUse.Utilisation compartments = ResourceUse.utilisation(image).get(0);
        assertEquals(new ResourceUse.Utilisation(ChipParameter.COMPARTMENTS, 1024, 6, 0, 4), compartments);
        assertEquals("compartments", compartments.resource());
        assertEquals(6 / 1024.0, compartments.maxFraction());
        assertEquals(4 / 1024.0, compartments.meanFraction());
        assertEquals(130, ResourceUse.utilisation(image).get(1).maxCore());
    }

    private void limit(ChipParameter limit, int value, String expected) {
        problem(Changed.chip(image, c -> c.with(limit, value)), expected);
    }

    private void core(int index, Consumer<Changed> change, String expected) {
        problem(Changed.core(image, index, change), expected);
    }

    private void regions(String expected, Region... regions) {
        problem(Changed.regions(image, regions), expected);
    }

    private static Region region(String name, Region.Role role, int[] cores, int... compartments) {
        return new Region(name, role, cores, compartments);
    }

    private static void problem(ChipImage image, String expected) {
        List<String> problems = ChipImageValidator.problems(image);
        assertTrue(problems.stream().anyMatch(p -> p.startsWith("chip image small: ") && p.contains(expected)), problems.toString());
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ChipImageValidator.validate(image));
        assertEquals(problems.get(0), e.getMessage());
    }
}
