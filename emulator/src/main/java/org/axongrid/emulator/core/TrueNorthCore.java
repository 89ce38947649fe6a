package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * A running TrueNorth core. A step of the engine is a tick: the scheduler's slot gives the active axons, each neuron adds their weights, leaks,
 * compares and resets, and sends at most one spike (project reference on TrueNorth, sections 3 and 4). Step t of the engine is tick t - 1.
 */
public final class TrueNorthCore extends Neurocore {
    /** Where less than one of so many neurons fires, spikes are looked for with a branch. */
    private static final int FEW = 16;
    private static final MessageQueue[] NO_QUEUES = {};
    static final int CROSSBAR = SynapseFormat.Kind.DENSE.ordinal();

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
    private final AxonSlots host;
    private final AxonSlots out;
    private final TrueNorthScratch scratch;
    private final int[] outPathPs;
    private final EventCounters counters;
    private final StepCosts costs;

    /** What the rows take before anything is active. */
    private final long scanPs;
    private final TrueNorthAxons axons;
    private final TrueNorthNeurons neurons;
    /** By neuron: input of the last tick; null unless observed. */
    private int[] observed;

    private int changed;
    /** Random words of the last tick. */
    private long words;
    private int sent;
    private long drainPs;
    /** Whether rows take any time, so that spikes are not all ready at the start. */
    private final boolean timed;

    /**
     * @param core     its image
     * @param inbox    spikes by sending worker
     * @param host     the one of them that the host writes, or null
     * @param out      spikes that the worker which runs this core sends
     * @param scratch  of that worker
     * @param counters its own
     * @param costs    times of its operations
     */
    TrueNorthCore(LoadedTrueNorthCore core, AxonSlots[] inbox, AxonSlots host, AxonSlots out, TrueNorthScratch scratch, EventCounters counters,
                  StepCosts costs) {
        super(NO_QUEUES, null, core.neurons);
        this.core = core;
        this.host = host;
        this.out = out;
        this.scratch = scratch;
        this.counters = counters;
        this.costs = costs;
        neurons = new TrueNorthNeurons(core);
        axons = new TrueNorthAxons(core, inbox);
        int[] paths = new int[core.outCore.length];
        boolean anyPath = false;
        for (int o = 0; o < paths.length; o++) {
            paths[o] = costs.pathPs(core.outHopsX[o], core.outHopsY[o], core.outCrossings[o]);
            anyPath |= paths[o] > 0;
        }
        outPathPs = anyPath ? paths : null;
        scanPs = costs.coreStepPs() + (long) core.neurons * core.axons * costs.axonScanPs();
        timed = scanPs + costs.synapticPs()[CROSSBAR] + costs.updateActivePs() + costs.updateIdlePs() + costs.spikePs() + costs.messageOutPs() > 0;
        reset();
    }

    @Override
    public void reset() {
        neurons.reset();
        axons.reset();
        super.reset();
    }

    @Override
    public void step(int t, int window) {
        long drawn = neurons.draws.drawn;
        axons.receive(t, counters);
        axons.integrate(scratch.input);
        changed = neurons.update(scratch, axons.inOrder, axons.count, counters);
        if (observed != null) {
            System.arraycopy(scratch.input, 0, observed, 0, observed.length);
        }
        words = neurons.draws.drawn - drawn;
        spikeCount = neurons.firedCount;
        list(scratch.fired, spikeCount);
        // The same again in the next tick, and in all that follow, unless something comes in or is drawn.
        resting = core.rests && changed == 0 && spikeCount == 0 && axons.received == 0 && neurons.saturations == 0 && core.drawing.length == 0;
        counters.spikes += spikeCount;
        counters.updatesActive += changed;
        counters.updatesIdle += core.neurons - changed;
        if (spikeCount > 0) {
            send(t);
        } else {
            sent = 0;
            drainPs = 0;
        }
    }

    @Override
    long restingPs() {
        return scanPs + (long) core.neurons * costs.updateIdlePs();
    }

    @Override
    long hostNs() {
        return HostCosts.VISIT_NS + core.neurons * (long) HostCosts.NEURON_NS + axons.received * (long) HostCosts.AXON_NS
            + words / HostCosts.WORDS_PER_NS;
    }

    @Override
    void countRest(int steps) {
        counters.updatesIdle += (long) steps * core.neurons;
    }

    /** Lists the neurons that fired. */
    private void list(int[] fired, int count) {
        if (count == 0) {
            return;
        }
        int n = 0;
        if (count < fired.length / FEW) {
            for (int j = 0; n < count; j++) {
                if (fired[j] != 0) {
                    spikes[n++] = j;
                }
            }
        } else {
            for (int j = 0; n < count; j++) {
                // Written in any case, counted if it fired: no branch to predict.
                spikes[n] = j;
                n -= fired[j];
            }
        }
    }

    private void send(int t) {
        long hops = 0;
        int pins = 0;
        int nowhere = 0;
        for (int s = 0; s < spikeCount; s++) {
            int j = spikes[s];
            long route = core.route[j];
            if (route < 0) {
                pins += route == CrossbarRoute.PIN ? 1 : 0;
                nowhere++;
            } else {
                out.push(t + CrossbarRoute.steps(route), CrossbarRoute.core(route), CrossbarRoute.line(route));
                hops += core.hops[j];
            }
            if (s % CrossbarRoute.SUMMED == CrossbarRoute.SUMMED - 1) {
                addHops(hops);
                hops = 0;
            }
        }
        addHops(hops);
        sent = spikeCount - nowhere;
        counters.messages += sent;
        counters.outputEvents += pins;
        if (core.crosses) {
            countCrossings();
        }
        drainPs = sent == 0 ? 0 : timed ? drain() : longest() + costs.messageInPs();
    }

