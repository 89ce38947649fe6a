package org.axongrid.mapper.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;

/**
 * What the simulators of converted networks have in common, whatever their numbers: a schedule's phases and what is between them, masks,
 * recorded trains, max pools, spikes and counters.
 *
 * <p>In lockstep, layers run in order and without delay between them within a step. One instance serves one thread.
 */
public abstract sealed class Simulator permits FloatSnn, IntegerOracle {
    /** Told of each population's step. */
    @FunctionalInterface
    public interface Observer {
        /**
         * @param phase      index in the schedule
         * @param population the one that has made a step
         * @param step       within the phase, from 1
         */
        void after(int phase, int population, int step);
    }

    final Network network;
    final Schedule schedule;
    final List<NeuronRule> rules;
    final SpikeCounts counts;
    private final int[][] into;
    private final InhibitionPool[] pools;
    private final SpikeList[] spikes;
    /** What a population with synapses of its own sent a step before; null for others. */
    private final SpikeList[] before;
    private final boolean[][] mask;
    private final CosStatistics[] statistics;
    private final int readout;
    private int[][] events;
    private int phase;
    private int step;
    private int ran;

    Simulator(Network network, Schedule schedule, List<NeuronRule> rules) {
        this.network = network;
        this.schedule = schedule;
        this.rules = rules;
        int n = network.populations().size();
        readout = n - 1;
        counts = new SpikeCounts(n);
        into = new int[n][];
        pools = new InhibitionPool[n];
        spikes = new SpikeList[n];
        before = new SpikeList[n];
        mask = new boolean[n][];
        statistics = new CosStatistics[n];
        boolean masks = schedule.phases().stream().anyMatch(p -> p.end() == Phase.End.MASK);
        boolean corrects = schedule.phases().stream().anyMatch(p -> p.end() == Phase.End.CORRECT);
        for (int p = 0; p < n; p++) {
            int size = network.populations().get(p).shape().size();
            spikes[p] = new SpikeList(p == 0 || p == readout ? 0 : size);
            into[p] = Arrays.stream(network.into(p)).filter(i -> !network.isAnalog(network.projections().get(i))).toArray();
            int self = p;
            if (Arrays.stream(into[p]).anyMatch(i -> network.projections().get(i).source() == self)) {
                if (schedule.order() != Schedule.Order.LOCKSTEP) {
                    throw new IllegalArgumentException("a layer-serial schedule and synapses within a population");
                }
                before[p] = new SpikeList(size);
            }
            if (rules.get(p).kind() == NeuronRule.Kind.MAX_POOL) {
                if (into[p].length != 1 || network.into(p).length != 1) {
                    throw new IllegalArgumentException("a max pool reads one spiking population");
                }
                pools[p] = new InhibitionPool(network.projections().get(into[p][0]));
            } else if (p != 0 && rules.get(p).integrates() == (p == readout)) {
                throw new IllegalArgumentException("population " + p + " has the rule " + rules.get(p));
            }
            mask[p] = masks && rules.get(p).integrates() ? new boolean[size] : null;
            if (corrects && rules.get(p).integrates()) {
                if (!rules.get(p).equals(NeuronRule.SOFT)) {
                    throw new IllegalArgumentException("v(0) can be corrected for plain integrate-and-fire neurons only");
                }
                statistics[p] = new CosStatistics(size);
            }
        }
    }

    /**
     * Sets the spikes of an input of spikes, for the images that are started from now on.
     *
     * @param byStep neurons that spike in each step, ascending, one that spikes n times n times; steps after the last are silent
     * @throws IllegalStateException if the network's input has values
     */
    public final void events(int[][] byStep) {
        if (!network.eventInput()) {
            throw new IllegalStateException("the network's input takes values, not spikes");
        }
        events = byStep;
    }

    /** @return projections into population {@code p} from those that spike */
    int[] spikingInputs(int p) {
        return into[p];
    }

    /** Sets a population's state to that before the first step; of the readout its sums. */
    abstract void start(int p);

    /** Sets a population's input to 0, or to what does not change. */
    abstract void clearInput(int p);

    /** Adds what spikes bring through a projection. */
    abstract long scatter(int projection, SpikeList sent);

    /** Adds the input to the potentials, fires and resets. */
    abstract void fire(int p, SpikeList out);

