package org.axongrid.emulator.core;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.DenseRows;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.ScatteredRows;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * The receiving side of a running core: takes a step's messages and adds the synapse rows they select to the accumulators.
 *
 * <p>Messages of one source position come one after the other (its channels are neighbours) and their rows have the same runs at the same
 * base. Such rows are added eight, four or two at a time, which loads and stores an accumulator once for all of them; sums are modular, so
 * their order does not matter.
 */
final class Dendrites {
    private static final int SPARSE = SynapseFormat.Kind.SPARSE.ordinal();
    /** Messages that are looked up together, before the synapses of any of them are added. */
    private static final int BATCH = 64;
    /** Scattered synapses of a batch at most, unless it is one message: they stay in the first-level cache until they are added. */
    private static final int BATCH_SYNAPSES = 2048;
    /** Synapses of a row that are read ahead; of longer rows the processor fetches the rest in time. */
    private static final int FETCHED = 256;

    private final LoadedLoihiCore core;
    private final SynapseRows rows;
    /** Loops for dense rows in this step; null for those of {@link DenseRows}. */
    private VectorLoops vector;
    /** Rows of one shape that are added together at most. */
    private int together;
    /** For {@link DenseRows}: as many elements as the longest run has; null for plain loops. */
    private final int[] copy;
    private final EventCounters counters;
    /** By accumulator slot and compartment. */
    final int[] accumulator;
    private final int[] sums;
    /** Told where messages lead; null if nobody wants to know. */
    ActiveBlocks blocks;
    /** Whether it is told in this step. */
    private boolean marks;
    private final StepCosts costs;
    /** By message of the batch: the row that it selects. */
    private final int[] batchRow = new int[BATCH];
    /** By message of the batch: the compartment that its targets are relative to. */
    private final int[] batchBase = new int[BATCH];
    /** Scattered synapses of the batch. */
    private int batchScattered;
    private final long[] operationsBefore = new long[SynapseFormat.Kind.values().length];
    private long messages;
    private long words;
    private long receivePs;
    /** Nobody reads it; it keeps the compiler from leaving out what fills it. */
    private int fetched;

    Dendrites(LoadedLoihiCore core, EventCounters counters, StepCosts costs) {
        this.core = core;
        rows = core.rows;
        together = core.kernels == Kernels.PLAIN ? 1 : 4;
        chooseLoops();
        copy = core.kernels == Kernels.PLAIN ? null : new int[rows.longestDenseRun()];
        this.counters = counters;
        this.costs = costs;
        accumulator = new int[core.slotSize * core.slots];
        sums = core.sumShift > 0 ? new int[accumulator.length] : null;
    }

    /** @return time of receiving in the last step, ps */
    long receivePs() {
        return receivePs;
    }

    /** @return time of a stage of receiving in the last step, ps */
    long stagePs(Stage stage) {
        if (stage != Stage.ACCUMULATE) {
            return stage == Stage.DECODE ? messages * costs.messageInPs() : words * costs.synapseWordPs();
        }
        long ps = 0;
        for (int k = 0; k < operationsBefore.length; k++) {
            ps += (counters.synapticOperations[k] - operationsBefore[k]) * costs.synapticPs()[k];
        }
        return ps;
    }

    /** @return about how long the last step's messages took the host, ns */
    double hostNs() {
        double ns = messages * (double) HostCosts.MESSAGE_NS;
        for (int k = 0; k < operationsBefore.length; k++) {
            ns += (counters.synapticOperations[k] - operationsBefore[k]) * (k == SPARSE ? HostCosts.SPARSE_NS : HostCosts.DENSE_NS);
        }
        return ns;
    }

    /** @return whether there was any message for step {@code t} */
    boolean receive(MessageQueue[] inbox, int t) {
        receivePs = 0;
        messages = 0;
        words = 0;
        System.arraycopy(counters.synapticOperations, 0, operationsBefore, 0, operationsBefore.length);
        boolean any = false;
        marks = blocks != null && marks(inbox, t);
        for (MessageQueue q : inbox) {
            int count = q.count(t);
            if (count > 0) {
                if (vector == null) {
                    chooseLoops();
                }
                take(q.lines(t), q.payloads(t), count, t);
                q.clear(t);
                any = true;
            }
        }
        if (sums != null && any) {
            shiftSums();
        }
        return any;
    }

    /** Vector loops may turn out to be faster while the core runs. */
    private void chooseLoops() {
        vector = core.kernels.rows();
        if (vector != null) {
            together = 8;
        }
    }

