package org.axongrid.emulator.sanafe;

import java.util.Arrays;

/**
 * Runs a network on a chip, one step after the other, in one thread: the same input gives the same output, bit for bit.
 *
 * <p>In each step every core visits its neurons; a spike becomes one message per destination core, whose synaptic events act in the next step.
 * A leaky neuron first multiplies its potential by the decay and cuts it to a multiple of 1/64 towards zero (not in the first step), then adds
 * its input current and bias, and fires above the threshold.
 */
public final class SanafeMachine {
    /** How the length of a step is found. */
    public enum Timing {
        /** The busiest core's work. */
        SIMPLE,
        /** Messages one by one, delayed by others on their way. */
        DETAILED
    }

    /** Fixed-point resolution of potentials between steps. */
    private static final double RESOLUTION = 64;

    private final SanafeChip chip;
    private final SanafeNetwork net;
    private final DetailedTiming detailed;
    private final Messages messages;
    private final int[] tileOf;
    private final SanafeChip.Core[] cores;
    private final double[] potential;
    private final double[] current;
    private double[] arriving;
    private double[] arrived;
    private final boolean[] firing;
    private final double[] receiveTime;
    private final double sync;
    private MessageListener listener;
    private int steps;

    /** A machine before its first step. */
    public SanafeMachine(SanafeChip chip, SanafeNetwork net, Timing timing) {
        this.chip = chip;
        this.net = net;
        int count = chip.tiles().stream().mapToInt(t -> t.cores().size()).sum();
        tileOf = new int[count];
        cores = new SanafeChip.Core[count];
        int n = 0;
        for (int t = 0; t < chip.tiles().size(); t++) {
            for (SanafeChip.Core c : chip.tiles().get(t).cores()) {
                tileOf[n] = t;
                cores[n++] = c;
            }
        }
        messages = new Messages(count);
        receiveTime = new double[count];
        detailed = timing == Timing.DETAILED ? new DetailedTiming(chip, tileOf) : null;
        potential = new double[net.neurons()];
        current = new double[net.neurons()];
        arriving = new double[net.neurons()];
        arrived = new double[net.neurons()];
        firing = new boolean[net.neurons()];
        sync = chip.sync((int) Arrays.stream(net.core).map(c -> tileOf[c]).distinct().count());
    }

    /** Has the listener told of all messages from now on. */
    public void observe(MessageListener l) {
        listener = l;
    }

    /** @return tile of a core */
    public int tileOf(int core) {
        return tileOf[core];
    }

    /** @return the neuron's potential after the last step */
    public double potential(int neuron) {
        return potential[neuron];
    }

    /** @return whether the neuron fired in the last step */
    public boolean fired(int neuron) {
        return firing[neuron];
    }

    /** @return counts, energy and time of the next step */
    public SanafeStep step() {
        SanafeStep s = new SanafeStep();
        double[] swap = arrived;
        arrived = arriving;
        arriving = swap;
        Arrays.fill(arriving, 0);
        messages.clear();
        steps++;
        double work = 0;
        for (int n = 0; n < net.neurons(); n++) {
            if (n > 0 && net.core[n] != net.core[n - 1]) {
                messages.rest[net.core[n - 1]] = work;
                work = 0;
            }
            work = send(n, work + visit(n, s), s);
        }
        if (net.neurons() > 0) {
            messages.rest[net.core[net.neurons() - 1]] = work;
        }
        s.simpleTime = sync + simple();
        s.time = detailed == null ? s.simpleTime : sync + detailed.time(messages);
        return s;
    }

    /** @return seconds of the visit */
    private double visit(int n, SanafeStep s) {
        SanafeChip.Soma unit = net.soma[n];
        boolean updated = unit.model() == SanafeChip.SomaModel.INPUT ? input(n) : leaky(n);
        double time = unit.accessLatency();
        s.somaEnergy += unit.accessEnergy();
        if (net.dendrite[n].everyStep()) {
            s.dendriteEnergy += net.dendrite[n].energy();
        }
        if (updated) {
            s.updated++;
            s.somaEnergy += unit.updateEnergy();
            time += unit.updateLatency();
        }
        if (firing[n]) {
            s.fired++;
            s.somaEnergy += unit.spikeEnergy();
            time += unit.spikeLatency();
        }
        return time;
    }

    private boolean input(int n) {
        firing[n] = steps <= net.spikes[n].length && net.spikes[n][steps - 1];
        return firing[n];
    }

    private boolean leaky(int n) {
        current[n] = current[n] * net.inputDecay[n] + arrived[n];
        boolean updated = net.forceUpdate[n] || net.bias[n] != 0 || potential[n] != 0 || current[n] != 0;
        double v = potential[n];
        if (steps > 1) {
            double fixed = v * net.leakDecay[n] * RESOLUTION;
            v = (fixed < 0 ? Math.ceil(fixed) : Math.floor(fixed)) / RESOLUTION;
        }
        v += current[n] + net.bias[n];
        firing[n] = v > net.threshold[n];
        if (firing[n]) {
            v = net.softReset[n] ? v - net.threshold[n] : net.reset[n];
        }
        potential[n] = v;
        return updated;
    }

    /** @return seconds of the core's work since its last message */
    private double send(int n, double before, SanafeStep s) {
        if (!firing[n]) {
            return before;
        }
        double work = before;
        for (int m = net.firstMessage[n]; m < net.firstMessage[n + 1]; m++) {
            int from = net.core[n];
            int to = net.messageCore[m];
            double receive = cores[to].in().latency();
            for (int i = net.firstSynapse[m]; i < net.firstSynapse[m + 1]; i++) {
                int target = net.target[i];
                arriving[target] += net.weight[i];
                receive += net.synapse[target].latency();
                s.synapseEnergy += net.synapse[target].energy();
                if (!net.dendrite[target].everyStep()) {
                    receive += net.dendrite[target].latency();
                    s.dendriteEnergy += net.dendrite[target].energy();
                }
                s.events++;
            }
            s.packets++;
            long hopsBefore = s.hops;
            s.networkEnergy += cores[from].out().energy() + cores[to].in().energy();
            for (int tile = tileOf[from]; tile != tileOf[to];) {
                SanafeChip.Direction d = chip.next(tile, tileOf[to]);
                s.networkEnergy += chip.tiles().get(tile).hopEnergy()[d.ordinal()];
                s.hops++;
                tile = chip.neighbour(tile, d);
            }
            double generation = work + cores[from].out().latency();
            messages.add(from, to, generation, receive);
            work = 0;
            if (listener != null) {
                listener.message(n, to, (int) (s.hops - hopsBefore), net.firstSynapse[m + 1] - net.firstSynapse[m], generation, receive);
            }
        }
        return work;
    }

    /** The longest of all cores' neuron work and all cores' message work. */
    private double simple() {
        double[] sending = messages.rest.clone();
        Arrays.fill(receiveTime, 0);
        for (int m = 0; m < messages.count; m++) {
            sending[messages.source[m]] += messages.generation[m];
            receiveTime[messages.destination[m]] += messages.receive[m];
        }
        double longest = 0;
        for (int c = 0; c < sending.length; c++) {
            longest = Math.max(longest, Math.max(sending[c], receiveTime[c]));
        }
        return longest;
    }
}