    /** Takes the readout's step. */
    abstract void read(int p);

    /** Notes potentials for the correction of v(0). */
    abstract void observe(int p, SpikeList sent, CosStatistics statistics);

    /** Corrects v(0). */
    abstract void correct(int p, CosStatistics statistics);

    /** Sets the mask from the potentials. */
    abstract void mask(int p, boolean[] out);

    /** Sets v(0) to what the network says, for the next image. */
    abstract void forgetCorrections();

    /** Called by the subclass when an image's currents are set. */
    final void begin() {
        forgetCorrections();
        phase = 0;
        step = 0;
        ran = 0;
        for (boolean[] m : mask) {
            if (m != null) {
                Arrays.fill(m, true);
            }
        }
        for (int p = 1; p <= readout; p++) {
            startPhase(p, Phase.Start.SET, false);
        }
    }

    private void startPhase(int p, Phase.Start how, boolean again) {
        spikes[p].clear();
        if (before[p] != null) {
            before[p].clear();
        }
        if (how == Phase.Start.SET) {
            if (pools[p] != null) {
                pools[p].clear();
            } else {
                start(p);
            }
        } else if (p == readout && again) {
            start(p);
        }
        if (statistics[p] != null) {
            statistics[p].clear();
        }
    }

    private void endPhase(int p, Phase ended) {
        if (ended.end() == Phase.End.MASK && mask[p] != null) {
            mask(p, mask[p]);
        } else if (ended.end() == Phase.End.CORRECT && statistics[p] != null) {
            correct(p, statistics[p]);
        }
    }

    /**
     * Runs one step of all populations, in order, and the change of phase that is due after it; the last phase goes on as long as it is
     * stepped.
     *
     * @throws IllegalStateException if the schedule is layer-serial
     */
    public final void step() {
        step(readout, null);
    }

    private void step(int last, Observer observer) {
        if (schedule.order() != Schedule.Order.LOCKSTEP) {
            throw new IllegalStateException("a layer-serial schedule has no steps of all populations");
        }
        Phase now = schedule.phases().get(phase);
        if (phase < schedule.phases().size() - 1 && step == now.steps()) {
            for (int p = 1; p <= readout; p++) {
                endPhase(p, now);
            }
            phase++;
            step = 0;
            now = schedule.phases().get(phase);
            for (int p = 1; p <= readout; p++) {
                startPhase(p, now.start(), true);
            }
        }
        step++;
        if (events != null) {
            spikes[0].take(ran < events.length ? events[ran] : new int[0]);
        }
        ran++;
        for (int p = 1; p <= last; p++) {
            advance(p, spikes, now);
            if (observer != null) {
                observer.after(phase, p, step);
            }
        }
    }

    /**
     * Runs an image's whole schedule; call it once after each reset.
     *
     * @param steps    T, at least {@link Schedule#stepsMin()}
     * @param observer told of each population's step, or {@code null}
     */
    public final void run(int steps, Observer observer) {
        run(steps, readout, observer);
    }

    /**
     * Runs an image's schedule up to a population; those behind it do nothing.
     *
     * @param steps    T
     * @param last     the last population that runs
     * @param observer told of each population's step, or {@code null}
     */
    public final void run(int steps, int last, Observer observer) {
        if (steps < schedule.stepsMin()) {
            throw new IllegalArgumentException(steps + " steps, at least " + schedule.stepsMin() + " are needed");
        }
        if (schedule.order() == Schedule.Order.LOCKSTEP) {
            for (int t = 0; t < steps + schedule.preparation(); t++) {
                step(last, observer);
            }
        } else {
            serial(steps, last, observer);
        }
    }

