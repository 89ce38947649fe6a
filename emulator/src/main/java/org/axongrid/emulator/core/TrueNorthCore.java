package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * A running TrueNorth core. A step of the engine is a tick: the scheduler's slot gives the active axons, each neuron adds their weights, leaks,
 * compares and resets, and sends at most one spike (project reference on TrueNorth, sections 3 and 4). Step t of the engine is tick t - 1.
 */
public final class TrueNorthCore extends Neurocore {
    /** Counting the columns of this many neurons costs as much as walking one synapse; measured. */
    private static final int NEURONS_PER_SYNAPSE = 2;
    private static final int CROSSBAR = SynapseFormat.Kind.DENSE.ordinal();

    /** Hears of output pins. */
    @FunctionalInterface
    public interface PinVisitor {
        /**
         * @param neuron which fired
         * @param pin    its pin
         */
        void event(int neuron, int pin);
    }

    private final LoadedTrueNorthCore core;
    private final MessageQueue[] out;
    private final int[] outPathPs;
    private final EventCounters counters;
    private final StepCosts costs;

    /** What the rows take before anything is active. */
    private final long scanPs;
    private final TrueNorthNeurons neurons;
    private final int[] input;
    /** By block. */
    private final long[] active;
    /** By block: what it costs to walk the rows of its active axons. */
    private final int[] walkCost;
    /** In the order of axons. */
    private final long[] activeAxons;
    private long merged;

    private int changed;
    private int synapses;
    private int received;
    private int sent;
    private long drainPs;
    /** Whether rows take any time, so that spikes are not all ready at the start. */
    private final boolean timed;

    TrueNorthCore(LoadedTrueNorthCore core, MessageQueue[] inbox, MessageQueue host, MessageQueue[] out, EventCounters counters, StepCosts costs) {
        super(inbox, host, core.neurons);
        this.core = core;
        this.out = out;
        this.counters = counters;
        this.costs = costs;
        neurons = new TrueNorthNeurons(core);
        input = new int[core.neurons];
        active = new long[core.blockType.length];
        walkCost = new int[active.length];
        activeAxons = new long[(core.axons + 63) / 64];
        outPathPs = new int[out.length];
        for (int o = 0; o < out.length; o++) {
            outPathPs[o] = costs.pathPs(core.outHopsX[o], core.outHopsY[o], core.outCrossings[o]);
        }
        scanPs = costs.coreStepPs() + (long) core.neurons * core.axons * costs.axonScanPs();
        timed = scanPs + costs.synapticPs()[CROSSBAR] + costs.updateActivePs() + costs.updateIdlePs() + costs.spikePs() + costs.messageOutPs() > 0;
        reset();
    }

    @Override
    public void reset() {
        neurons.reset();
        merged = 0;
        super.reset();
    }

    @Override
    public void step(int t, int window) {
        receive(t);
        integrate();
        changed = neurons.update(input, activeAxons, counters);
        int[] fired = neurons.fired;
        int n = 0;
        for (int j = 0; j < fired.length; j++) {
            // Written in any case, counted if it fired: no branch to predict.
            spikes[n] = j;
            n -= fired[j];
        }
        spikeCount = n;
        counters.spikes += n;
        counters.updatesActive += changed;
        counters.updatesIdle += core.neurons - changed;
        send(t);
    }

    /** The scheduler: messages set bits, so that two for one axon are one. */
    private void receive(int t) {
        Arrays.fill(active, 0);
        Arrays.fill(walkCost, 0);
        Arrays.fill(activeAxons, 0);
        received = 0;
        synapses = 0;
        int again = 0;
        for (MessageQueue q : inbox) {
            int count = q.count(t);
            int[] lines = q.lines(t);
            for (int m = 0; m < count; m++) {
                int axon = lines[m];
                int block = core.blockOf[axon];
                long bit = core.bitOf[axon];
                if ((active[block] & bit) != 0) {
                    again++;
                } else {
                    active[block] |= bit;
                    activeAxons[axon >> 6] |= 1L << axon;
                    walkCost[block] += core.walkCost[axon];
                    synapses += core.fanOut[axon];
                }
            }
            received += count;
            q.clear(t);
        }
        merged += again;
        counters.mergedArrivals += again;
        counters.messagesReceived += received;
        counters.synapticOperations[CROSSBAR] += synapses;
    }

