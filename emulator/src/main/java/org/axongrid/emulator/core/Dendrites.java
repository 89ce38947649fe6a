package org.axongrid.emulator.core;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * The receiving side of a running core: takes a step's messages and adds the synapse rows they select to the accumulators.
 *
 * <p>Messages of one source position come one after the other (its channels are neighbours) and their rows have the same runs at the same
 * base. Such rows are added four or two at a time, which loads and stores an accumulator once instead of four times; sums are modular, so
 * their order does not matter.
 */
final class Dendrites {
    private final LoadedLoihiCore core;
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

    Dendrites(LoadedLoihiCore core, EventCounters counters, StepCosts costs) {
        this.core = core;
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
            int synapses = core.rowSynapses[row];
            counters.synapticOperations[core.rowKind[row]] += synapses;
            fetched += core.rowWords[row];
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
            if (factor != 1) {
                addScaled(acc, core.lineBase[line], lineRow[line], factor, t);
                m++;
                continue;
            }
            int alike = 1;
            int most = Math.min(4, count - m);
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
        return core.lineBase[line] == core.lineBase[other] && core.rowShape[core.lineRow[line]] == core.rowShape[core.lineRow[other]];
    }

    /** @return where in the accumulators a run begins */
    private int at(int base, int run, int t) {
        int at = base + core.runTarget[run];
        return core.slots == 1 ? at : at + (t + core.runDelay[run]) % core.slots * core.slotSize;
    }

    private void addOne(int[] acc, int base, int row, int t) {
        int last = core.rowRun[row + 1];
        for (int run = core.rowRun[row]; run < last; run++) {
            addRow(acc, at(base, run, t), core.weights, core.runWeight[run], core.runLength[run]);
        }
    }

    /** A graded spike or a factorised connection: each weight times the payload and the factor, modulo 2^32, which the accumulator's own wrap makes exact. */
    private void addScaled(int[] acc, int base, int row, int payload, int t) {
        int last = core.rowRun[row + 1];
        for (int run = core.rowRun[row]; run < last; run++) {
            addRow(acc, at(base, run, t), core.weights, core.runWeight[run], core.runLength[run], payload);
        }
    }

    private void addTwo(int[] acc, int base, int row, int second, int t) {
        int first = core.rowRun[row];
        int runs = core.rowRun[row + 1] - first;
        int with = core.rowRun[second];
        for (int i = 0; i < runs; i++) {
            addRows(acc, at(base, first + i, t), core.weights, core.runWeight[first + i], core.runWeight[with + i], core.runLength[first + i]);
        }
    }

    private void addFour(int[] acc, int base, int row, int second, int third, int fourth, int t) {
        int first = core.rowRun[row];
        int runs = core.rowRun[row + 1] - first;
        int[] starts = core.runWeight;
        int b = core.rowRun[second];
        int c = core.rowRun[third];
        int d = core.rowRun[fourth];
        for (int i = 0; i < runs; i++) {
            addRows(acc, at(base, first + i, t), core.weights, starts[first + i], starts[b + i], starts[c + i], starts[d + i],
                core.runLength[first + i]);
        }
    }

    // The innermost loops: kept alone and small so that the compiler turns them into vector instructions.

    private static void addRow(int[] acc, int at, int[] weights, int a, int length) {
        for (int i = 0; i < length; i++) {
            acc[at + i] += weights[a + i];
        }
    }

    private static void addRow(int[] acc, int at, int[] weights, int a, int length, int factor) {
        for (int i = 0; i < length; i++) {
            acc[at + i] += weights[a + i] * factor;
        }
    }

    private static void addRows(int[] acc, int at, int[] weights, int a, int b, int length) {
        for (int i = 0; i < length; i++) {
            acc[at + i] += weights[a + i] + weights[b + i];
        }
    }

    private static void addRows(int[] acc, int at, int[] weights, int a, int b, int c, int d, int length) {
        for (int i = 0; i < length; i++) {
            acc[at + i] += weights[a + i] + weights[b + i] + weights[c + i] + weights[d + i];
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
