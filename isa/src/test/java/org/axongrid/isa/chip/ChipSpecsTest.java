package org.axongrid.isa.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.cost.CostProfiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChipSpecsTest {
    private static final String BASED = "schema: axongrid.chip/1\nname: mine\nbase: loihi\n";

    @Test
    void presetsHaveASourceForEachValueAndCostProfilesThatExist() {
        for (String name : ChipSpecs.PRESETS) {
            ChipSpec chip = ChipSpecs.open(name);
            assertEquals(name, chip.name());
            for (ChipParameter p : ChipParameter.of(chip.coreModel())) {
                assertFalse(chip.source(p).isBlank(), p.key());
            }
            assertTrue(CostProfiles.PRESETS.contains(chip.energyProfile()), chip.energyProfile());
            assertTrue(CostProfiles.PRESETS.contains(chip.timingProfile()), chip.timingProfile());
        }
    }

    @Test
    void loihiIsAsInTheReference() {
        ChipSpec loihi = ChipSpecs.preset("loihi");
        assertEquals(128, loihi.coresPerChip());
        assertEquals(1024, loihi.get(ChipParameter.COMPARTMENTS));
        assertEquals(4096, loihi.get(ChipParameter.INPUT_AXONS));
        assertEquals(16384, loihi.get(ChipParameter.SYNAPSE_WORDS));
        assertEquals(22, loihi.get(ChipParameter.ACCUMULATOR_BITS));
        assertEquals(24, loihi.get(ChipParameter.MEMBRANE_BITS));
    }

    @Test
    void trueNorthIsAsInTheReference() {
        ChipSpec trueNorth = ChipSpecs.preset("truenorth");
        assertEquals(CoreModel.TRUENORTH, trueNorth.coreModel());
        assertEquals(4096, trueNorth.coresPerChip());
        assertEquals(256, trueNorth.get(ChipParameter.COMPARTMENTS));
        assertEquals(256, trueNorth.get(ChipParameter.INPUT_AXONS));
        assertEquals(20, trueNorth.get(ChipParameter.MEMBRANE_BITS));
        assertEquals(9, trueNorth.get(ChipParameter.WEIGHT_BITS));
        assertEquals(16, trueNorth.get(ChipParameter.SCHEDULER_SLOTS));
        assertEquals(1_000_000, trueNorth.get(ChipParameter.TICK_PERIOD));
        assertThrows(IllegalArgumentException.class, () -> trueNorth.get(ChipParameter.SYNAPSE_WORDS));
        ChipSpec ranc = ChipSpecs.parse("schema: axongrid.chip/1\nname: ranc\nbase: truenorth\nparameters:\n"
            + "  compartments: {value: 512, source: RANC}\n", "ranc");
        assertEquals(512, ranc.get(ChipParameter.COMPARTMENTS));
        assertEquals(CoreModel.TRUENORTH, ranc.coreModel());
    }

    @Test
    void coresHaveChipTileColumnAndRow() {
        ChipSpec loihi = ChipSpecs.preset("loihi");
        assertEquals(1, loihi.chipOf(128 + 4 * 13 + 2));
        assertEquals(13, loihi.tileOf(128 + 4 * 13 + 2));
        assertEquals(8 + 5, loihi.columnOf(128 + 4 * 13 + 2));
        assertEquals(1, loihi.rowOf(128 + 4 * 13 + 2));
    }

    @Test
    void whatIsWrittenIsRead() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            EnumMap<ChipParameter, ChipSpec.Value> values = new EnumMap<>(ChipParameter.class);
            for (ChipParameter p : ChipParameter.of(CoreModel.LOIHI)) {
                int value = (int) (p.min() + random.nextLong(p.max() - p.min() + 1));
                values.put(p, new ChipSpec.Value(value, "source: \"" + random.nextInt() + "\" # '\u00fc'\n- x"));
            }
            ChipSpec chip = new ChipSpec("chip " + seed, "yes", CoreModel.LOIHI, "1.0", "null", values);
            ChipSpec read = ChipSpecs.parse(ChipSpecs.write(chip), "seed " + seed);
            assertEquals(chip, read, "seed " + seed);
            assertEquals(chip.hashCode(), read.hashCode());
            for (ChipParameter p : ChipParameter.of(CoreModel.LOIHI)) {
                assertEquals(chip.source(p), read.source(p), "seed " + seed);
            }
        }
    }

    @Test
    void whatAFileLeavesOutComesFromItsBase() {
        ChipSpec loihi = ChipSpecs.preset("loihi");
        ChipSpec mine = ChipSpecs.parse(BASED + "parameters:\n  compartments: {value: 512, source: half}\n  synapse_words: 77\n", "t");
        assertEquals(512, mine.get(ChipParameter.COMPARTMENTS));
        assertEquals("half", mine.source(ChipParameter.COMPARTMENTS));
        assertEquals(77, mine.get(ChipParameter.SYNAPSE_WORDS));
        assertEquals("user file, no source given", mine.source(ChipParameter.SYNAPSE_WORDS));
        assertEquals(loihi.source(ChipParameter.INPUT_AXONS), mine.source(ChipParameter.INPUT_AXONS));
        assertEquals(loihi.energyProfile(), mine.energyProfile());
        assertNotEquals(loihi, mine);
        ChipSpec with = loihi.with(ChipParameter.COMPARTMENTS, 512);
        assertEquals(512, with.get(ChipParameter.COMPARTMENTS));
        assertEquals(1024, loihi.get(ChipParameter.COMPARTMENTS));
        assertThrows(IllegalArgumentException.class, () -> loihi.with(ChipParameter.COMPARTMENTS, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "parameters: {compartmnts: 5} | f.yaml: parameters: unknown key 'compartmnts'; did you mean 'compartments'?",
        "parameters: {compartments: {value: 5, sourc: x}} | parameters.compartments: unknown key 'sourc'; did you mean 'source'?",
        "parameters: {compartments: 0} | f.yaml: parameters.compartments: 0 is outside 1..65536 compartments/core",
        "parameters: {compartments: 65537} | 65537 is outside 1..65536",
        "parameters: {compartments: 99999999999999999999} | 99999999999999999999 is outside 1..65536",
        "parameters: {compartments: -99999999999999999999} | -99999999999999999999 is outside 1..65536",
        "parameters: {compartments: 5.0} | parameters.compartments: expected a whole number (compartments/core)",
        "parameters: {compartments: many} | expected a whole number",
        "parameters: {compartments: {source: x}} | expected a whole number",
        "parameters: 3 | f.yaml: parameters: expected a mapping",
        "summary: 3 | f.yaml: 'summary' is missing or not a text",
        "sumary: x | f.yaml: unknown key 'sumary'; did you mean 'summary'?",
    })
    void errorsNameThePlace(String yaml, String message) {
        refused(BASED + yaml + "\n", message);
    }

    @Test
    void headErrors() {
        refused("schema: axongrid.chip/2\n", "f.yaml: schema is 'axongrid.chip/2', expected 'axongrid.chip/1'");
        refused("name: x\n", "f.yaml: schema is '', expected 'axongrid.chip/1'");
        refused("schema: axongrid.chip/1\nbase: loihi\nname: 5\n", "'name' is missing or not a text");
        refused("schema: axongrid.chip/1\nbase: loihi3\nname: x\n", "no chip preset named 'loihi3'");
        refused("schema: axongrid.chip/1\nbase: ../cost/loihi-nahuku\nname: x\n", "no chip preset named");
        refused(BASED + "name: again\n", "f.yaml: line 4: not valid YAML: Duplicate field 'name'");
        refused(BASED + "parameters: {compartments: 1, compartments: 2}\n", "not valid YAML: Duplicate field 'compartments'");
        refused("a: [\n", "f.yaml: ");
        refused("", "f.yaml: expected a YAML mapping at the top");
        refused("just text", "f.yaml: expected a YAML mapping at the top");
    }

    @Test
    void parametersWithoutADefaultAreRequiredWithoutABase() {
        String whole = ChipSpecs.write(ChipSpecs.preset("loihi"));
        for (ChipParameter p : ChipParameter.of(CoreModel.LOIHI)) {
            // A missing value is a YAML mapping without the parameter's two lines.
            String without = whole.replaceFirst("(?m)^  " + p.key() + ":\\R(    .*\\R)+", "");
            assertNotEquals(whole, without);
            if (p.otherwise().isPresent()) {
                assertEquals(p.otherwise().getAsInt(), ChipSpecs.parse(without, "f.yaml").get(p), p.key());
                continue;
            }
            refused(without, "f.yaml: parameters: '" + p.key() + "' (" + p.meaning() + ") is missing");
        }
    }

    @Test
    void opensFilesAndSaysWhatIsMissing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yml");
        Files.writeString(file, BASED);
        assertEquals("mine", ChipSpecs.open(file.toString()).name());
        Path none = folder.resolve("none.yaml");
        InvalidInputException absent = assertThrows(InvalidInputException.class, () -> ChipSpecs.open(none.toString()));
        assertEquals(none + ": cannot be read: no such file", absent.getMessage());
        InvalidInputException near = assertThrows(InvalidInputException.class, () -> ChipSpecs.open("lohi"));
        assertTrue(near.getMessage().startsWith("no chip named 'lohi'; did you mean 'loihi'?"), near.getMessage());
    }

    private static void refused(String yaml, String message) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ChipSpecs.parse(yaml, "f.yaml"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
