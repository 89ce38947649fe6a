package org.axongrid.isa.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.junit.jupiter.api.Test;

class SynapseListTest {
    private static final int[] WEIGHT_BITS = {1, 2, 3, 4, 5, 6, 8};

    private record Synapse(int target, int mantissa, int delay, int format) { }

    @Test
    void whatIsWrittenIsRead() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<SynapseFormat> formats = new ArrayList<>();
            for (int k = 1 + random.nextInt(15); k > 0; k--) {
                formats.add(format(random));
            }
            int perEntry = 1 + random.nextInt(64);
            SynapseListWriter writer = new SynapseListWriter(perEntry);
            List<Synapse> written = new ArrayList<>();
            List<Integer> entries = new ArrayList<>();
            for (int k = random.nextInt(8); k > 0; k--) {
                int number = 1 + random.nextInt(formats.size());
                int count = append(writer, number, formats.get(number - 1), random, written);
                for (; count > 0; count -= perEntry) {
                    entries.add(Math.min(count, perEntry));
                }
            }
            long bits = writer.bits();
            long[] list = writer.toWords();
            assertEquals(SynapseFormat.words(bits), list.length);
            // Somewhere in a memory that is full of other things.
            int pointer = random.nextInt(5);
            long[] memory = random.longs(pointer + list.length + 3).toArray();
            System.arraycopy(list, 0, memory, pointer, list.length);
            List<Synapse> read = new ArrayList<>();
            List<Integer> readEntries = new ArrayList<>();
            int words = new SynapseListReader(memory, formats, "seed " + seed).read(pointer, list.length, collect(read, readEntries));
            assertEquals((bits + 3) / 64 + 1, words, "seed " + seed + ": up to the end mark of 4 bits");
            // A list among longer ones has words behind its end mark, which nobody reads.
            long[] padded = Arrays.copyOf(list, list.length + 3);
            assertEquals(words, new SynapseListReader(padded, formats, "t").read(0, padded.length, collect(new ArrayList<>(), new ArrayList<>())));
            assertEquals(written, read, "seed " + seed);
            assertEquals(entries, readEntries, "seed " + seed);
        }
    }

    @Test
    void randomMemoryIsReadOrRefused() {
        Random random = new Random(3);
        List<SynapseFormat> formats = List.of(format(random), format(random), format(random));
        int refused = 0;
        for (int n = 0; n < 2000; n++) {
            long[] memory = random.longs(8).toArray();
            if (n % 4 == 0) {
                // Short lists: leading zeros end them.
                memory[random.nextInt(8)] >>>= random.nextInt(64);
            }
            SynapseListReader reader = new SynapseListReader(memory, formats, "run " + n);
            try {
                reader.read(random.nextInt(8), 1 + random.nextInt(8), (target, mantissa, delay, format) -> assertTrue(target >= 0));
            } catch (InvalidInputException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("run " + n + ": "), e.getMessage());
            }
        }
        assertTrue(refused > 1000, "only " + refused);
    }

    @Test
    void readErrorsSayWhere() {
        SynapseFormat f = new SynapseFormat(Compression.SPARSE, SignMode.EXCITATORY, 8, 0, 0, 10, false);
        refused(new long[4], 2, 3, f, "synapse list at words 2..4 is outside the memory of 4 words");
        refused(new long[4], -1, 1, f, "synapse list at words -1..-1 is outside");
        refused(new long[4], 0, 0, f, "synapse list at words 0..-1 is outside");
        refused(new long[4], Integer.MAX_VALUE, Integer.MAX_VALUE, f, "is outside the memory of 4 words");
        refused(new long[] {0, 2}, 1, 1, f, "synapse list at word 1 uses format 2 of 1");
        refused(new long[] {0x3f1}, 0, 1, f, "a synapse list runs over its end at word 1");
    }

    @Test
    void aListWithoutEndMarkEndsWithItsWords() {
        // 4 + 6 + 52 + 2 spare bits: too few for another format number.
        SynapseFormat f = new SynapseFormat(Compression.SPARSE, SignMode.EXCITATORY, 4, 0, 0, 9, false);
        List<Synapse> read = new ArrayList<>();
        new SynapseListReader(new long[] {1 | 3 << 4 | 0xC000000000000000L, -1}, List.of(f), "t").read(0, 1, collect(read, new ArrayList<>()));
        assertEquals(4, read.size());
    }

    @Test
    void writerRefusesWhatDoesNotFit() {
        SynapseListWriter writer = new SynapseListWriter(60);
        SynapseFormat f = new SynapseFormat(Compression.SPARSE, SignMode.EXCITATORY, 8, 0, 2, 6, false);
        int[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> writer.sparse(1, f, new int[] {64}, one, one, 1));
        assertThrows(IllegalArgumentException.class, () -> writer.sparse(1, f, new int[] {-1}, one, one, 1));
        assertThrows(IllegalArgumentException.class, () -> writer.sparse(1, f, one, new int[] {256}, one, 1));
        assertThrows(IllegalArgumentException.class, () -> writer.sparse(1, f, one, one, new int[] {4}, 1));
        assertThrows(IllegalArgumentException.class, () -> writer.sparse(16, f, one, one, one, 1));
        assertThrows(IllegalArgumentException.class, () -> new SynapseListWriter(65));
        assertThrows(IllegalArgumentException.class, () -> new SynapseListWriter(0));
    }

    @Test
    void clearForgetsTheList() {
        SynapseListWriter writer = new SynapseListWriter(60);
        SynapseFormat f = new SynapseFormat(Compression.DENSE, SignMode.EXCITATORY, 8, 0, 0, 6, false);
        int[] weights = new int[200];
        Arrays.fill(weights, 255);
        writer.dense(1, f, 0, weights, 0, 60, 0);
        writer.clear();
        assertEquals(0, writer.bits());
        assertEquals(List.of(0L), Arrays.stream(writer.toWords()).boxed().toList());
    }

    private static int append(SynapseListWriter writer, int number, SynapseFormat f, Random random, List<Synapse> written) {
        int count = random.nextInt(Math.min(150, 1 << f.indexBits()));
        int[] mantissas = random.ints(count, 0, 1 << f.weightBits()).map(f::load).toArray();
        if (f.compression() == Compression.DENSE) {
            int first = random.nextInt((1 << f.indexBits()) - count);
            int delay = random.nextInt(1 << f.delayBits());
            writer.dense(number, f, first, mantissas, 0, count, delay);
            for (int i = 0; i < count; i++) {
                written.add(new Synapse(first + i, mantissas[i], delay, number));
            }
        } else {
            int[] targets = random.ints(count, 0, 1 << f.indexBits()).toArray();
            int[] delays = random.ints(count, 0, 1 << f.delayBits()).toArray();
            writer.sparse(number, f, targets, mantissas, delays, count);
            for (int i = 0; i < count; i++) {
                written.add(new Synapse(targets[i], mantissas[i], delays[i], number));
            }
        }
        return count;
    }

    private static SynapseFormat format(Random random) {
        return new SynapseFormat(Compression.values()[random.nextInt(2)], SignMode.values()[random.nextInt(3)],
            WEIGHT_BITS[random.nextInt(WEIGHT_BITS.length)], random.nextInt(16) - 8, random.nextInt(7), 1 + random.nextInt(16),
            random.nextBoolean());
    }

    private static SynapseListReader.Visitor collect(List<Synapse> synapses, List<Integer> entries) {
        return new SynapseListReader.Visitor() {
            @Override
            public void entry(int format, int count) {
                entries.add(count);
            }

            @Override
            public void synapse(int target, int mantissa, int delay, int format) {
                synapses.add(new Synapse(target, mantissa, delay, format));
            }
        };
    }

    private static void refused(long[] memory, int pointer, int words, SynapseFormat f, String message) {
        InvalidInputException e = assertThrows(InvalidInputException.class,
            () -> new SynapseListReader(memory, List.of(f), "t").read(pointer, words, (target, mantissa, delay, format) -> { }));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
