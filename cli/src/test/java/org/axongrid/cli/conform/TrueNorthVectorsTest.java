package org.axongrid.cli.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TrueNorth cases, corelet models and spike files: what passes, what a wrong expectation says, and what damage does. */
class TrueNorthVectorsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Tally conform(Path... paths) {
        return new Conformance(new PrintWriter(out), new PrintWriter(err)).run(List.of(paths));
    }

    private static Path samples() throws URISyntaxException {
        return Path.of(TrueNorthVectorsTest.class.getResource("/truenorth/ranc_test.json.gz").toURI()).getParent();
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static String text(String name) throws IOException, URISyntaxException {
        return new String(unpacked(samples().resolve(name + ".gz")), StandardCharsets.US_ASCII);
    }

    /** Puts a case, not compressed, into the test's folder. */
    private Path put(String name, String from, String to) throws IOException, URISyntaxException {
        for (String ending : new String[] {".json", ".v.csv"}) {
            Files.writeString(folder.resolve(name + ending), text(name + ending));
        }
        Path json = folder.resolve(name + ".json");
        Path changed = from.startsWith("v:") ? folder.resolve(name + ".v.csv") : json;
        String before = Files.readString(changed);
        String after = before.replaceFirst(from.replaceFirst("^v:", ""), to);
        assertTrue(!before.equals(after) || from.isEmpty(), "nothing replaced: " + from);
        Files.writeString(changed, after);
        return json;
    }

    @Test
    void samplesPass() throws URISyntaxException {
        assertEquals("12 passed, 0 failed", conform(samples()).toString(), out + " " + err);
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rand_det_le_s8         | "negCompare":"<="                    | "negCompare":"<"       | by 1 thread: tick
        ranc_test              | \\[0,0,0\\],\\[0,0,2\\],\\[1         | [0,0,0],[0,0,1],[1     | tick 0, core 0, neuron 1: expected a spike, got none
        ranc_test              | "spikeCount":29                      | "spikeCount":28        | spikeCount is 28, there are 29 spikes
        ranc_test              | "outputs":\\[\\[0,0\\]               | "outputs":[[0,1]       | tick 0, output pins in ascending order, element 0: expected 1, got 0
        ranc_test              | "synapticEvents":4                   | "synapticEvents":5     | synaptic events: expected 5, got 4
        ranc_test              | "mergedArrivals":0                   | "mergedArrivals":1     | merged arrivals: expected 1, got 0
        ranc_test              | \\[0,0,0\\],\\[0,0,2\\],\\[1         | [0,0,1],[0,0,2],[1     | tick 0, core 0, neuron 0: expected no spike, got one
        leak_modes_clamp_a     | "leakClampAtZero":1                  | "leakClampAtZero":0    | : v expected
        delays_a               | ,15\\]                               | ,14]                   | tick
        stochastic_threshold_a | "consumed":\\[2880\\]                | "consumed":[2879]      | core 0 has 2880 words and consumes 2879
        stochastic_threshold_a | "words":\\[\\[\\d+,                  | "words":[[1,           | core 0, random word 0: expected 1, got
        izh_resonator          | v:(?m)^10,0,\\d+,                    | 10,0,77,               | by 1 thread: tick 10, core 0, neuron 0: v expected 77, got
        izh_resonator          | v:(?m)^11,0,                         | 12,0,                  | expected tick 11, core 0
        """)
    void aDifferenceIsNamed(String name, String from, String to, String said) throws IOException, URISyntaxException {
        assertEquals("0 passed, 1 failed", conform(put(name, from.strip(), to.strip())).toString());
        assertTrue((out + "" + err).contains(said.strip()), out + " " + err);
    }

    @Test
    void vectorsRunWithoutTheirTables() throws URISyntaxException {
        for (String name : List.of("ranc_test", "stochastic_threshold_a", "delays_a")) {
            TrueNorthVector vector = TrueNorthVector.read(samples().resolve(name + ".json.gz"));
            Timing timeless = new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0);
            try (Simulation simulation = new Simulation(new LoadedSystem(vector.image()), timeless, 1)) {
                simulation.drive(vector.input().into(simulation));
                // Twice, as whoever measures does.
                for (int run = 1; run <= 2; run++) {
                    simulation.runSteps(vector.ticks());
                    assertEquals(run * vector.spikes(), simulation.counters().spikes, name);
                    assertEquals(run * vector.synapticEvents(), simulation.counters().synapticOperationsTotal(), name);
                }
            }
        }
    }

    @Test
    void wordsThatAreNotDrawnAreNamed() throws IOException, URISyntaxException {
        // A neuron less that has threshold noise draws a word less in each of 60 ticks.
        Path json = put("stochastic_threshold_a", "\"TM\":[1-9]", "\"TM\":0");
        assertEquals("0 passed, 1 failed", conform(json).toString());
    }

    @Test
    void tablesNeedTheirCase() throws IOException, URISyntaxException {
        put("izh_resonator", "", "");
        assertEquals("1 passed, 0 failed", conform(folder).toString());
        Files.delete(folder.resolve("izh_resonator.json"));
        assertEquals("0 passed, 1 failed", conform(folder).toString());
        Path json = put("ranc_test", "", "");
        Files.delete(folder.resolve("ranc_test.v.csv"));
        conform(json);
        assertTrue(err.toString().contains("ranc_test.json: no table of potentials beside it (ranc_test.v.csv)"), err.toString());
    }

    @Test
    void anImportedModelMustBeTheCasesNetwork() throws IOException, URISyntaxException {
        put("corelet_patternMatch", "\"alpha\":1", "\"alpha\":2");
        Files.write(folder.resolve("patternMatch.json"), unpacked(samples().resolve("corelet-json/patternMatch.json.gz")));
        Files.write(folder.resolve("patternMatch_inputSpikes.sfti"), unpacked(samples().resolve("corelet-json/patternMatch_inputSpikes.sfti.gz")));
        conform(folder.resolve("patternMatch.json"));
        assertTrue(out.toString().contains("FAILED patternMatch.json: core 0: neuron 0: expected TrueNorthNeuron["), out.toString());
        put("corelet_patternMatch", "\"inputs\":\\[\\[1,0,2\\],", "\"inputs\":[");
        conform(folder.resolve("patternMatch.json"));
        assertTrue(out.toString().contains("input spike 0 in order of tick, core and axon: expected [1, 0, 3], imported [1, 0, 2]"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rand_det_le_s8.json", "stochastic_threshold_a.json", "leak_modes_clamp_a.v.csv", "corelet-json/patternMatch.json",
        "corelet-json/patternMatch_inputSpikes.sfti"})
    void damageIsRefusedOrDiffersOrIsHarmless(String name) throws IOException, URISyntaxException {
        byte[] good = unpacked(samples().resolve(name + ".gz"));
        Random random = new Random(name.hashCode());
        String file = name.substring(name.indexOf('/') + 1);
        if (file.endsWith(".json") && !name.contains("/")) {
            Files.write(folder.resolve(file.replace(".json", ".v.csv")), unpacked(samples().resolve(file.replace(".json", ".v.csv.gz"))));
        } else if (file.endsWith(".v.csv")) {
            Files.write(folder.resolve(file.replace(".v.csv", ".json")), unpacked(samples().resolve(file.replace(".v.csv", ".json.gz"))));
        }
        int refused = 0;
        for (int round = 0; round < 120; round++) {
            byte[] bad = round % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int k = 0; k < 1 + random.nextInt(3) && bad.length > 0; k++) {
                bad[random.nextInt(random.nextBoolean() ? Math.min(bad.length, 3000) : bad.length)] = (byte) "0123456789-,[]{}:\"\nxABs".charAt(random.nextInt(23));
            }
            Path put = Files.write(folder.resolve(file), bad);
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            conform(file.endsWith(".v.csv") ? folder.resolve(file.replace(".v.csv", ".json")) : put);
            if (!err.toString().isEmpty()) {
                refused++;
                assertEquals(1, err.toString().lines().count(), err.toString());
                assertTrue(err.toString().contains(folder.toString()), err.toString());
            }
        }
        assertTrue(refused > 30, "refused " + refused);
    }

    @Test
    void declaredSizesCostNothing() throws IOException {
        String head = "{\"format\":\"tn-golden-1\",\"ticks\":3,\"neuronTypes\":[],\"cores\":[{\"axons\":65536,\"neurons\":65536,\"axonTypes\":\"0\"}]}";
        Path file = Files.writeString(folder.resolve("big.json"), head);
        conform(file);
        assertTrue(err.toString().contains("axonTypes are no 65536 digits of 0 to 3"), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void oneLineForWhatIsNoJson() throws IOException {
        for (String text : new String[] {"", "[", "{", "{\"format\":\"tn-golden-1\"", "{\"format\":\"tn-golden-1\",\"ticks\":1e9}", "\u0000\u0001",
            "{\"format\":\"tn-golden-1\",\"cores\":[{\"neurons\":0}]}", "{\"model\":{}}", "{\"model\":{\"crossbarSize\":99999}}",
            "{\"core\":{\"id\":99999999}}"}) {
            err.getBuffer().setLength(0);
            Path file = Files.writeString(folder.resolve("x.json"), text);
            try {
                assertEquals("0 passed, 1 failed", conform(file).toString(), text);
            } catch (InvalidInputException e) {
                throw new AssertionError(text, e);
            }
            assertEquals(1, err.toString().lines().count(), text + ": " + err);
        }
    }
}
