package org.axongrid.emulator.core;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.DenseRows;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.ScatteredRows;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * The receiving side of a running core: takes a step's messages and adds the synapse rows they select to the accumulators.
 *
 * <p>Messages of one source position come one after the other (its channels are neighbours) and their rows have the same runs at the same
 * base. Such rows are added four or two at a time, which loads and stores an accumulator once instead of four times; sums are modular, so
 * their order does not matter.
 */
final class Dendrites {
    /** Ints in a cache line. */
    private static final int LINE = 16;
    /** Synapses of a row that are read ahead; of longer rows the processor fetches the rest in time. */
    private static final int FETCHED = 256;

    private final LoadedLoihiCore core;
    private final SynapseRows rows;
    /** Rows of one shape that are added together at most. */
    private final int together;
    private final EventCounters counters;
    /** By accumulator slot and compartment. */
    final int[] accumulator;
    private final int[] sums;
    /** By row: time to receive a message that selects it. */
    private final long[] rowServicePs;
    private final StepCosts costs;
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
        this.counters = counters;
        this.costs = costs;
        rowServicePs = core.servicePs(costs);
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

    /** @return whether there was any message for step {@code t} */
    boolean receive(MessageQueue[] inbox, int t) {
        receivePs = 0;
        messages = 0;
        words = 0;
        System.arraycopy(counters.synapticOperations, 0, operationsBefore, 0, operationsBefore.length);
        boolean any = false;
        for (MessageQueue q : inbox) {
            int count = q.count(t);
            if (count > 0) {
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

    private void take(int[] lines, int[] payloads, int count, int t) {
        final int[] acc = sums == null ? accumulator : sums;
        final int[] lineRow = core.lineRow;
        long ps = 0;
        long fetched = 0;
        for (int m = 0; m < count; m++) {
            int row = lineRow[lines[m]];
            int synapses = rows.synapses[row];
            counters.synapticOperations[rows.kind[row]] += synapses;
            fetched += rows.words[row];
            ps += rowServicePs[row];
        }
        counters.synapseWords += fetched;
        words += fetched;
        messages += count;
        counters.messagesReceived += count;
        receivePs += ps;
        int m = 0;
        while (m < count) {
            int line = lines[m];
            int factor = factor(lines, payloads, m);
            if (rows.scattered[lineRow[line]]) {
                if (m + 1 < count) {
                    fetch(lineRow[lines[m + 1]]);
                }
                scatter(acc, core.lineBase[line], lineRow[line], factor, t);
                m++;
                continue;
            }
            if (factor != 1) {
                addScaled(acc, core.lineBase[line], lineRow[line], factor, t);
                m++;
                continue;
            }
            int alike = 1;
            int most = Math.min(together, count - m);
            while (alike < most && isAlike(line, lines[m + alike]) && factor(lines, payloads, m + alike) == 1) {
                alike++;
            }
            if (alike == 4) {
                addFour(acc, core.lineBase[line], lineRow[line], lineRow[lines[m + 1]], lineRow[lines[m + 2]], lineRow[lines[m + 3]], t);
                m += 4;
            } else if (alike >= 2) {
                addTwo(acc, core.lineBase[line], lineRow[line], lineRow[lines[m + 1]], t);
                m += 2;
            } else {
                addOne(acc, core.lineBase[line], lineRow[line], t);
                m++;
            }
        }
    }

    /** @return what the synapses of message {@code m} are multiplied with: 1 where spikes are binary and connections are not factorised */
    private int factor(int[] lines, int[] payloads, int m) {
        int payload = payloads == null ? 1 : payloads[m];
        return core.lineFactor == null ? payload : payload * core.lineFactor[lines[m]];
    }

    private boolean isAlike(int line, int other) {
        return core.lineBase[line] == core.lineBase[other] && rows.shape[core.lineRow[line]] == rows.shape[core.lineRow[other]];
    }

    /** @return where in the accumulators a run begins */
    private int at(int base, int run, int t) {
        int at = base + rows.runTarget[run];
        return core.slots == 1 ? at : at + (t + rows.runDelay[run]) % core.slots * core.slotSize;
    }

    /** Reads the cache lines of a row that comes next, all at once: one after the other they would each be waited for. */
    private void fetch(int row) {
        if (rows.packed == null || !rows.scattered[row] || rows.synapses[row] == 0) {
            return;
        }
        int from = rows.runStart[rows.firstRun[row]];
        int to = Math.min(from + rows.synapses[row], from + FETCHED);
        int sum = 0;
        for (int i = from; i < to; i += LINE) {
            sum += rows.packed[i];
        }
        fetched = sum;
    }

    private void scatter(int[] acc, int base, int row, int factor, int t) {
        int last = rows.firstRun[row + 1];
        for (int run = rows.firstRun[row]; run < last; run++) {
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
        int last = rows.firstRun[row + 1];
        for (int run = rows.firstRun[row]; run < last; run++) {
            DenseRows.add(acc, at(base, run, t), rows.runWeights[run], rows.runLength[run]);
        }
    }

    /** A graded spike or a factorised connection: each weight times the payload and the factor, modulo 2^32, which the accumulator's own wrap makes exact. */
    private void addScaled(int[] acc, int base, int row, int factor, int t) {
        int last = rows.firstRun[row + 1];
        for (int run = rows.firstRun[row]; run < last; run++) {
            DenseRows.addScaled(acc, at(base, run, t), rows.runWeights[run], factor, rows.runLength[run]);
        }
    }

    private void addTwo(int[] acc, int base, int row, int second, int t) {
        final int[][] weights = rows.runWeights;
        int first = rows.firstRun[row];
        int runs = rows.firstRun[row + 1] - first;
        int with = rows.firstRun[second];
        for (int i = 0; i < runs; i++) {
            DenseRows.add(acc, at(base, first + i, t), weights[first + i], weights[with + i], rows.runLength[first + i]);
        }
    }

    private void addFour(int[] acc, int base, int row, int second, int third, int fourth, int t) {
        final int[][] weights = rows.runWeights;
        int first = rows.firstRun[row];
        int runs = rows.firstRun[row + 1] - first;
        int b = rows.firstRun[second];
        int c = rows.firstRun[third];
        int d = rows.firstRun[fourth];
        for (int i = 0; i < runs; i++) {
            DenseRows.add(acc, at(base, first + i, t), weights[first + i], weights[b + i], weights[c + i], weights[d + i], rows.runLength[first + i]);
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
