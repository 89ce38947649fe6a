package org.axongrid.cli.sanafe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.axongrid.cli.Outcome;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptions that are good, wrong, and damaged. */
class SanafeReadersTest {
    private static final SanafeChip CHIP = ArchitectureReader.parse(Samples.CHIP, "chip");

    @TempDir
    Path folder;

    private static void build(String text) {
        NetworkBuilder.build(NetworkReader.draft(text, "net"), CHIP, "net");
    }

    private static void refused(String text, String from, String to, String expected) {
        assertTrue(text.contains(from), from);
        String damaged = text.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> {
            if (text.equals(Samples.CHIP)) {
                ArchitectureReader.parse(damaged, "file");
            } else {
                NetworkBuilder.build(NetworkReader.draft(damaged, "file"), CHIP, "file");
            }
        }, to);
        assertTrue(e.getMessage().contains(expected) && e.getMessage().startsWith("file: ") && e.getMessage().lines().count() == 1, e.getMessage());
    }

    @Test
    void wrongChipsAreNamed() {
        refused(Samples.CHIP, "energy_north_hop", "energy_nort_hop", "line 8: tile: unknown key 'energy_nort_hop'; did you mean 'energy_north_hop'?");
        refused(Samples.CHIP, "energy_message_in: 16.0e-12, ", "", "'energy_message_in' is missing");
        refused(Samples.CHIP, "buffer_position: soma", "buffer_position: synapse", "buffer_position: 'synapse' is not modelled");
        refused(Samples.CHIP, "model: accumulator", "model: taps", "model: 'taps' is not modelled");
        refused(Samples.CHIP, "tile[0..3]", "tile[0..4]", "5 tiles, the mesh has 2 x 2");
        refused(Samples.CHIP, "tile[0..3]", "tile[0..999999999]", "outside 0..");
        refused(Samples.CHIP, "16.0e-12", "-16.0e-12", "is negative");
        refused(Samples.CHIP, "16.0e-12", "NaN", "'NaN' is no number");
        refused(Samples.CHIP, "sync_model: table", "sync_model: tabel", "did you mean 'table'?");
    }

    @Test
    void wrongNetworksAreNamed() {
        build(Samples.NETWORK);
        refused(Samples.NETWORK, "threshold: 1.0", "treshold: 1.0", "line 5: group: unknown key 'treshold'; did you mean 'threshold'?");
        refused(Samples.NETWORK, "a.0 -> b.0", "a.0 -> b.4", "neuron: 4 is outside 0..3");
        refused(Samples.NETWORK, "a.0 -> b.0", "a.0 -> c.0", "no group 'c'");
        refused(Samples.NETWORK, "a.0 -> b.0: [weight: 1]", "a -> b: [weight: 1]", "between groups 'type' is needed");
        refused(Samples.NETWORK, "delay: [0, 0]", "delay: [0, 2]", "delay: 2 is not modelled");
        refused(Samples.NETWORK, "weight: [3, -4]", "weight: [3]", "1 values for 2 connections");
        refused(Samples.NETWORK, "kernel_count: 4", "kernel_count: 3", "conv2d leads from 4 to 3 neurons");
        refused(Samples.NETWORK, "core: 0.1", "core: 0.2", "the chip has no core 0.2");
        refused(Samples.NETWORK, "  - b: {core: 3.0}\n", "", "b.0 is not mapped");
        refused(Samples.NETWORK, "feed[1]", "feed", "no soma unit 'feed'");
        refused(Samples.NETWORK, "[0..3]", "[0..99999999]", "outside 0..");
        refused(Samples.NETWORK, "reset_mode: soft", "reset_mode: saturate", "'saturate' is not modelled");
        String netlist = "g 2 threshold=1\ne 0.0->0.1 weight=3\n& 0.0@0.0\n& 0.1@3.0\n";
        build(netlist);
        refused(netlist, "weight=3", "wieght=3", "line 2: edge: unknown key 'wieght'; did you mean 'weight'?");
        refused(netlist, "0.1@3.0", "0.1@4.0", "the chip has no core 4.0");
        refused(netlist, "& 0.1", "& 0.0", "mapped twice");
        refused(netlist, "g 2", "g 999999999", "outside 0..");
        refused(netlist, "& 0.0", "% 0.0", "line 3: '%' starts no netlist line");
    }

    /** Cut anywhere, and with bytes turned over: a description is read or refused in one line. */
    @Test
    void damageNeverBreaksTheReaders() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = folder.resolve("damaged");
        for (int i = 0; i < 1500; i++) {
            String text = switch (i % 3) {
                case 0 -> Samples.CHIP;
                case 1 -> Samples.NETWORK;
                default -> Samples.netlist(random);
            };
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int k = random.nextInt(4); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 32 + random.nextInt(95));
            }
            if (random.nextBoolean()) {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            Files.write(file, bytes);
            try {
                if (i % 3 == 0) {
                    ArchitectureReader.read(file);
                } else {
                    NetworkReader.read(file, CHIP);
                }
            } catch (InvalidInputException e) {
                assertEquals(1, e.getMessage().lines().count(), "seed " + seed + ", " + i + ": " + e.getMessage());
            }
        }
    }

    @Test
    void theCommandRunsAndWrites() throws Exception {
        Path chip = Files.writeString(folder.resolve("chip.yaml"), Samples.CHIP);
        Path net = Files.writeString(folder.resolve("net.yaml"), Samples.NETWORK);
        Path out = folder.resolve("out");
        assertEquals(0, Outcome.axongrid("run", "--sanafe", chip.toString(), net.toString(), "--steps", "4", "--quiet", "--out", out.toString(), "--json",
            folder.resolve("r.json").toString()).status());
        assertEquals(5, Files.readAllLines(out.resolve("perf.csv")).size());
        assertTrue(Files.readString(out.resolve("run_summary.yaml")).contains("timesteps_executed: 4"));
        assertTrue(Files.readString(out.resolve("report.txt")).contains("detailed"));
        assertEquals("axongrid.sanafe/1", new com.fasterxml.jackson.databind.ObjectMapper().readTree(folder.resolve("r.json").toFile())
            .path("schema").asText());
        assertEquals(2, Outcome.axongrid("run", "--sanafe", chip.toString(), net.toString(), "--timing", "cycle").status());
        assertEquals(2, Outcome.axongrid("run", "--sanafe", chip.toString(), net.toString(), "--weight-bits", "4").status());
        assertEquals(2, Outcome.axongrid("run", "--sanafe", chip.toString()).status());
        assertEquals(1, Outcome.axongrid("run", "--sanafe", net.toString(), net.toString()).status());
        assertEquals(1, Outcome.axongrid("run", "--sanafe", folder.resolve("none.yaml").toString(), net.toString()).status());
    }
}