    private void serial(int steps, int last, Observer observer) {
        if (network.eventInput()) {
            throw new IllegalStateException("layers one after the other need an input that stays the same");
        }
        List<SpikeList[]> trains = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            trains.add(new SpikeList[readout + 1]);
        }
        for (int p = 1; p <= last; p++) {
            for (phase = 0; phase < schedule.phases().size(); phase++) {
                boolean kept = phase == schedule.phases().size() - 1;
                if (!kept && !rules.get(p).integrates()) {
                    continue;
                }
                Phase now = schedule.phases().get(phase);
                startPhase(p, now.start(), phase > 0);
                for (int t = 0; t < schedule.steps(phase, steps); t++) {
                    advance(p, trains.get(t), now);
                    if (kept) {
                        trains.get(t)[p] = spikes[p].copy();
                    }
                    if (observer != null) {
                        observer.after(phase, p, t + 1);
                    }
                }
                endPhase(p, now);
            }
        }
    }

    private void advance(int p, SpikeList[] sent, Phase now) {
        if (before[p] != null) {
            SpikeList swapped = before[p];
            before[p] = spikes[p];
            spikes[p] = swapped;
        }
        SpikeList out = spikes[p];
        out.clear();
        if (pools[p] != null) {
            pools[p].step(sent[network.projections().get(into[p][0]).source()], out);
            counts.addSpikes(p, out);
            return;
        }
        clearInput(p);
        for (int i : into[p]) {
            Projection projection = network.projections().get(i);
            boolean own = projection.source() == p;
            SpikeList in = own ? before[p] : sent[projection.source()];
            if (in.count() > 0) {
                long operations = scatter(i, in);
                if (!own) {
                    counts.addOperations(projection.source(), operations, in.ones() ? operations : unary(i, in));
                }
            }
        }
        if (p == readout) {
            read(p);
            return;
        }
        fire(p, out);
        if (statistics[p] != null && now.end() == Phase.End.CORRECT) {
            observe(p, out, statistics[p]);
        }
        if (now.gated() && mask[p] != null) {
            out.keep(mask[p]);
        }
        counts.addSpikes(p, out);
        if (before[p] != null) {
            countOwn(p, out);
        }
    }

    /** What a population sends itself counts as it is sent: after the last step it still arrives, though nobody waits for it any more. */
    private void countOwn(int p, SpikeList out) {
        for (int i : into[p]) {
            if (network.projections().get(i).source() == p) {
                long operations = 0;
                for (int k = 0; k < out.count(); k++) {
                    operations += fanOut(i, out.neurons()[k]);
                }
                counts.addOperations(p, operations, out.ones() ? operations : unary(i, out));
            }
        }
    }

    private long unary(int projection, SpikeList in) {
        long sum = 0;
        for (int i = 0; i < in.count(); i++) {
            sum += (long) fanOut(projection, in.neurons()[i]) * Math.abs(in.payloads()[i]);
        }
        return sum;
    }

    /** @return synapses of a source neuron */
    abstract int fanOut(int projection, int neuron);

    /** @return whether a phase is the last, so that what the readout sums up in it is the result */
    public final boolean isLast(int index) {
        return index == schedule.phases().size() - 1;
    }

    /**
     * @param p population
     * @return what it sent in the last step; live, not a copy
     */
    public final SpikeList sent(int p) {
        return spikes[p];
    }

    /** @return neurons of population {@code p} that fired in the last step, ascending; only the first {@link #spikeCount} are valid */
    public final int[] spikes(int p) {
        return spikes[p].neurons();
    }

    /** @return number of neurons of population {@code p} that sent something in the last step */
    public final int spikeCount(int p) {
        return spikes[p].count();
    }

    /** @return by neuron whether the mask lets its spikes through; {@code null} where the schedule has no mask; live, not a copy */
    public final boolean[] mask(int p) {
        return mask[p];
    }

    /** @return the class with the largest readout, the lowest index of equal ones */
    public abstract int prediction();

    /** @return messages since the counters were cleared */
    public final long spikesTotal() {
        return counts.spikes();
    }

    /** @return messages of population {@code p} since the counters were cleared */
    public final long spikesOf(int p) {
        return counts.spikes(p);
    }

    /** @return the sum of the payloads' magnitudes of population {@code p} since the counters were cleared */
    public final long unitsOf(int p) {
        return counts.units(p);
    }

    /** @return synaptic operations since the counters were cleared, a message with a payload being one at each synapse */
    public final long synapticOperations() {
        return counts.operations();
    }

    /** @return synaptic operations since the counters were cleared if each unit of a payload is a spike of its own */
    public final long unaryOperations() {
        return counts.unaryOperations();
    }

    /** @return synaptic operations that messages of population {@code p} caused, since the counters were cleared */
    public final long synapticOperationsFrom(int p) {
        return counts.operationsFrom(p);
    }
}
