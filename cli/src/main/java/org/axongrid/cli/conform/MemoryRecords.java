package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListReader;
import org.axongrid.isa.synapse.SynapseListWriter;
import org.axongrid.isa.synapse.SynapticMemory;
import org.axongrid.isa.synapse.SynapticMemory.Entry;
import org.axongrid.isa.synapse.SynapticMemory.Layout;

/**
 * Compares counts of synapse memory. Lists of a layout that cores read are also written as packed words, which must be as many as counted, and
 * read back.
 */
final class MemoryRecords {
    private static final int PER_ENTRY = 60;
    private static final int TARGET_MAX = 1 << 16;
    private static final int NEURONS_MAX = 1 << 12;

    private final VectorLines lines;
    private String ahead;

    /** @param first the first of the lines, which is read already */
    MemoryRecords(VectorLines lines, String first) {
        this.lines = lines;
        this.ahead = first;
    }

    /**
     * Compares the next record.
     *
     * @param tally where the result goes
     * @return whether there was one
     */
    boolean next(Tally tally) {
        String line = ahead != null ? ahead : lines.next();
        ahead = null;
        if (line == null) {
            return false;
        }
        List<String> fields = VectorLines.fields(line);
        String name = "memory count at line " + lines.number();
        try {
            if (fields.get(0).equals("group")) {
                name = fields.size() > 1 ? fields.get(1) : name;
                group(fields);
            } else if (fields.get(0).equals("nlbits")) {
                nengoBits(fields);
            } else {
                throw lines.error("'group' or 'nlbits' expected, found '" + VectorLines.shortened(fields.get(0)) + "'");
            }
            tally.passed();
        } catch (CaseFailure e) {
            tally.failed(name, e.getMessage());
        }
        return true;
    }

    private void group(List<String> fields) {
        count(fields, 10);
        Layout layout = switch (fields.get(2)) {
            case "sparse" -> Layout.SPARSE;
            case "runlength" -> Layout.RUN_LENGTH;
            case "dense1" -> Layout.DENSE;
            case "dense2" -> Layout.DENSE_FILLED;
            default -> throw lines.error("unknown compression '" + VectorLines.shortened(fields.get(2)) + "'");
        };
        int weightBits = lines.integer(fields, 3, 1, 8);
        int delayBits = lines.integer(fields, 4, 0, 6);
        int neurons = lines.integer(fields, 5, 1, NEURONS_MAX);
        int words = named(fields, 6, "words");
        int mostWords = named(fields, 7, "max_words_per_neuron");
        int synapses = named(fields, 8, "syn");
        int entryCount = named(fields, 9, "entries");
        // The group is read to its end before anything is compared, so that a difference does not lose the place in the file.
        List<int[]> targets = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        for (int n = 0; n < neurons; n++) {
            targets.add(targets());
            expected.add(line("entries"));
        }
        int longest = 0;
        int ownSynapses = 0;
        int ownEntries = 0;
        for (int n = 0; n < neurons; n++) {
            List<Entry> entries = SynapticMemory.entries(targets.get(n), layout, weightBits, delayBits, PER_ENTRY);
            require("entries of neuron " + n, String.join(",", expected.get(n).subList(1, expected.get(n).size())), text(entries));
            longest = Math.max(longest, SynapticMemory.words(entries));
            ownSynapses += entries.stream().mapToInt(Entry::synapses).sum();
            ownEntries += entries.size();
            if (layout != Layout.RUN_LENGTH && weightBits != 7) {
                require("packed words of neuron " + n, SynapticMemory.words(entries), packed(targets.get(n), entries, layout, weightBits, delayBits));
            }
        }
        require("words of the longest list", mostWords, longest);
        require("words", words, longest * neurons);
        require("synapses", synapses, ownSynapses);
        require("entries", entryCount, ownEntries);
    }

    private static String text(List<Entry> entries) {
        return String.join(",", entries.stream().map(e -> e.synapses() + ":" + e.prefixBits() + ":" + e.synapseBits() + ":" + e.indexBits()
            + ":" + e.skipBits()).toList());
    }