    /** Sums the weights that are not stochastic. */
    private void integrate() {
        Arrays.fill(input, 0);
        for (int b = 0; b < active.length; b++) {
            int[] weights = core.weights[core.blockType[b]];
            if (walkCost[b] * NEURONS_PER_SYNAPSE >= core.neurons) {
                count(active[b], core.columns, b * core.neurons, weights, input, core.neurons);
            } else {
                for (long bits = active[b]; bits != 0; bits &= bits - 1) {
                    int axon = core.axonAt[64 * b + Long.numberOfTrailingZeros(bits)];
                    walk(core.rows, axon * core.rowWords, core.rowWords, weights, input);
                }
            }
        }
    }

    // The innermost loops: kept alone and small so that the compiler turns them into vector instructions.

    private static void count(long active, long[] columns, int at, int[] weights, int[] input, int neurons) {
        for (int j = 0; j < neurons; j++) {
            input[j] += Long.bitCount(active & columns[at + j]) * weights[j];
        }
    }

    private static void walk(long[] rows, int at, int words, int[] weights, int[] input) {
        for (int w = 0; w < words; w++) {
            for (long bits = rows[at + w]; bits != 0; bits &= bits - 1) {
                int j = 64 * w + Long.numberOfTrailingZeros(bits);
                input[j] += weights[j];
            }
        }
    }

    private void send(int t) {
        int messages = 0;
        int longest = 0;
        int hopsX = 0;
        int hopsY = 0;
        int crossings = 0;
        int within = 0;
        int pins = 0;
        for (int s = 0; s < spikeCount; s++) {
            int o = core.outputOf[spikes[s]];
            if (o < 0) {
                pins += core.pinOf[spikes[s]] >= 0 ? 1 : 0;
                continue;
            }
            out[o].push(t + core.outSteps[o], core.outLine[o]);
            int x = core.outHopsX[o];
            int y = core.outHopsY[o];
            hopsX += x;
            hopsY += y;
            crossings += core.outCrossings[o];
            within += (x | y) == 0 ? 1 : 0;
            // The scheduler of the destination holds a spike until its tick, so that all of them travel at once.
            longest = Math.max(longest, outPathPs[o]);
            messages++;
        }
        counters.messages += messages;
        counters.hopsX += hopsX;
        counters.hopsY += hopsY;
        counters.chipCrossings += crossings;
        counters.messagesWithinTile += within;
        counters.outputEvents += pins;
        sent = messages;
        drainPs = messages == 0 ? 0 : timed ? drain() : longest + costs.messageInPs();
    }

    private long drain() {
        drainPs = 0;
        int[] at = {0};
        forEachMessage((destination, line, steps, readyPs) -> {
            // As they are sent: the message's own way follows from the spike that it belongs to.
            while (core.outputOf[spikes[at[0]]] < 0) {
                at[0]++;
            }
            drainPs = Math.max(drainPs, costs.atCycle(readyPs) + outPathPs[core.outputOf[spikes[at[0]++]]] + costs.messageInPs());
        });
        return drainPs;
    }

    /** Visits the output pins that the last step drove, neurons ascending. */
    public void forEachOutput(PinVisitor visitor) {
        for (int s = 0; s < spikeCount; s++) {
            int pin = core.pinOf[spikes[s]];
            if (pin >= 0) {
                visitor.event(spikes[s], pin);
            }
        }
    }

    /** @return random words drawn since the start */
    public long randomWords() {
        return neurons.randomWords;
    }

    /** @return the last random word, or the seed if none was drawn */
    public int randomState() {
        return neurons.random;
    }

