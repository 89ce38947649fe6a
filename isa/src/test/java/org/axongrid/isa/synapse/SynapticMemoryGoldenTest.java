package org.axongrid.isa.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.axongrid.isa.SharedFiles;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Synapse memory as NxTF counts it (golden file {@code loihi/synaptic_memory.csv.gz}): the encoder is given NxTF's choice of entries and
 * must need the same bits and words. Run-length lists are not a format of this project.
 */
class SynapticMemoryGoldenTest {
    private static final int PER_ENTRY = 60;
    private static final int FIRST_INDEX_BITS = 6;

    private int compared;
    private int skipped;
    private int entries;

    @Test
    void wordsAreNxTfs() throws IOException {
        Optional<Path> file = SharedFiles.find("golden/loihi/synaptic_memory.csv.gz");
        Assumptions.assumeTrue(file.isPresent(), "golden/loihi/synaptic_memory.csv.gz is not here; name its folder by -Daxongrid.shared");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file.get())),
            StandardCharsets.US_ASCII))) {
            String[] group = null;
            List<String[]> lists = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] fields = line.split(",");
                if (fields[0].equals("group") || fields[0].equals("nlbits")) {
                    check(group, lists);
                    group = fields[0].equals("group") ? fields : null;
                    lists.clear();
                } else {
                    lists.add(fields);
                }
            }
            check(group, lists);
        }
        System.out.println("NxTF synapse memory: " + compared + " groups of " + entries + " entries compared, " + skipped
            + " run-length groups skipped");
        assertTrue(compared > 0);
    }

    /** One group: a line of targets and one of entries for each source neuron. */
    private void check(String[] group, List<String[]> lists) {
        if (group == null) {
            return;
        }
        if (group[2].equals("runlength")) {
            skipped++;
            return;
        }
        int weightBits = Integer.parseInt(group[3]);
        int delayBits = Integer.parseInt(group[4]);
        int neurons = Integer.parseInt(group[5]);
        assertEquals(2 * neurons, lists.size(), group[1]);
        int longest = 0;
        for (int n = 0; n < neurons; n++) {
            int[] ids = Arrays.stream(lists.get(2 * n)).skip(1).mapToInt(Integer::parseInt).toArray();
            List<int[]> cut = cut(ids, group[2]);
            String[] expected = Arrays.copyOfRange(lists.get(2 * n + 1), 1, lists.get(2 * n + 1).length);
            longest = Math.max(longest, words(cut, group, weightBits, delayBits, expected));
        }
        assertEquals(number(group[7], "max_words_per_neuron"), longest, group[1]);
        assertEquals(number(group[6], "words"), longest * neurons, group[1]);
        compared++;
    }

    /** Cuts targets into entries as NxTF does: dense1 at each gap; dense2 only where filling the gap would make an entry too long. */
    private static List<int[]> cut(int[] ids, String compression) {
        List<int[]> entries = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= ids.length; i++) {
            boolean ends = i == ids.length || switch (compression) {
                case "dense1" -> ids[i] != ids[i - 1] + 1 || i - from == PER_ENTRY;
                case "dense2" -> ids[i] - ids[from] >= PER_ENTRY;
                default -> i - from == PER_ENTRY;
            };
            if (ends) {
                entries.add(compression.equals("dense2") ? IntStream.rangeClosed(ids[from], ids[i - 1]).toArray()
                    : Arrays.copyOfRange(ids, from, i));
                from = i;
            }
        }
        return entries;
    }

    /** Encodes the entries of one neuron and compares each with its record {@code synapses:prefix:bits:index bits:skip bits}. */
    private int words(List<int[]> cut, String[] group, int weightBits, int delayBits, String[] expected) {
        assertEquals(expected.length, cut.size(), group[1]);
        boolean sparse = group[2].equals("sparse");
        SynapseListWriter writer = new SynapseListWriter(PER_ENTRY);
        List<SynapseFormat> formats = new ArrayList<>();
        for (int bits = FIRST_INDEX_BITS; bits <= 10; bits++) {
            formats.add(new SynapseFormat(sparse ? Compression.SPARSE : Compression.DENSE, SignMode.EXCITATORY, weightBits, 0, delayBits, bits,
                false));
        }
        long bits = 0;
        for (int e = 0; e < expected.length; e++) {
            int[] targets = cut.get(e);
            int indexBits = SynapseFormat.indexBitsFor(targets[sparse ? targets.length - 1 : 0]);
            SynapseFormat f = formats.get(indexBits - FIRST_INDEX_BITS);
            assertEquals(expected[e], targets.length + ":" + f.prefixBits() + ":" + f.synapseBits() * targets.length + ":" + indexBits + ":0",
                group[1]);
            int[] zeros = new int[targets.length];
            if (sparse) {
                writer.sparse(1 + formats.indexOf(f), f, targets, zeros, zeros, targets.length);
            } else {
                writer.dense(1 + formats.indexOf(f), f, targets[0], zeros, 0, targets.length, 0);
            }
            bits += f.prefixBits() + (long) f.synapseBits() * targets.length;
            entries++;
        }
        assertEquals(bits, writer.bits(), group[1]);
        return writer.toWords().length;
    }

    private static int number(String field, String name) {
        assertTrue(field.startsWith(name + "="), field);
        return Integer.parseInt(field.substring(name.length() + 1));
    }
}
