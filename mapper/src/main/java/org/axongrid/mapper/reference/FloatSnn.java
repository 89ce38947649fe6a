package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;

/**
 * The spiking network in double precision: the limit of {@link IntegerOracle} for ever finer weights, and the twin of the figures that the
 * conversion literature gives.
 *
 * <p>One step, layers in order and without delay between them: {@code p = v + current; s = p >= theta; v = p - s * theta}. The currents of
 * the analog input are computed once per image and are the same in each step.
 *
 * <p>One instance serves one thread.
 */
public final class FloatSnn {
    private final SpikingNetwork snn;
    private final Network network;
    private final DoubleRows[] synapses;
    private final int[][] into;
    private final double[][][] constant;
    private final double[][][] input;
    private final double[][] potential;
    private final int[][] spikes;
    private final int[] spikeCount;
    private final double[] readoutSum;
    private final SpikeCounts counts;
    private int steps;
    private double closestTie;

    /** @param snn the converted network */
    public FloatSnn(SpikingNetwork snn) {
        this.snn = snn;
        this.network = snn.network();
        int n = network.populations().size();
        counts = new SpikeCounts(n);
        synapses = new DoubleRows[network.projections().size()];
        for (int i = 0; i < synapses.length; i++) {
            synapses[i] = new DoubleRows(network.projections().get(i), snn.kernels().get(i));
        }
        into = new int[n][];
        constant = new double[n][][];
        input = new double[n][][];
        potential = new double[n][];
        spikes = new int[n][];
        spikeCount = new int[n];
        for (int p = 1; p < n; p++) {
            Population population = network.populations().get(p);
            into[p] = network.into(p);
            constant[p] = new double[population.shape().positions()][population.shape().channels()];
            input[p] = new double[population.shape().positions()][population.shape().channels()];
            potential[p] = new double[population.shape().size()];
            spikes[p] = new int[population.shape().size()];
        }
        readoutSum = new double[network.readout().shape().size()];
    }

    /**
     * Starts an image: potentials to v(0), readout sums, step number and counters to 0.
     *
     * @param image input values, channels last
     */
    public void reset(double[] image) {
        if (image.length != network.input().shape().size()) {
            throw new IllegalArgumentException(image.length + " values for an input of " + network.input().shape());
        }
        for (int p = 1; p < into.length; p++) {
            for (double[] row : constant[p]) {
                System.arraycopy(network.populations().get(p).bias(), 0, row, 0, row.length);
            }
            for (int i : into[p]) {
                if (network.projections().get(i).source() == 0) {
                    synapses[i].scatter(image, constant[p]);
                }
            }
        }
        start();
    }

    /**
     * Starts an image whose analog currents the caller has computed, such as the rounded ones of an integer network.
     *
     * @param currents by population the per-neuron currents, static bias included, channels last; {@code null} where the static bias alone
     *                 is meant
     */
    public void resetToCurrents(double[][] currents) {
        for (int p = 1; p < into.length; p++) {
            int at = 0;
            for (double[] row : constant[p]) {
                System.arraycopy(currents[p] == null ? network.populations().get(p).bias() : currents[p], at, row, 0, row.length);
                at += currents[p] == null ? 0 : row.length;
            }
        }
        start();
    }

    private void start() {
        for (int p = 1; p < into.length; p++) {
            Arrays.fill(potential[p], p == into.length - 1 ? 0 : snn.initialV()[p]);
            spikeCount[p] = 0;
        }
        Arrays.fill(readoutSum, 0);
        counts.clear();
        steps = 0;
        closestTie = Double.POSITIVE_INFINITY;
    }

    /** Runs one step of all populations, in order. */
    public void step() {
        steps++;
        for (int p = 1; p < into.length; p++) {
            for (int y = 0; y < input[p].length; y++) {
                System.arraycopy(constant[p][y], 0, input[p][y], 0, input[p][y].length);
            }
            for (int i : into[p]) {
                int source = network.projections().get(i).source();
                if (source != 0) {
                    counts.addOperations(source, p, synapses[i].scatter(spikes[source], spikeCount[source], input[p]));
                }
            }
            if (p == into.length - 1) {
                read(p);
            } else {
                update(p);
            }
        }
    }

    private void update(int p) {
        double theta = snn.theta()[p];
        double[] v = potential[p];
        double closest = Double.POSITIVE_INFINITY;
        int count = 0;
        int i = 0;
        for (double[] currents : input[p]) {
            for (double current : currents) {
                double x = v[i] + current;
                closest = Math.min(closest, Math.abs(x - theta));
                if (x >= theta) {
                    x -= theta;
                    spikes[p][count++] = i;
                }
                v[i++] = x;
            }
        }
        closestTie = Math.min(closestTie, closest / theta);
        spikeCount[p] = count;
        counts.addSpikes(p, count);
    }

    private void read(int p) {
        int i = 0;
        for (double[] currents : input[p]) {
            for (double current : currents) {
                potential[p][i] = current;
                readoutSum[i++] += current;
            }
        }
    }

    /** @return number of steps since the last reset */
    public int steps() {
        return steps;
    }

    /**
     * @param p population
     * @return its potentials after the last step, channels last; of the readout its current in that step; live, not a copy
     */
    public double[] potentials(int p) {
        return potential[p];
    }

    /** @return neurons of population {@code p} that fired in the last step, ascending; only the first {@link #spikeCount} are valid */
    public int[] spikes(int p) {
        return spikes[p];
    }

    /** @return number of spikes of population {@code p} in the last step */
    public int spikeCount(int p) {
        return spikeCount[p];
    }

    /** @return by class the sum of the readout's currents since the last reset; live, not a copy */
    public double[] readoutSum() {
        return readoutSum;
    }

    /** @return by class the mean current of the steps since the last reset */
    public double[] logits() {
        return Arrays.stream(readoutSum).map(sum -> sum / steps).toArray();
    }

    /** @return the class with the largest readout, the lowest index of equal ones */
    public int prediction() {
        return Argmax.of(readoutSum);
    }

    /** @return spikes of population {@code p} since the last reset */
    public long spikesOf(int p) {
        return counts.spikes(p);
    }

    /** @return synaptic operations that spikes of population {@code p} caused since the last reset */
    public long synapticOperationsFrom(int p) {
        return counts.operationsFrom(p);
    }

    /**
     * @return the smallest |p - theta| / theta that any neuron has had since the last reset; another float simulation, which rounds in
     *         another order, may differ only where this is as small as its rounding errors
     */
    public double closestTie() {
        return closestTie;
    }
}
