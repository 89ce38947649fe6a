package org.axongrid.cli.conform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors with random damage are read, refused or not reproduced; nothing else happens. */
class VectorFuzzTest {
    private static final int ROUNDS = 60;

    private static byte[] vectors(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(VectorFuzzTest.class.getResourceAsStream("/conform/" + name))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_small.csv.gz", "lv_delays.csv.gz", "lv_conv.csv.gz", "lv_loihi2.csv.gz", "lv_weight_quant.csv.gz", "synaptic_memory.csv.gz"})
    void damage(String name) throws IOException {
        byte[] good = vectors(name);
        Random random = new Random(name.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = good.clone();
            // Half of the damage near the start, where the parameters are.
            for (int k = 0; k < 1 + random.nextInt(3); k++) {
                int at = random.nextInt(random.nextBoolean() ? Math.min(bad.length, 2000) : bad.length);
                bad[at] = (byte) "0123456789-,\nawp".charAt(random.nextInt(16));
            }
            read(bad, name + " round " + round);
        }
    }

    private static void read(byte[] bytes, String place) {
        Tally tally = new Tally(new PrintWriter(new StringWriter()));
        try (VectorLines lines = new VectorLines(new ByteArrayInputStream(bytes), place)) {
            String first = lines.next();
            if (MemoryRecords.starts(first)) {
                MemoryRecords records = new MemoryRecords(lines, first);
                while (records.next(tally)) {
                    continue;
                }
                return;
            }
            VectorReader reader = new VectorReader(lines, first, place);
            for (VectorCase c = reader.next(); c != null; c = reader.next()) {
                try {
                    Conformance.run(c);
                } catch (CaseFailure e) {
                    // Not reproduced, as it should be.
                }
            }
        } catch (InvalidInputException e) {
            if (e.getMessage().indexOf('\n') >= 0 || !e.getMessage().contains(place)) {
                throw new AssertionError(new String(bytes, StandardCharsets.US_ASCII).lines().findFirst() + ": " + e.getMessage(), e);
            }
        }
    }
}