    private int[] targets() {
        List<String> fields = line("ids");
        int[] targets = lines.integers(fields, 1);
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] < 0 || targets[i] >= TARGET_MAX || i > 0 && targets[i] <= targets[i - 1]) {
                throw lines.error("targets ascend from 0 to " + (TARGET_MAX - 1) + ", found " + targets[i]);
            }
        }
        return targets;
    }

    /** @return words of the list as the writer packs it; it is read back on the way */
    private static int packed(int[] targets, List<Entry> entries, Layout layout, int weightBits, int delayBits) {
        SynapseListWriter writer = new SynapseListWriter(PER_ENTRY);
        List<SynapseFormat> formats = new ArrayList<>();
        List<Integer> written = new ArrayList<>();
        int at = 0;
        for (Entry e : entries) {
            boolean sparse = layout == Layout.SPARSE;
            SynapseFormat f = new SynapseFormat(sparse ? Compression.SPARSE : Compression.DENSE, SignMode.EXCITATORY, weightBits, 0, delayBits,
                e.indexBits(), false);
            if (!formats.contains(f)) {
                formats.add(f);
            }
            int from = at;
            int[] of = layout == Layout.DENSE_FILLED ? IntStream.range(targets[from], targets[from] + e.synapses()).toArray()
                : Arrays.copyOfRange(targets, from, from + e.synapses());
            if (sparse) {
                writer.sparse(1 + formats.indexOf(f), f, of, new int[of.length], new int[of.length], of.length);
            } else {
                writer.dense(1 + formats.indexOf(f), f, of[0], new int[of.length], 0, of.length, 0);
            }
            Arrays.stream(of).forEach(written::add);
            while (at < targets.length && targets[at] <= of[of.length - 1]) {
                at++;
            }
        }
        long[] words = writer.toWords();
        List<Integer> read = new ArrayList<>();
        new SynapseListReader(words, formats, "list").read(0, words.length, (target, mantissa, delay, format) -> read.add(target));
        require("targets read back", written.toString(), read.toString());
        return words.length;
    }

    private void nengoBits(List<String> fields) {
        count(fields, 11);
        int compression = lines.integer(fields, 1, 0, 3);
        if (compression != 0 && compression != 3) {
            throw lines.error("compression code " + compression + ", expected 0 or 3");
        }
        long bits = SynapticMemory.nengoBits(compression == 0, named(fields, 3, "wbits"), named(fields, 6, "delay"), named(fields, 7, "tag"),
            named(fields, 5, "ibits"), Math.max(1, named(fields, 8, "nsyn_per_entry")), named(fields, 9, "n"));
        require("bits", Long.toString(named(fields, 10, "bits")), Long.toString(bits));
    }

    private List<String> line(String tag) {
        String line = lines.next();
        if (line == null) {
            throw lines.error("the file ends within a group: truncated");
        }
        List<String> fields = VectorLines.fields(line);
        if (!fields.get(0).equals(tag)) {
            throw lines.error("'" + tag + "' expected, found '" + VectorLines.shortened(fields.get(0)) + "'");
        }
        return fields;
    }

    private void count(List<String> fields, int count) {
        if (fields.size() != count) {
            throw lines.error("'" + fields.get(0) + "' has " + fields.size() + " fields, expected " + count);
        }
    }

    private int named(List<String> fields, int index, String name) {
        String field = fields.get(index);
        if (!field.startsWith(name + "=")) {
            throw lines.error("field " + (index + 1) + ": '" + name + "=' expected, found '" + VectorLines.shortened(field) + "'");
        }
        return lines.integer(List.of(field.substring(name.length() + 1)), 0, 0, Integer.MAX_VALUE);
    }

    private static void require(String what, Object expected, Object got) {
        if (!expected.equals(got)) {
            throw new CaseFailure(what + ": expected " + VectorLines.shortened(expected.toString()) + ", got "
                + VectorLines.shortened(got.toString()));
        }
    }

    /** @return whether a line starts such a file */
    static boolean starts(String line) {
        return line.startsWith("group,") || line.startsWith("nlbits,");
    }

    /** @return an error that says what the file should have been */
    static InvalidInputException foreign(VectorLines lines) {
        return lines.error("no file of conformance vectors: it starts with neither 'case', 'group' nor 'nlbits'");
    }
}