    /**
     * @param last the step that ended last
     * @return arrivals that merged with another one since the start: those of ticks that are over, and those that wait in the scheduler
     */
    public long mergedArrivals(int last) {
        long sum = merged;
        for (int t = last + 1; t <= last + inbox[0].horizon(); t++) {
            Arrays.fill(activeAxons, 0);
            for (MessageQueue q : inbox) {
                int[] lines = q.lines(t);
                for (int m = 0; m < (t <= last + q.horizon() ? q.count(t) : 0); m++) {
                    sum += activeAxons[lines[m] >> 6] >>> lines[m] & 1;
                    activeAxons[lines[m] >> 6] |= 1L << lines[m];
                }
            }
        }
        return sum;
    }

    /** The bias of a neuron is its leak. */
    @Override
    public void setBias(int compartment, int effective) {
        neurons.setLeak(compartment, effective);
    }

    /** A readout is an output pin: no register is read in operation. */
    @Override
    public int readout(int compartment) {
        return -neurons.fired[compartment];
    }

    @Override
    public int voltage(int compartment) {
        return neurons.v[compartment];
    }

    @Override
    public int current(int compartment) {
        return input[compartment];
    }

    @Override
    public void observeCurrents() {
        // There are none beside the input of the tick.
    }

    @Override
    public void clear(int compartment) {
        neurons.v[compartment] = 0;
    }

    @Override
    int firstLine(int axon) {
        return axon;
    }

    @Override
    public long computePs() {
        return scanPs + (long) synapses * costs.synapticPs()[CROSSBAR] + (long) changed * costs.updateActivePs()
            + (long) (core.neurons - changed) * costs.updateIdlePs() + (long) spikeCount * costs.spikePs() + (long) sent * costs.messageOutPs();
    }

    @Override
    public long receivePs() {
        return (long) received * costs.messageInPs();
    }

    @Override
    public long drainPs() {
        return drainPs;
    }

    @Override
    public long stagePs(Stage stage) {
        return switch (stage) {
            case DECODE -> receivePs();
            case FETCH, ACCUMULATE -> 0;
            case INTEGRATE -> (long) synapses * costs.synapticPs()[CROSSBAR];
            case SCAN -> scanPs;
            case UPDATE -> (long) changed * costs.updateActivePs() + (long) (core.neurons - changed) * costs.updateIdlePs();
            case SPIKE -> (long) spikeCount * costs.spikePs();
            case SEND -> (long) sent * costs.messageOutPs();
        };
    }

    @Override
    public long servicePs(int line) {
        return costs.messageInPs();
    }

    @Override
    public long servicePs(int line, Stage stage) {
        return stage == Stage.DECODE ? costs.messageInPs() : 0;
    }

    /** The row scan: neuron by neuron, so that a spike is ready when the circuit has done all neurons up to its own. */
    @Override
    public void forEachMessage(MessageVisitor visitor) {
        long rows = (long) core.axons * costs.axonScanPs();
        long updates = stagePs(Stage.UPDATE);
        int synapticPs = costs.synapticPs()[CROSSBAR];
        long events = 0;
        int scanned = 0;
        int messages = 0;
        for (int s = 0; s < spikeCount; s++) {
            int j = spikes[s];
            while (scanned <= j) {
                events += synapticPs == 0 ? 0 : events(scanned);
                scanned++;
            }
            // Which of the updates were active is not kept, so that all neurons have the same share of them.
            long produced = costs.coreStepPs() + scanned * rows + events * synapticPs + updates * scanned / core.neurons + (s + 1L) * costs.spikePs();
            visitor.spike(j, produced + messages * (long) costs.messageOutPs());
            int o = core.outputOf[j];
            if (o >= 0) {
                visitor.message(core.outCore[o], core.outLine[o], core.outSteps[o], produced + ++messages * (long) costs.messageOutPs());
            }
        }
    }

    /** @return synaptic events of a neuron in the last tick */
    private long events(int neuron) {
        long sum = 0;
        for (int b = 0; b < active.length; b++) {
            sum += Long.bitCount(active[b] & core.columns[b * core.neurons + neuron]);
        }
        long[] stochastic = core.stochasticColumns[neuron];
        for (int w = 0; stochastic != null && w < stochastic.length; w++) {
            sum += Long.bitCount(activeAxons[w] & stochastic[w]);
        }
        return sum;
    }
}
