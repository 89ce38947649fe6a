package org.axongrid.isa.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostProfilesTest {
    private static final String HEAD = "schema: axongrid.cost/1\nname: mine\nsummary: a test\n";

    @Test
    void presetsHaveASourceForEachConstant() {
        for (String name : CostProfiles.PRESETS) {
            CostProfile p = CostProfiles.preset(name);
            assertEquals(name, p.name());
            assertFalse(p.constants().isEmpty());
            // Only Tianjic's figure comes from a table that does not say how it was found.
            p.constants().forEach((c, e) -> assertFalse(e.source().isBlank() || e.grade() == EvidenceGrade.UNSTATED && e.scope() != CostScope.ALL_IN, c.key()));
        }
    }

    @Test
    void daviesHoldsWhatTheChipPaperHasAndNothingElse() {
        CostProfile p = CostProfiles.open("loihi-davies2018");
        assertEquals(23.6e-12, p.constants().get(CostConstant.SYNAPTIC_DENSE_ENERGY).value());
        assertEquals(3500, p.constants().get(CostConstant.SYNAPTIC_SHARED_TIME).value());
        assertEquals(81e-12, p.constants().get(CostConstant.UPDATE_ACTIVE_ENERGY).value());
        assertEquals(5300, p.constants().get(CostConstant.UPDATE_IDLE_TIME).value());
        assertEquals(4.0e-12, p.constants().get(CostConstant.HOP_Y_ENERGY).value());
        assertEquals(0.104, p.constants().get(CostConstant.STATIC_CHIP_POWER).value());
        assertEquals(0.065, p.constants().get(CostConstant.MANAGEMENT_POWER).value());
        assertEquals(5.94e-6, p.constants().get(CostConstant.RESET_ENERGY).value());
        assertEquals(0.75, p.constants().get(CostConstant.HOP_X_ENERGY).volts());
        Set<CostConstant> unknown = EnumSet.allOf(CostConstant.class);
        unknown.removeAll(p.constants().keySet());
        assertEquals(EnumSet.of(CostConstant.MICROCODE_CYCLE_ENERGY, CostConstant.MICROCODE_CYCLE_TIME, CostConstant.SPIKE_ENERGY, CostConstant.SPIKE_TIME, CostConstant.MESSAGE_OUT_ENERGY,
            CostConstant.MESSAGE_OUT_TIME, CostConstant.MESSAGE_IN_ENERGY, CostConstant.MESSAGE_IN_TIME, CostConstant.CHIP_CROSSING_ENERGY,
            CostConstant.CHIP_CROSSING_TIME, CostConstant.OUTPUT_PIN_ENERGY, CostConstant.BARRIER_ENERGY, CostConstant.HOST_BIAS_WRITE_ENERGY,
            CostConstant.HOST_READ_ENERGY, CostConstant.AXON_SCAN_TIME, CostConstant.CORE_STEP_TIME, CostConstant.CLOCK_FREQUENCY,
            CostConstant.CLOCK_CYCLE_ENERGY, CostConstant.ARITHMETIC_AC_ENERGY, CostConstant.ARITHMETIC_MAC_ENERGY), unknown);
        assertEquals(113_000, p.barrier().ps(1));
        assertEquals(465_000, p.barrier().ps(32));
    }

    @Test
    void nahukuHoldsTheFittedFigures() {
        CostProfile p = CostProfiles.open("loihi-nahuku");
        assertEquals(35.5e-12, p.constants().get(CostConstant.SYNAPTIC_DENSE_ENERGY).value());
        assertEquals(4700, p.constants().get(CostConstant.SYNAPTIC_SPARSE_TIME).value());
        assertEquals(72.8e-12, p.constants().get(CostConstant.UPDATE_ACTIVE_ENERGY).value());
        assertEquals(51.2e-12, p.constants().get(CostConstant.UPDATE_IDLE_ENERGY).value());
        assertEquals(0, p.constants().get(CostConstant.MESSAGE_IN_ENERGY).value());
        assertTrue(Double.isNaN(p.constants().get(CostConstant.MESSAGE_IN_ENERGY).volts()));
        assertFalse(p.knows(CostConstant.STATIC_CHIP_POWER));
        assertFalse(p.knows(CostConstant.WITHIN_TILE_ENERGY));
        assertEquals(1_000_000, p.barrier().ps(2));
    }

    /** Frenkel et al. 2019, Fig. 8b; project reference on energy, section 3.4. */
    @Test
    void odinHasAClock() {
        CostProfile p = CostProfiles.open("odin");
        assertEquals(27.3e-6, p.constants().get(CostConstant.STATIC_CHIP_POWER).value());
        assertEquals(1.78e-12, p.constants().get(CostConstant.CLOCK_CYCLE_ENERGY).value());
        assertEquals(75e6, p.constants().get(CostConstant.CLOCK_FREQUENCY).value());
        assertEquals(8.43e-12, p.constants().get(CostConstant.SYNAPTIC_DENSE_ENERGY).value());
        assertEquals(0.55, p.constants().get(CostConstant.SYNAPTIC_DENSE_ENERGY).volts());
        assertFalse(p.knows(CostConstant.MESSAGE_OUT_ENERGY));
    }

    /** Project reference on energy, sections 3.5 to 3.7. */
    @Test
    void comparisonProfiles() {
        CostProfile tianjic = CostProfiles.open("tianjic");
        assertEquals(1.54e-12, tianjic.constants().get(CostConstant.SYNAPTIC_DENSE_ENERGY).value());
        assertTrue(tianjic.allIn().isPresent());
        assertEquals(Math.round(5050 / 300e6 * 1e12), tianjic.constants().get(CostConstant.CORE_STEP_TIME).value());
        CostProfile generic = CostProfiles.open("generic-45nm");
        assertEquals(0.1e-12, generic.constants().get(CostConstant.SYNAPTIC_DENSE_ENERGY).value());
        assertEquals(10e-12, generic.constants().get(CostConstant.SYNAPSE_WORD_ENERGY).value());
        assertEquals(0.762 + 0.534 + 0.221 + 32 * 0.0488, generic.constants().get(CostConstant.HOP_X_ENERGY).value() * 1e12, 0.005);
        assertEquals(0.9e-12, generic.constants().get(CostConstant.ARITHMETIC_AC_ENERGY).value());
        assertEquals(4.6e-12, generic.constants().get(CostConstant.ARITHMETIC_MAC_ENERGY).value());
        assertFalse(generic.knows(CostConstant.STATIC_CHIP_POWER));
        assertFalse(CostProfiles.open("ranc-rtl").constants().keySet().stream().anyMatch(c -> c.unit() == CostConstant.Unit.ENERGY));
    }

    @Test
    void valuesAreTheDoublesNearestToTheirDecimals() {
        CostProfile p = CostProfiles.parse(HEAD + "constants:\n  spike_energy: {value: 0.1, source: s}\n  spike_time: {value: 0.3, source: s}\n",
            "t");
        assertEquals(1e-13, p.constants().get(CostConstant.SPIKE_ENERGY).value());
        assertEquals(300, p.constants().get(CostConstant.SPIKE_TIME).value());
        assertEquals(CostScope.PER_OP, p.constants().get(CostConstant.SPIKE_ENERGY).scope());
        assertEquals(EvidenceGrade.UNSTATED, p.constants().get(CostConstant.SPIKE_ENERGY).grade());
    }

    @Test
    void absentIsUnknownAndZeroIsKnown() {
        CostProfile p = CostProfiles.parse(HEAD + "constants: {spike_energy: {value: 0, source: said so}}\n", "t");
        assertTrue(p.knows(CostConstant.SPIKE_ENERGY));
        assertFalse(p.knows(CostConstant.MESSAGE_OUT_ENERGY));
        assertTrue(p.find(CostConstant.MESSAGE_OUT_ENERGY).isEmpty());
        assertNull(p.barrier());
    }

    @Test
    void whatAFileLeavesOutComesFromItsBase() {
        CostProfile p = CostProfiles.parse("schema: axongrid.cost/1\nname: mine\nbase: loihi-nahuku\n"
            + "constants:\n  spike_energy: {value: 1, source: mine, grade: metered}\n", "t");
        CostProfile base = CostProfiles.preset("loihi-nahuku");
        assertEquals(1e-12, p.constants().get(CostConstant.SPIKE_ENERGY).value());
        assertEquals(EvidenceGrade.METERED, p.constants().get(CostConstant.SPIKE_ENERGY).grade());
        assertEquals(base.constants().get(CostConstant.HOP_X_ENERGY), p.constants().get(CostConstant.HOP_X_ENERGY));
        assertEquals(base.barrier(), p.barrier());
        assertEquals(base.summary(), p.summary());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "constants: {spike_enrgy: {value: 1, source: s}} | unknown key 'spike_enrgy'; did you mean 'spike_energy'?",
        "constants: {spike_energy: {value: 1, sauce: s}} | unknown key 'sauce'; did you mean 'source'?",
        "constants: {spike_energy: {value: 1}} | constants.spike_energy: 'source' is missing",
        "constants: {spike_energy: {source: s}} | constants.spike_energy: 'value' is missing or not a number (pJ)",
        "constants: {spike_energy: {value: '1', source: s}} | 'value' is missing or not a number (pJ)",
        "constants: {spike_energy: {value: 1.0e+999, source: s}} | constants.spike_energy: 'value' is missing or not a number",
        "constants: {spike_energy: {value: -1, source: s}} | -1 pJ is impossible",
        "constants: {spike_time: {value: 0.0005, source: s}} | times are whole picoseconds",
        "constants: {spike_time: {value: 3000000, source: s}} | times are whole picoseconds up to 2 ms",
        "constants: {spike_energy: 1} | constants.spike_energy: expected a mapping",
        "constants: {spike_energy: {value: 1, source: s, grade: simulatd}} | 'grade' is 'simulatd'; did you mean 'simulated'?",
        "constants: {spike_energy: {value: 1, source: s, scope: all}} | (one of per_op, all_in)",
        "constants: {spike_energy: {value: 1, source: s, voltage: 0}} | 'voltage' is not a number above 0",
        "constants: {spike_energy: {value: 1, source: s, scope: all_in}} | 'spike_energy' cannot be an all-in figure",
        "constants: 3 | constants: expected a mapping",
        "constantz: {} | unknown key 'constantz'; did you mean 'constants'?",
        "base: loihi-nahuk | no cost profile preset named 'loihi-nahuk'; did you mean 'loihi-nahuku'?",
        "barrier_time: {source: s} | 'ns_by_tiles' is missing",
        "barrier_time: {ns_by_tiles: {0: 3}, source: s} | '0' is no number of tiles",
        "barrier_time: {ns_by_tiles: {1: x}, source: s} | barrier_time.ns_by_tiles: '1' is missing or not a number (ns)",
        "barrier_time: {ns_by_tiles: {1: 3}} | barrier_time: 'source' is missing",
    })
    void errorsNameThePlace(String yaml, String message) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> CostProfiles.parse(HEAD + yaml + "\n", "f.yaml"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().startsWith("f.yaml: ") || e.getMessage().startsWith("no cost profile"), e.getMessage());
    }

    @Test
    void headErrorsAndDuplicateKeys() {
        assertMessage("schema: axongrid.cost/2\nname: a\nsummary: b\n", "expected 'axongrid.cost/1'");
        assertMessage("schema: axongrid.cost/1\nsummary: b\n", "'name' is missing");
        assertMessage("schema: axongrid.cost/1\nname: a\n", "'summary' is missing");
        assertMessage(HEAD + "name: twice\n", "not valid YAML");
        assertMessage("- 1\n", "expected a YAML mapping");
    }

    @Test
    void allInFiguresAreNotAddedToOthers() {
        String allIn = "constants:\n  synaptic_dense_energy: {value: 26, source: s, scope: all_in}\n";
        CostProfile alone = CostProfiles.parse(HEAD + allIn + "  management_power: {value: 65, source: s}\n", "t");
        assertEquals(CostConstant.SYNAPTIC_DENSE_ENERGY, alone.allIn().orElseThrow());
        assertMessage(HEAD + allIn + "  hop_x_energy: {value: 3, source: s}\n",
            "'synaptic_dense_energy' is an all-in figure, which contains 'hop_x_energy' already");
        assertMessage(HEAD + allIn + "  static_chip_power: {value: 3, source: s}\n", "contains 'static_chip_power' already");
    }

    @Test
    void opensFilesAndSaysWhatIsMissing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, HEAD);
        assertEquals("mine", CostProfiles.open(file.toString()).name());
        InvalidInputException none = assertThrows(InvalidInputException.class, () -> CostProfiles.open(folder.resolve("no.yml").toString()));
        assertTrue(none.getMessage().endsWith("cannot be read: no such file"), none.getMessage());
        InvalidInputException near = assertThrows(InvalidInputException.class, () -> CostProfiles.open("loihi-davis2018"));
        assertTrue(near.getMessage().contains("did you mean 'loihi-davies2018'?"), near.getMessage());
    }

    private static void assertMessage(String yaml, String message) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> CostProfiles.parse(yaml, "f.yaml"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