    private boolean marks(MessageQueue[] inbox, int t) {
        int all = 0;
        for (MessageQueue q : inbox) {
            all += q.count(t);
        }
        return blocks.looksAt(all);
    }

    private void take(int[] lines, int[] payloads, int count, int t) {
        final int[] acc = sums == null ? accumulator : sums;
        messages += count;
        counters.messagesReceived += count;
        for (int from = 0; from < count; ) {
            int n = look(lines, from, count);
            if (marks) {
                blocks.touch(batchRow, batchBase, n);
            }
            if (rows.packed != null && batchScattered > 0) {
                fetch(n);
            }
            add(acc, lines, payloads, from, n, t);
            from += n;
        }
    }

    /**
     * Looks up the rows of a batch of messages and counts them. Nothing here waits for anything else, so that the processor waits for many rows at
     * once. @return messages of the batch
     */
    private int look(int[] lines, int from, int count) {
        final SynapseRows r = rows;
        final int[] lineTo = core.lineTo;
        final int[] operationPs = costs.synapticPs();
        final int wordPs = costs.synapseWordPs();
        int most = Math.min(BATCH, count - from);
        long read = 0;
        long ps = 0;
        long first = 0;
        long second = 0;
        long all = 0;
        int scattered = 0;
        int n = 0;
        while (n < most && scattered < BATCH_SYNAPSES) {
            int line = lines[from + n];
            int row = lineTo == null ? line : lineTo[2 * line];
            batchRow[n] = row;
            batchBase[n] = lineTo == null ? 0 : lineTo[2 * line + 1];
            n++;
            int synapses = r.synapses(row);
            int rowWords = r.words(row);
            int kind = r.kind(row);
            all += synapses;
            first += kind == 0 ? synapses : 0;
            second += kind == 1 ? synapses : 0;
            scattered += r.isScattered(row) ? synapses : 0;
            read += rowWords;
            ps += Math.max((long) rowWords * wordPs, (long) synapses * operationPs[kind]);
        }
        counters.synapticOperations[0] += first;
        counters.synapticOperations[1] += second;
        counters.synapticOperations[2] += all - first - second;
        counters.synapseWords += read;
        words += read;
        batchScattered = scattered;
        receivePs += ps + (long) n * costs.messageInPs();
        return n;
    }

    /** Reads a word of each cache line of the batch's scattered synapses, all at once: one after the other they would each be waited for. */
    private void fetch(int n) {
        int sum = 0;
        for (int m = 0; m < n; m++) {
            int row = batchRow[m];
            if (rows.isScattered(row)) {
                int start = rows.start(row);
                sum += ScatteredRows.touch(rows.packed, start, start + Math.min(rows.synapses(row), FETCHED));
            }
        }
        fetched = sum;
    }

    private void add(int[] acc, int[] lines, int[] payloads, int from, int n, int t) {
        int m = 0;
        while (m < n) {
            int row = batchRow[m];
            int base = batchBase[m];
            int factor = factor(lines, payloads, from + m);
            if (rows.isScattered(row)) {
                scatter(acc, base, row, factor, t);
                m++;
                continue;
            }
            if (factor != 1) {
                addScaled(acc, base, row, factor, t);
                m++;
                continue;
            }
            int alike = 1;
            int most = Math.min(together, n - m);
            while (alike < most && base == batchBase[m + alike] && rows.shape[row] == rows.shape[batchRow[m + alike]]
                && factor(lines, payloads, from + m + alike) == 1) {
                alike++;
            }
            if (alike == 8) {
                addEight(acc, base, m, t);
                m += 8;
            } else if (alike >= 4) {
                addFour(acc, base, row, batchRow[m + 1], batchRow[m + 2], batchRow[m + 3], t);
                m += 4;
            } else if (alike >= 2) {
                addTwo(acc, base, row, batchRow[m + 1], t);
                m += 2;
            } else {
                addOne(acc, base, row, t);
                m++;
            }
        }
    }

    /** @return what the synapses of message {@code m} are multiplied with: 1 where spikes are binary and connections are not factorised */
    private int factor(int[] lines, int[] payloads, int m) {
        int payload = payloads == null ? 1 : payloads[m];
        return core.lineFactor == null ? payload : payload * core.lineFactor[lines[m]];
    }

    /** @return where in the accumulators a run begins */
    private int at(int base, int run, int t) {
        int at = base + rows.runTarget[run];
        return core.slots == 1 ? at : at + (t + rows.runDelay[run]) % core.slots * core.slotSize;
    }

