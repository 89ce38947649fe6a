package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.Kernels;

/** The axons of a running TrueNorth core: what its scheduler gives in a tick, and what the crossbar makes of it. */
final class TrueNorthAxons {
    /** Counting a word of columns for this many neurons costs as much as walking one synapse; measured. */
    private static final int NEURONS_PER_SYNAPSE = 8;

    private final LoadedTrueNorthCore core;
    /** By sending worker, the host's last if there is one. */
    private final AxonSlots[] inbox;
    /** By word: active lines. */
    private final int[] active;
    /** Active axons in their order, 64 to a word; null where no synapse is stochastic. */
    final long[] inOrder;
    /** Active axons. */
    int count;
    /** Spikes that took effect in the last tick. */
    int received;
    /** Synaptic events of the last tick. */
    int synapses;
    private long merged;

    TrueNorthAxons(LoadedTrueNorthCore core, AxonSlots[] inbox) {
        this.core = core;
        this.inbox = inbox;
        active = new int[core.words];
        inOrder = core.chanceSynapses ? new long[(core.axons + 63) / 64] : null;
    }

    /** Forgets all spikes, those that wait too. */
    void reset() {
        merged = 0;
        for (AxonSlots slots : inbox) {
            slots.clear(core.index, core.firstWord, core.words);
        }
        deactivate();
    }

    /** @return spikes that wait in any slot */
    int waiting() {
        int sum = 0;
        for (AxonSlots slots : inbox) {
            sum += slots.waiting(core.index);
        }
        return sum;
    }

    /** The scheduler: spikes have set bits, so that two for one axon are one. */
    void receive(int t, EventCounters counters) {
        received = 0;
        synapses = 0;
        for (AxonSlots slots : inbox) {
            received += slots.arrivals(t)[core.index];
        }
        if (received == 0) {
            if (count > 0) {
                deactivate();
            }
            return;
        }
        deactivate();
        for (AxonSlots slots : inbox) {
            if (slots.arrivals(t)[core.index] > 0) {
                slots.arrivals(t)[core.index] = 0;
                int[] bits = slots.bits(t);
                for (int w = 0; w < active.length; w++) {
                    active[w] |= bits[core.firstWord + w];
                    bits[core.firstWord + w] = 0;
                }
            }
        }
        countActive();
        int again = received - count;
        merged += again;
        counters.mergedArrivals += again;
        counters.messagesReceived += received;
        counters.synapticOperations[TrueNorthCore.CROSSBAR] += synapses;
    }

    private void deactivate() {
        Arrays.fill(active, 0);
        count = 0;
        if (inOrder != null) {
            Arrays.fill(inOrder, 0);
        }
    }

    private void countActive() {
        for (int w = 0; w < active.length; w++) {
            int a = active[w];
            count += Integer.bitCount(a);
            if (a == core.full[w]) {
                synapses += core.fullFanOut[w];
            } else {
                for (int bits = a; bits != 0; bits &= bits - 1) {
                    synapses += core.fanOut[32 * w + Integer.numberOfTrailingZeros(bits)];
                }
            }
        }
        if (inOrder != null) {
            for (int w = 0; w < active.length; w++) {
                for (int bits = active[w]; bits != 0; bits &= bits - 1) {
                    int axon = core.axonAt[32 * w + Integer.numberOfTrailingZeros(bits)];
                    inOrder[axon >> 6] |= 1L << axon;
                }
            }
        }
    }

    /** Sums the weights that are not stochastic. */
    void integrate(int[] input) {
        int n = core.neurons;
        Arrays.fill(input, 0, n, 0);
        if (count == 0) {
            return;
        }
        if (core.kernels == Kernels.PLAIN || synapses * NEURONS_PER_SYNAPSE < n * Math.min(count, active.length)) {
            for (int w = 0; w < active.length; w++) {
                for (int bits = active[w]; bits != 0; bits &= bits - 1) {
                    int axon = core.axonAt[32 * w + Integer.numberOfTrailingZeros(bits)];
                    CrossbarLoops.walk(core.rows, axon * core.rowWords, core.rowWords, core.weights[core.wordType[w]], input);
                }
            }
            return;
        }
        int[][] columns = core.columns();
        for (int w = 0; w < active.length; w++) {
            if (active[w] == 0) {
                continue;
            }
            int type = core.wordType[w];
            if (w + 1 < active.length && core.wordType[w + 1] == type && active[w + 1] != 0) {
                CrossbarLoops.count(active[w], active[w + 1], columns[w], columns[w + 1], core.weights[type], input, n);
                w++;
            } else {
                CrossbarLoops.count(active[w], columns[w], core.weights[type], input, n);
            }
        }
    }

    /**
     * @param last the step that ended last
     * @return arrivals that merged with another one: those of ticks that are over, and those that wait
     */
    long mergedArrivals(int last) {
        long sum = merged;
        for (int t = last + 1; t <= last + inbox[0].horizon(); t++) {
            for (int w = 0; w < core.words; w++) {
                int bits = 0;
                for (AxonSlots slots : inbox) {
                    bits |= t <= last + slots.horizon() ? slots.bits(t)[core.firstWord + w] : 0;
                }
                sum -= Integer.bitCount(bits);
            }
            for (AxonSlots slots : inbox) {
                sum += t <= last + slots.horizon() ? slots.arrivals(t)[core.index] : 0;
            }
        }
        return sum;
    }

    /** Counts the synaptic events of the last tick by neuron. */
    void countEvents(int[] events) {
        int n = core.neurons;
        Arrays.fill(events, 0, n, 0);
        int[][] columns = count == 0 ? null : core.columns();
        for (int w = 0; w < active.length; w++) {
            if (active[w] != 0) {
                CrossbarLoops.countEvents(active[w], columns[w], events, n);
            }
        }
        if (inOrder == null) {
            return;
        }
        for (int j : core.drawing) {
            long[] stochastic = core.stochasticColumns[j];
            for (int w = 0; stochastic != null && w < stochastic.length; w++) {
                events[j] += Long.bitCount(inOrder[w] & stochastic[w]);
            }
        }
    }
}