    private void addHops(long hops) {
        counters.hopsX += CrossbarRoute.hopsX(hops);
        counters.hopsY += CrossbarRoute.hopsY(hops);
        counters.messagesWithinTile += CrossbarRoute.within(hops);
    }

    private void countCrossings() {
        int crossings = 0;
        for (int s = 0; s < spikeCount; s++) {
            int o = core.outputOf[spikes[s]];
            crossings += o < 0 ? 0 : core.outCrossings[o];
        }
        counters.chipCrossings += crossings;
    }

    /** The scheduler of the destination holds a spike until its tick, so that all of them travel at once. */
    private long longest() {
        int most = 0;
        for (int s = 0; outPathPs != null && s < spikeCount; s++) {
            int o = core.outputOf[spikes[s]];
            most = o < 0 ? most : Math.max(most, outPathPs[o]);
        }
        return most;
    }

    private long drain() {
        long last = 0;
        long events = 0;
        int messages = 0;
        countEvents();
        for (int s = 0; s < spikeCount; s++) {
            int j = spikes[s];
            events = eventsTo(events, s);
            int o = core.outputOf[j];
            if (o >= 0) {
                long ready = producedPs(s, events) + ++messages * (long) costs.messageOutPs();
                last = Math.max(last, costs.atCycle(ready) + (outPathPs == null ? 0 : outPathPs[o]) + costs.messageInPs());
            }
        }
        return last;
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
        return neurons.draws.drawn;
    }

    /** @return the last random word, or the seed if none was drawn */
    public int randomState() {
        return neurons.draws.random;
    }

    /**
     * @param last the step that ended last
     * @return arrivals that merged with another one since the start: those of ticks that are over, and those that wait in the scheduler
     */
    public long mergedArrivals(int last) {
        return axons.mergedArrivals(last);
    }

    @Override
    public void inject(int step, int axon, int atom, int payload) {
        // A spike port's lines are axons; a payload means nothing to a crossbar.
        host.push(step, core.index, 32 * core.firstWord + core.firstLine(axon + atom));
    }

    @Override
    public int waiting() {
        return axons.waiting();
    }

    /** The bias of a neuron is its leak. */
    @Override
    public void setBiases(int compartment, int[] mantissas, int from, int to, int exponent) {
        for (int i = from; i < to; i++) {
            neurons.setLeak(compartment + i - from, mantissas[i] << exponent);
        }
        wake();
    }

    /** A readout is an output pin: no register is read in operation. */
    @Override
    public int readout(int compartment) {
        return Arrays.binarySearch(spikes, 0, spikeCount, compartment) >= 0 ? 1 : 0;
    }

    @Override
    public int voltage(int compartment) {
        return neurons.v[compartment];
    }

    @Override
    public int current(int compartment) {
        if (observed == null) {
            throw new IllegalStateException("the input of a tick is not kept unless it is observed");
        }
        return observed[compartment];
    }

    @Override
    public void observeCurrents() {
        wake();
        observed = observed == null ? new int[core.neurons] : observed;
    }

    @Override
    public void clear(int compartment) {
        neurons.v[compartment] = 0;
        wake();
    }

    @Override
    int firstLine(int axon) {
        return core.firstLine(axon);
    }

    @Override
    public long computePs() {
        return scanPs + (long) axons.synapses * costs.synapticPs()[CROSSBAR] + (long) changed * costs.updateActivePs()
            + (long) (core.neurons - changed) * costs.updateIdlePs() + (long) spikeCount * costs.spikePs() + (long) sent * costs.messageOutPs();
    }

    @Override
    public long receivePs() {
        return (long) axons.received * costs.messageInPs();
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
            case INTEGRATE -> (long) axons.synapses * costs.synapticPs()[CROSSBAR];
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
        long events = 0;
        int messages = 0;
        if (spikeCount > 0) {
            countEvents();
        }
        for (int s = 0; s < spikeCount; s++) {
            int j = spikes[s];
            events = eventsTo(events, s);
            long produced = producedPs(s, events);
            visitor.spike(j, produced + messages * (long) costs.messageOutPs());
            int o = core.outputOf[j];
            if (o >= 0) {
                visitor.message(core.outCore[o], core.outLine[o], core.outSteps[o], produced + ++messages * (long) costs.messageOutPs());
            }
        }
    }

    /** When the circuit has done all neurons up to a spike's, with so many synaptic events. */
    private long producedPs(int spike, long events) {
        int scanned = spikes[spike] + 1;
        // Which of the updates were active is not kept, so that all neurons have the same share of them.
        return costs.coreStepPs() + scanned * (long) core.axons * costs.axonScanPs() + events * costs.synapticPs()[CROSSBAR]
            + stagePs(Stage.UPDATE) * scanned / core.neurons + (spike + 1L) * costs.spikePs();
    }

    /** @return events of all neurons up to a spike's, from those up to the spike before */
    private long eventsTo(long before, int spike) {
        long sum = before;
        for (int j = spike == 0 ? 0 : spikes[spike - 1] + 1; costs.synapticPs()[CROSSBAR] > 0 && j <= spikes[spike]; j++) {
            sum += scratch.events[j];
        }
        return sum;
    }

    /** Counts the synaptic events of the last tick by neuron, where they take time. */
    private void countEvents() {
        if (costs.synapticPs()[CROSSBAR] > 0) {
            axons.countEvents(scratch.events);
        }
    }
}
