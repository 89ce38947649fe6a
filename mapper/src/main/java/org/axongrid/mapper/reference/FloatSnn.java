package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.InputEncoder;

/**
 * The float twin: the converted network in double precision, layers in order within a step, as the methods' authors simulate it. What the
 * chip loses against it is the price of integers.
 */
public final class FloatSnn {
    private final SpikingNetwork spiking;
    private final Network network;
    private final int[][] into;
    private final boolean[] analog;
    private final double[][] constant;
    private final double[][] potential;
    private final double[][] input;
    private final int[][] spikes;
    private final int[] spikeCount;
    private final double[] readoutSum;
    private final long[] spikesBy;
    private final long[] operationsFrom;
    private double closestTie;

    /** @param spiking the converted network */
    public FloatSnn(SpikingNetwork spiking) {
        this.spiking = spiking;
        this.network = spiking.network();
        int n = network.populations().size();
        into = new int[n][];
        analog = new boolean[n];
        constant = new double[n][];
        potential = new double[n][];
        input = new double[n][];
        spikes = new int[n][];
        spikeCount = new int[n];
        spikesBy = new long[n];
        operationsFrom = new long[n];
        for (int p = 1; p < n; p++) {
            into[p] = network.into(p);
            for (int i : into[p]) {
                analog[p] |= network.projections().get(i).source() == 0;
            }
            Shape shape = network.populations().get(p).shape();
            potential[p] = new double[shape.size()];
            input[p] = new double[shape.size()];
            spikes[p] = new int[shape.size()];
            double[] bias = network.populations().get(p).bias();
            constant[p] = new double[shape.size()];
            Arrays.setAll(constant[p], i -> bias[i % bias.length]);
        }
        readoutSum = new double[network.readout().shape().size()];
    }

    /**
     * Starts an image: potentials to v(0), sums and counters to 0.
     *
     * @param image input values, channels last
     */
    public void reset(double[] image) {
        for (int p = 1; p < potential.length; p++) {
            if (analog[p]) {
                constant[p] = InputEncoder.analogCurrent(network, p, spiking.kernels(), image);
            }
            Arrays.fill(potential[p], Double.isNaN(spiking.initialV()[p]) ? 0 : spiking.initialV()[p]);
            spikeCount[p] = 0;
        }
        Arrays.fill(readoutSum, 0);
        Arrays.fill(spikesBy, 0);
        Arrays.fill(operationsFrom, 0);
        closestTie = Double.POSITIVE_INFINITY;
    }

    /** Runs one step of all populations. */
    public void step() {
        for (int p = 1; p < potential.length; p++) {
            System.arraycopy(constant[p], 0, input[p], 0, input[p].length);
            for (int i : into[p]) {
                if (network.projections().get(i).source() != 0) {
                    scatter(i);
                }
            }
            if (p == potential.length - 1) {
                for (int c = 0; c < readoutSum.length; c++) {
                    readoutSum[c] += input[p][c];
                }
            } else {
                fire(p);
            }
        }
    }

    private void scatter(int projection) {
        Projection p = network.projections().get(projection);
        Shape from = p.sourceShape();
        double[] kernel = spiking.kernels().get(projection);
        double[] to = input[p.target()];
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
                operationsFrom[p.source()] += length;
            });
        }
    }

    private void fire(int p) {
        double theta = spiking.theta()[p];
        double[] v = potential[p];
        int count = 0;
        double closest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < v.length; i++) {
            double potentialNow = v[i] + input[p][i];
            closest = Math.min(closest, Math.abs(potentialNow - theta));
            if (potentialNow >= theta) {
                potentialNow -= theta;
                spikes[p][count++] = i;
            }
            v[i] = potentialNow;
        }
        spikeCount[p] = count;
        spikesBy[p] += count;
        closestTie = Math.min(closestTie, closest / theta);
    }

    /** @return by class the sum of the output's current over the steps since the last reset; divided by their number, the logits */
    public double[] readoutSum() {
        return readoutSum;
    }

    /** @return spikes of population {@code p} since the last reset */
    public long spikesOf(int p) {
        return spikesBy[p];
    }

    /** @return synaptic operations that spikes of population {@code p} caused since the last reset */
    public long synapticOperationsFrom(int p) {
        return operationsFrom[p];
    }

    /** @return potentials of population {@code p} after the last step */
    public double[] potentials(int p) {
        return potential[p];
    }

    /** @return neurons of population {@code p} that fired in the last step, ascending; the first {@link #spikeCount} elements count */
    public int[] spikes(int p) {
        return spikes[p];
    }

    /** @return number of spikes of population {@code p} in the last step */
    public int spikeCount(int p) {
        return spikeCount[p];
    }

    /**
     * @return the smallest |p - theta| / theta that any neuron has had since the last reset. Another float simulation, with other rounding,
     *     may only differ where this is as small as its rounding errors
     */
    public double closestTie() {
        return closestTie;
    }
}
