package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * The plain integer simulator: layers in order within a step, no cores, no routers, no delays. It defines what a chip must compute, bit for
 * bit.
 *
 * <p>Counts as the chip does: a synaptic operation is a spike times a structural synapse (zero weights too, border effects as they are); an
 * active update is a neuron in a step in which its accumulator is not zero or its potential changes.
 */
public final class IntegerOracle {
    private final QuantisedNetwork net;
    private final Network network;
    private final int[][] into;
    private final long[][] membrane;
    private final long[][] input;
    private final int[][] spikes;
    private final int[] spikeCount;
    private final int[][] perNeuronBias;
    private final long[] readoutSum;
    private long spikesTotal;
    private long operations;
    private long saturations;
    private long wraps;
    private long activeUpdates;
    private final long[] spikesBy;
    private final long[] operationsBy;

    /** @param net the quantised network */
    public IntegerOracle(QuantisedNetwork net) {
        this.net = net;
        this.network = net.network();
        int n = network.populations().size();
        into = new int[n][];
        membrane = new long[n][];
        input = new long[n][];
        spikes = new int[n][];
        spikeCount = new int[n];
        perNeuronBias = new int[n][];
        spikesBy = new long[n];
        operationsBy = new long[n];
        for (int p = 1; p < n; p++) {
            int size = network.populations().get(p).shape().size();
            into[p] = network.into(p);
            membrane[p] = new long[size];
            input[p] = new long[size];
            spikes[p] = new int[size];
        }
        readoutSum = new long[network.readout().shape().size()];
    }

    /**
     * Starts an image: potentials to v(0), sums to 0. Counters go on.
     *
     * @param biases by population the per-neuron biases of those that the analog input drives, null for the others
     */
    public void reset(int[][] biases) {
        for (int p = 1; p < membrane.length; p++) {
            perNeuronBias[p] = biases[p];
            spikeCount[p] = 0;
            int[] v0 = net.initialV()[p];
            for (int i = 0; i < membrane[p].length; i++) {
                membrane[p][i] = v0 == null ? 0 : v0[i % v0.length];
            }
        }
        Arrays.fill(readoutSum, 0);
    }

    /** Runs one step of all populations. */
    public void step() {
        for (int p = 1; p < membrane.length; p++) {
            Arrays.fill(input[p], 0);
            for (int i : into[p]) {
                if (network.projections().get(i).source() != 0) {
                    scatter(i);
                }
            }
            update(p);
        }
    }

    private void scatter(int projection) {
        Projection p = network.projections().get(projection);
        Shape from = p.sourceShape();
        int[] kernel = net.kernels().get(projection);
        long[] to = input[p.target()];
        int targetChannels = p.targetShape().channels();
        int length = p.outPerGroup();
        int[] fired = spikes[p.source()];
        for (int s = 0; s < spikeCount[p.source()]; s++) {
            int ci = fired[s] % from.channels();
            int position = fired[s] / from.channels();
            p.forEachTap(position / from.width(), position % from.width(), (target, ky, kx) -> {
                int row = p.row(ky, kx, ci);
                int at = target * targetChannels + p.firstOutChannel(ci);
                for (int k = 0; k < length; k++) {
                    to[at + k] += kernel[row + k];
                }
                operations += length;
                operationsBy[p.target()] += length;
            });
        }
    }

    private void update(int p) {
        long[] v = membrane[p];
        int[] bias = net.bias()[p];
        int channels = bias.length;
        boolean readout = net.isReadout(p);
        int count = 0;
        for (int i = 0; i < v.length; i++) {
            long q = net.registers().accumulate(input[p][i]);
            wraps += q != input[p][i] ? 1 : 0;
            long x = q + (perNeuronBias[p] != null ? perNeuronBias[p][i] : bias[i % channels]);
            long before = v[i];
            if (readout) {
                v[i] = x;
                readoutSum[i] += x;
            } else {
                long potential = before + x;
                long held = Math.max(net.registers().membraneMin(), Math.min(net.registers().membraneMax(), potential));
                saturations += held != potential ? 1 : 0;
                int theta = net.threshold()[p][i % channels];
                if (held >= theta) {
                    held -= theta;
                    spikes[p][count++] = i;
                }
                v[i] = held;
            }
            activeUpdates += q != 0 || v[i] != before ? 1 : 0;
        }
        spikeCount[p] = count;
        spikesTotal += count;
        spikesBy[p] += count;
    }

    /** @return potentials of population {@code p} after the last step; of the readout its value in that step */
    public long[] membranes(int p) {
        return membrane[p];
    }

    /** @return neurons of population {@code p} that fired in the last step, ascending; the first {@link #spikeCount} elements count */
    public int[] spikes(int p) {
        return spikes[p];
    }

    /** @return number of spikes of population {@code p} in the last step */
    public int spikeCount(int p) {
        return spikeCount[p];
    }

    /** @return by class the readout's sum over the steps since the last reset */
    public long[] readoutSum() {
        return readoutSum;
    }

    /** @return spikes since the oracle was made */
    public long spikesTotal() {
        return spikesTotal;
    }

    /** @return spikes of population {@code p} since the oracle was made */
    public long spikesOf(int p) {
        return spikesBy[p];
    }

    /** @return synaptic operations since the oracle was made */
    public long synapticOperations() {
        return operations;
    }

    /** @return synaptic operations into population {@code p} since the oracle was made */
    public long synapticOperationsInto(int p) {
        return operationsBy[p];
    }

    /** @return potentials clamped since the oracle was made */
    public long saturations() {
        return saturations;
    }

    /** @return accumulators wrapped since the oracle was made */
    public long accumulatorWraps() {
        return wraps;
    }

    /** @return active updates since the oracle was made */
    public long activeUpdates() {
        return activeUpdates;
    }
}
