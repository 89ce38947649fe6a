package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.RegisterModel;

/**
 * The plain integer simulator: what a chip must compute, bit for bit, by {@link QuantisedNetwork}'s definition.
 *
 * <p>One instance serves one thread. {@link #reset} starts an image, {@link #step} runs one step of all populations; the counters go on
 * from image to image until {@link #clearCounters()}.
 *
 * <p>The definition is in 64-bit integers. A step's synaptic sums are held in {@code int}: their magnitude is at most the number of a
 * neuron's synapses times the largest weight, the constructor refuses a network in which that passes 2<sup>31</sup> - 1, and so no sum can
 * differ from the 64-bit one.
 */
public final class IntegerOracle {
    private final QuantisedNetwork net;
    private final Network network;
    private final IntRows[] synapses;
    private final int[][] into;
    private final int[][][] input;
    private final long[][] membrane;
    private final int[][] threshold;
    private final int[][] staticBias;
    private final int[][] bias;
    private final int[][] spikes;
    private final int[] spikeCount;
    private final long[] readoutSum;
    private final SpikeCounts counts;
    private long saturations;
    private long wraps;
    private long activeUpdates;

    /**
     * @param net the quantised network
     * @throws IllegalArgumentException if a neuron's fan-in is so large that its input could pass 31 bits
     */
    public IntegerOracle(QuantisedNetwork net) {
        this.net = net;
        this.network = net.network();
        int n = network.populations().size();
        counts = new SpikeCounts(n);
        synapses = new IntRows[network.projections().size()];
        into = new int[n][];
        input = new int[n][][];
        membrane = new long[n][];
        threshold = new int[n][];
        staticBias = new int[n][];
        bias = new int[n][];
        spikes = new int[n][];
        spikeCount = new int[n];
        for (int p = 1; p < n; p++) {
            int size = network.populations().get(p).shape().size();
            into[p] = Arrays.stream(network.into(p)).filter(i -> network.projections().get(i).source() != 0).toArray();
            checkFanIn(p);
            for (int i : into[p]) {
                synapses[i] = new IntRows(network.projections().get(i), net.kernels().get(i));
            }
            input[p] = new int[network.populations().get(p).shape().positions()][network.populations().get(p).shape().channels()];
            membrane[p] = new long[size];
            threshold[p] = perNeuron(net.threshold()[p], size);
            staticBias[p] = perNeuron(net.bias()[p], size);
            spikes[p] = new int[size];
        }
        readoutSum = new long[network.readout().shape().size()];
    }

    private void checkFanIn(int p) {
        long largest = 0;
        for (int i : into[p]) {
            Projection projection = network.projections().get(i);
            long weight = Arrays.stream(net.kernels().get(i)).map(Math::abs).max().orElse(0);
            long fanIn = (long) projection.kernelH() * projection.kernelW() * projection.inPerGroup() * projection.pool().area();
            largest += weight * fanIn;
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
            if (net.isAnalog(p) && (biases[p] == null || biases[p].length != membrane[p].length)) {
                throw new IllegalArgumentException("layer " + network.populations().get(p).name() + " needs " + membrane[p].length + " biases");
            }
            bias[p] = biases[p] != null ? biases[p] : staticBias[p];
            spikeCount[p] = 0;
            int[] v0 = net.initialV()[p];
            for (int i = 0; i < membrane[p].length; i++) {
                membrane[p][i] = v0 == null ? 0 : v0[i % v0.length];
            }
        }
        Arrays.fill(readoutSum, 0);
    }

    /** Runs one step of all populations, in order. */
    public void step() {
        for (int p = 1; p < membrane.length; p++) {
            for (int[] row : input[p]) {
                Arrays.fill(row, 0);
            }
            for (int i : into[p]) {
                int source = network.projections().get(i).source();
                counts.addOperations(source, p, synapses[i].scatter(spikes[source], spikeCount[source], input[p]));
            }
            if (net.isReadout(p)) {
                read(p);
            } else {
                update(p);
            }
        }
    }

    private void update(int p) {
        RegisterModel registers = net.registers();
        long min = registers.membraneMin();
        long max = registers.membraneMax();
        long[] v = membrane[p];
        int count = 0;
        int i = 0;
        for (int[] sums : input[p]) {
            for (int sum : sums) {
                long q = registers.accumulate(sum);
                long before = v[i];
                long exact = before + q + bias[p][i];
                long potential = Math.max(min, Math.min(max, exact));
                long after = potential;
                if (potential >= threshold[p][i]) {
                    after -= threshold[p][i];
                    spikes[p][count++] = i;
                }
                v[i++] = after;
                wraps += q != sum ? 1 : 0;
                saturations += potential != exact ? 1 : 0;
                activeUpdates += q != 0 || after != before ? 1 : 0;
            }
        }
        spikeCount[p] = count;
        counts.addSpikes(p, count);
    }

    private void read(int p) {
        int i = 0;
        for (int[] sums : input[p]) {
            for (int sum : sums) {
                long q = net.registers().accumulate(sum);
                long value = q + bias[p][i];
                wraps += q != sum ? 1 : 0;
                activeUpdates += q != 0 || value != membrane[p][i] ? 1 : 0;
                membrane[p][i] = value;
                readoutSum[i++] += value;
            }
        }
    }

    /** Sets all counters to 0. */
    public void clearCounters() {
        counts.clear();
        saturations = 0;
        wraps = 0;
        activeUpdates = 0;
    }

    /**
     * @param p population
     * @return its potentials after the last step, channels last, in its units; of the readout its value in that step; live, not a copy
     */
    public long[] membranes(int p) {
        return membrane[p];
    }

    /** @return neurons of population {@code p} that fired in the last step, ascending; only the first {@link #spikeCount} are valid */
    public int[] spikes(int p) {
        return spikes[p];
    }

    /** @return number of spikes of population {@code p} in the last step */
    public int spikeCount(int p) {
        return spikeCount[p];
    }

    /** @return by class the readout's sum over the steps since the last reset, in its units; live, not a copy */
    public long[] readoutSum() {
        return readoutSum;
    }

    /** @return the class with the largest readout, the lowest index of equal ones */
    public int prediction() {
        return Argmax.of(readoutSum, net.scale()[membrane.length - 1]);
    }

    /** @return spikes since the counters were cleared */
    public long spikesTotal() {
        return counts.spikes();
    }

    /** @return spikes of population {@code p} since the counters were cleared */
    public long spikesOf(int p) {
        return counts.spikes(p);
    }

    /** @return synaptic operations since the counters were cleared */
    public long synapticOperations() {
        return counts.operations();
    }

    /** @return synaptic operations into population {@code p} since the counters were cleared */
    public long synapticOperationsInto(int p) {
        return counts.operationsInto(p);
    }

    /** @return synaptic operations that spikes of population {@code p} caused, since the counters were cleared */
    public long synapticOperationsFrom(int p) {
        return counts.operationsFrom(p);
    }

    /** @return potentials clamped to the membrane register since the counters were cleared */
    public long saturations() {
        return saturations;
    }

    /** @return (neuron, step) pairs whose input wrapped in the accumulator since the counters were cleared */
    public long accumulatorWraps() {
        return wraps;
    }

    /**
     * @return (neuron, step) pairs since the counters were cleared in which the input was not 0 or the potential after the step differs from
     *         that before; for a readout neuron, its value from that of the step before, which is 0 before the first
     */
    public long activeUpdates() {
        return activeUpdates;
    }
}