    private void scatter(int[] acc, int base, int row, int factor, int t) {
        if (core.slots == 1 && rows.packed != null && factor == 1 && rows.packedShift == 0) {
            // Without delays a row is one run from the base on.
            int from = rows.start(row);
            ScatteredRows.addPacked(acc, base, rows.packed, from, from + rows.synapses(row));
            return;
        }
        int last = rows.firstRun(row + 1);
        for (int run = rows.firstRun(row); run < last; run++) {
            int at = at(base, run, t);
            int from = rows.runStart[run];
            int to = from + rows.runLength[run];
            if (rows.packed == null) {
                ScatteredRows.addWide(acc, at, rows.targets, rows.weights, factor, from, to);
            } else if (factor == 1 && rows.packedShift == 0) {
                ScatteredRows.addPacked(acc, at, rows.packed, from, to);
            } else if (factor == 1) {
                ScatteredRows.addPacked(acc, at, rows.packed, rows.packedShift, from, to);
            } else {
                ScatteredRows.addPackedScaled(acc, at, rows.packed, rows.packedShift, factor, from, to);
            }
        }
    }

    private void addOne(int[] acc, int base, int row, int t) {
        int last = rows.firstRun(row + 1);
        for (int run = rows.firstRun(row); run < last; run++) {
            if (vector != null) {
                vector.add(acc, at(base, run, t), rows.runWeights[run], rows.runLength[run]);
            } else {
                DenseRows.add(acc, at(base, run, t), rows.runWeights[run], rows.runLength[run], copy);
            }
        }
    }

    /** A graded spike or a factorised connection: each weight times the payload and the factor, modulo 2^32, which the accumulator's own wrap makes exact. */
    private void addScaled(int[] acc, int base, int row, int factor, int t) {
        int last = rows.firstRun(row + 1);
        for (int run = rows.firstRun(row); run < last; run++) {
            if (vector != null) {
                vector.addScaled(acc, at(base, run, t), rows.runWeights[run], factor, rows.runLength[run]);
            } else {
                DenseRows.addScaled(acc, at(base, run, t), rows.runWeights[run], factor, rows.runLength[run], copy);
            }
        }
    }

    private void addTwo(int[] acc, int base, int row, int second, int t) {
        final int[][] weights = rows.runWeights;
        int first = rows.firstRun(row);
        int runs = rows.firstRun(row + 1) - first;
        int with = rows.firstRun(second);
        for (int i = 0; i < runs; i++) {
            if (vector != null) {
                vector.add(acc, at(base, first + i, t), weights[first + i], weights[with + i], rows.runLength[first + i]);
            } else {
                DenseRows.add(acc, at(base, first + i, t), weights[first + i], weights[with + i], rows.runLength[first + i], copy);
            }
        }
    }

    private void addFour(int[] acc, int base, int row, int second, int third, int fourth, int t) {
        final int[][] weights = rows.runWeights;
        int first = rows.firstRun(row);
        int runs = rows.firstRun(row + 1) - first;
        int b = rows.firstRun(second);
        int c = rows.firstRun(third);
        int d = rows.firstRun(fourth);
        for (int i = 0; i < runs; i++) {
            int at = at(base, first + i, t);
            int n = rows.runLength[first + i];
            if (vector != null) {
                vector.add(acc, at, weights[first + i], weights[b + i], weights[c + i], weights[d + i], n);
            } else {
                DenseRows.add(acc, at, weights[first + i], weights[b + i], weights[c + i], weights[d + i], n, copy);
            }
        }
    }

    /** The messages {@code m .. m + 7} of the batch; with vector loops only. */
    private void addEight(int[] acc, int base, int m, int t) {
        final int[][] w = rows.runWeights;
        final int[] row = batchRow;
        int first = rows.firstRun(row[m]);
        int last = rows.firstRun(row[m] + 1);
        int b = rows.firstRun(row[m + 1]) - first;
        int c = rows.firstRun(row[m + 2]) - first;
        int d = rows.firstRun(row[m + 3]) - first;
        int e = rows.firstRun(row[m + 4]) - first;
        int f = rows.firstRun(row[m + 5]) - first;
        int g = rows.firstRun(row[m + 6]) - first;
        int h = rows.firstRun(row[m + 7]) - first;
        for (int run = first; run < last; run++) {
            vector.add(acc, at(base, run, t), w[run], w[b + run], w[c + run], w[d + run], w[e + run], w[f + run], w[g + run], w[h + run],
                rows.runLength[run]);
        }
    }

    /** What one step brought for one delay is shifted as a whole, before it joins what other steps brought. */
    private void shiftSums() {
        for (int i = 0; i < sums.length; i++) {
            accumulator[i] += sums[i] >> core.sumShift & core.sumMask;
            sums[i] = 0;
        }
    }
}
