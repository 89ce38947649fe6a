package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.RegisterModel;
import org.axongrid.mapper.schedule.CosShift;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * The plain integer simulator: what a chip must compute, bit for bit, by {@link QuantisedNetwork}'s definition.
 *
 * <p>One instance serves one thread. {@link #reset} starts an image, {@link #step} runs one step of all populations, {@link #run} a whole
 * schedule; the counters go on from image to image until {@link #clearCounters()}.
 *
 * <p>The definition is in 64-bit integers. A step's synaptic sums are held in {@code int}: their magnitude is at most the number of a
 * neuron's synapses times the largest weight, the constructor refuses a network in which that passes 2<sup>31</sup> - 1, and so no sum can
 * differ from the 64-bit one.
 */
public final class IntegerOracle extends Simulator {
    /** Thresholds per potential below which SRP rules a neuron out. */
    private static final int MASK_DIVISOR = 1024;

    private final QuantisedNetwork net;
    private final IntRows[] synapses;
    private final int[][][] input;
    private final long[][] membrane;
    private final int[][] threshold;
    private final long[][] initialV;
    private final long[][] sentSum;
    private final long[][] current;
    private final int[][] dead;
    private final int[][] staticBias;
    private final int[][] bias;
    private final long[] readoutSum;
    private final long[] saturations;
    private final long[] wraps;
    private long activeUpdates;
    private long ties;
    private long sentinels;

    /**
     * @param net the quantised network
     * @throws IllegalArgumentException if a neuron's fan-in is so large that its input could pass 31 bits
     */
    public IntegerOracle(QuantisedNetwork net) {
        super(net.network(), net.schedule(), net.rules());
        this.net = net;
        int n = network.populations().size();
        synapses = new IntRows[network.projections().size()];
        input = new int[n][][];
        membrane = new long[n][];
        threshold = new int[n][];
        initialV = new long[n][];
        sentSum = new long[n][];
        current = new long[n][];
        dead = new int[n][];
        saturations = new long[n];
        wraps = new long[n];
        staticBias = new int[n][];
        bias = new int[n][];
        for (int p = 1; p < n; p++) {
            if (rules.get(p).kind() == NeuronRule.Kind.MAX_POOL) {
                continue;
            }
            int size = network.populations().get(p).shape().size();
            checkFanIn(p);
            for (int i : spikingInputs(p)) {
                synapses[i] = new IntRows(network.projections().get(i), net.kernels().get(i));
            }
            input[p] = new int[network.populations().get(p).shape().positions()][network.populations().get(p).shape().channels()];
            membrane[p] = new long[size];
            staticBias[p] = perNeuron(net.bias()[p], size);
            if (rules.get(p).integrates()) {
                threshold[p] = perNeuron(net.threshold()[p], size);
                initialV[p] = new long[size];
            }
            sentSum[p] = rules.get(p).kind() == NeuronRule.Kind.SIGNED ? new long[size] : null;
            current[p] = rules.get(p).dynamics() == null ? null : new long[size];
            dead[p] = rules.get(p).dynamics() == null ? null : new int[size];
        }
        readoutSum = new long[network.readout().shape().size()];
    }

    private void checkFanIn(int p) {
        long largest = 0;
        for (int i : spikingInputs(p)) {
            Projection projection = network.projections().get(i);
            long weight = Arrays.stream(net.kernels().get(i)).map(Math::abs).max().orElse(0);
            long fanIn = (long) projection.kernelH() * projection.kernelW() * projection.inPerGroup() * projection.pool().area();
            int[] values = net.payload()[projection.source()];
            long value = values == null ? 1 : Arrays.stream(values).max().orElse(1);
            largest = Math.addExact(largest, Math.multiplyExact(Math.multiplyExact(weight, fanIn),
                Math.multiplyExact(value, (long) rules.get(projection.source()).maxPayload())));
        }
        if (largest > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("layer " + network.populations().get(p).name() + ": inputs of up to " + largest
                + " in a step, the oracle adds in 32 bits");
        }
    }

    private static int[] perNeuron(int[] perChannel, int size) {
        if (perChannel == null) {
            return null;
        }
        int[] out = new int[size];
        for (int i = 0; i < size; i++) {
            out[i] = perChannel[i % perChannel.length];
        }
        return out;
    }

    /**
     * Starts an image: potentials to v(0), readout sums to 0.
     *
     * @param biases by population the per-neuron biases of those that the analog input drives, {@code null} for the others
     */
    public void reset(int[][] biases) {
        for (int p = 1; p < membrane.length; p++) {
            if (membrane[p] == null) {
                continue;
            }
            if (net.isAnalog(p) && (biases[p] == null || biases[p].length != membrane[p].length)) {
                throw new IllegalArgumentException("layer " + network.populations().get(p).name() + " needs " + membrane[p].length + " biases");
            }
            bias[p] = biases[p] != null ? biases[p] : staticBias[p];
        }
        begin();
    }

    @Override
    void forgetCorrections() {
        for (int p = 1; p < initialV.length; p++) {
            for (int i = 0; initialV[p] != null && i < initialV[p].length; i++) {
                initialV[p][i] = (long) net.initialV()[p][i % net.initialV()[p].length] << (current[p] == null ? 0 : net.registers().fractionBits());
            }
        }
    }

    @Override
    void start(int p) {
        if (initialV[p] == null) {
            Arrays.fill(membrane[p], 0);
            Arrays.fill(readoutSum, 0);
            return;
        }
        System.arraycopy(initialV[p], 0, membrane[p], 0, membrane[p].length);
        if (sentSum[p] != null) {
            Arrays.fill(sentSum[p], 0);
        }
        if (current[p] != null) {
            Arrays.fill(current[p], 0);
            Arrays.fill(dead[p], 0);
        }
    }

    @Override
    void clearInput(int p) {
        for (int[] row : input[p]) {
            Arrays.fill(row, 0);
        }
    }

    @Override
    long scatter(int projection, SpikeList sent) {
        Projection p = network.projections().get(projection);
        return synapses[projection].scatter(sent, net.payload()[p.source()], input[p.target()]);
    }

    @Override
    int fanOut(int projection, int neuron) {
        return synapses[projection].fanOut(neuron);
    }

    @Override
    void fire(int p, SpikeList out) {
        RegisterModel registers = net.registers();
        NeuronRule rule = rules.get(p);
        if (rule.kind() == NeuronRule.Kind.CUBA) {
            fireCuba(p, rule, out);
            return;
        }
        boolean plain = rule.equals(NeuronRule.SOFT);
        long min = registers.membraneMin();
        long max = registers.membraneMax();
        long[] v = membrane[p];
        long wrapped = 0;
        long clamped = 0;
        int i = 0;
        for (int[] sums : input[p]) {
            for (int sum : sums) {
                long q = registers.accumulate(sum);
                long before = v[i];
                long exact = before + q + bias[p][i];
                long potential = Math.max(min, Math.min(max, exact));
                long after = potential;
                int theta = threshold[p][i];
                ties += potential == theta && theta != 0 ? 1 : 0;
                if (!plain) {
                    after = fire(p, rule, i, potential, out);
                } else if (potential >= theta) {
                    after -= theta;
                    out.add(i, 1);
                }
                v[i++] = after;
                wrapped += q != sum ? 1 : 0;
                clamped += potential != exact ? 1 : 0;
                activeUpdates += q != 0 || after != before ? 1 : 0;
            }
        }
        wraps[p] += wrapped;
        saturations[p] += clamped;
    }

    /** The compartment in register steps. */
    private void fireCuba(int p, NeuronRule rule, SpikeList out) {
        RegisterModel registers = net.registers();
        Dynamics dynamics = rule.dynamics();
        int fraction = registers.fractionBits();
        // Loihi's voltage is symmetric: its lowest value is one step above the register's.
        long most = (1L << registers.membraneBits() - 1 + fraction) - 1;
        int unused = 64 - registers.currentBits();
        int i = 0;
        for (int[] sums : input[p]) {
            for (int sum : sums) {
                long q = registers.accumulate(sum);
                long u = decayed(current[p][i], dynamics.currentDecay()) + (q << fraction) << unused >> unused;
                current[p][i] = u;
                long before = membrane[p][i];
                long driven = u + ((long) bias[p][i] << fraction) << unused >> unused;
                long exact = decayed(before, dynamics.voltageDecay()) + driven;
                long now = Math.max(-most, Math.min(most, exact));
                saturations[p] += now != exact ? 1 : 0;
                now = dead[p][i] > 0 ? 0 : now;
                dead[p][i] = Math.max(0, dead[p][i] - 1);
                long theta = (long) threshold[p][i] << fraction;
                ties += now == theta ? 1 : 0;
                if (now > theta) {
                    now = rule.hardReset() ? 0 : now - theta;
                    dead[p][i] = dynamics.refractory() - 1;
                    out.add(i, 1);
                }
                membrane[p][i++] = now;
                wraps[p] += q != sum ? 1 : 0;
                activeUpdates += q != 0 || now != before ? 1 : 0;
            }
        }
    }

    private static long decayed(long x, int decay) {
        long kept = Math.abs(x) * (4096 - decay) >> 12;
        return x < 0 ? -kept : kept;
    }

    /** @return the potential after firing by any of the rules */
    private long fire(int p, NeuronRule rule, int i, long potential, SpikeList out) {
        long theta = threshold[p][i];
        long s;
        if (rule.kind() == NeuronRule.Kind.SIGNED) {
            s = theta == 0 ? 0 : potential >= theta ? 1 : potential <= -theta && sentSum[p][i] > 0 ? -1 : 0;
            sentSum[p][i] += s;
        } else {
            s = potential < theta ? 0 : Math.min(rule.maxPayload(), Math.floorDiv(potential, theta));
        }
        if (s == 0) {
            return potential;
        }
        out.add(i, (int) s);
        return rule.hardReset() ? 0 : potential - s * theta;
    }

    @Override
    void observe(int p, SpikeList sent, CosStatistics statistics) {
        statistics.begin(sent);
        for (int i = 0; i < membrane[p].length; i++) {
            statistics.note(i, membrane[p][i]);
        }
    }

    @Override
    void correct(int p, CosStatistics of) {
        for (int i = 0; i < membrane[p].length; i++) {
            long theta = threshold[p][i];
            long highest = of.silent[i] ? (long) of.highestSilent[i] : CosShift.SENTINEL * theta;
            sentinels += !of.silent[i] && membrane[p][i] >= theta ? 1 : 0;
            long shift = CosShift.of(membrane[p][i], theta, of.spiked[i], (long) of.lowestSpiking[i], highest);
            initialV[p][i] = Math.max(net.registers().membraneMin(), Math.min(net.registers().membraneMax(), initialV[p][i] + shift));
        }
    }

    @Override
    void mask(int p, boolean[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = membrane[p][i] * MASK_DIVISOR > threshold[p][i];
        }
    }

    @Override
    void read(int p) {
        int i = 0;
        for (int[] sums : input[p]) {
            for (int sum : sums) {
                long q = net.registers().accumulate(sum);
                long exact = q + bias[p][i];
                long value = Math.max(net.registers().membraneMin(), Math.min(net.registers().membraneMax(), exact));
                saturations[p] += value != exact ? 1 : 0;
                wraps[p] += q != sum ? 1 : 0;
                activeUpdates += q != 0 || value != membrane[p][i] ? 1 : 0;
                membrane[p][i] = value;
                readoutSum[i++] += value;
            }
        }
    }

    /** Sets all counters to 0. */
    public void clearCounters() {
        counts.clear();
        Arrays.fill(saturations, 0);
        Arrays.fill(wraps, 0);
        activeUpdates = 0;
        ties = 0;
        sentinels = 0;
    }

    /**
     * @param p population
     * @return its potentials after the last step, channels last, in its units, those of {@link NeuronRule.Kind#CUBA} in register steps; of the
     *         readout its value in that step; live, not a copy
     */
    public long[] membranes(int p) {
        return membrane[p];
    }

    /** @return v(0) of population {@code p} by neuron, corrected if its phase has ended; live, not a copy */
    public long[] initialV(int p) {
        return initialV[p];
    }

    /** @return how often a potential was exactly the threshold since the counters were cleared */
    public long ties() {
        return ties;
    }

    /** @return neurons whose correction of v(0) found no silent step since the counters were cleared */
    public long sentinels() {
        return sentinels;
    }

    /** @return by class the readout's sum over the steps since the last reset, in its units; live, not a copy */
    public long[] readoutSum() {
        return readoutSum;
    }

    @Override
    public int prediction() {
        return Argmax.of(readoutSum, net.scale()[membrane.length - 1]);
    }

    /** @return potentials clamped to the membrane register since the counters were cleared */
    public long saturations() {
        return Arrays.stream(saturations).sum();
    }

    /** @return those of population {@code p} */
    public long saturationsOf(int p) {
        return saturations[p];
    }

    /** @return (neuron, step) pairs whose input wrapped in the accumulator since the counters were cleared */
    public long accumulatorWraps() {
        return Arrays.stream(wraps).sum();
    }

    /** @return those of population {@code p} */
    public long accumulatorWrapsOf(int p) {
        return wraps[p];
    }

    /**
     * @return (neuron, step) pairs since the counters were cleared in which the input was not 0 or the potential after the step differs from
     *         that before; for a readout neuron, its value from that of the step before, which is 0 before the first
     */
    public long activeUpdates() {
        return activeUpdates;
    }
}
