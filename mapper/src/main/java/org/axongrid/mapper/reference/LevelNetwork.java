package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * The quantised-activation network that a spiking network would be if every input came evenly over the T steps: counts
 * {@code n = clip(floor((sum w n' + T b + v(0)) / theta), 0, T * maxPayload)} (project reference on conversion, section 3.3). The spiking
 * network's first layer has just these counts; deeper layers differ by the unevenness of their inputs.
 */
public final class LevelNetwork {
    private final SpikingNetwork snn;
    private final DoubleRows[] synapses;

    /** @param snn a network in real numbers, or in integers held as such */
    public LevelNetwork(SpikingNetwork snn) {
        this.snn = snn;
        synapses = new DoubleRows[snn.kernels().size()];
        for (int i = 0; i < synapses.length; i++) {
            if (!isPool(snn.network().projections().get(i).target())) {
                synapses[i] = new DoubleRows(snn.network().projections().get(i), snn.kernels().get(i));
            }
        }
    }

    private boolean isPool(int p) {
        return snn.rules().get(p).kind() == NeuronRule.Kind.MAX_POOL;
    }

    /**
     * @param image input values of one step, channels last
     * @param steps T
     * @return by population the counts, channels last; of the readout its sums over T steps
     */
    public double[][] counts(double[] image, int steps) {
        Network network = snn.network();
        int n = network.populations().size();
        double[][] out = new double[n][];
        out[0] = Arrays.stream(image).map(x -> x * steps).toArray();
        for (int p = 1; p < n; p++) {
            Shape shape = network.populations().get(p).shape();
            if (isPool(p)) {
                Projection windows = network.projections().get(network.into(p)[0]);
                out[p] = new double[shape.size()];
                AnnEvaluator.maximum(windows, out[windows.source()], out[p]);
                continue;
            }
            double[] bias = network.populations().get(p).bias();
            double[][] sums = new double[shape.positions()][shape.channels()];
            for (double[] row : sums) {
                Arrays.setAll(row, c -> bias[c] * steps);
            }
            for (int i : network.into(p)) {
                synapses[i].scatter(carried(network.projections().get(i).source(), out), sums);
            }
            out[p] = new double[shape.size()];
            for (int i = 0; i < out[p].length; i++) {
                double sum = sums[i / shape.channels()][i % shape.channels()];
                out[p][i] = p == n - 1 ? sum : level(p, i, sum, steps);
            }
        }
        return out;
    }

    /** Counts times what a spike of each neuron is worth, where that is not in the weights. */
    private double[] carried(int source, double[][] counts) {
        double[] worth = snn.payload()[source];
        if (worth == null) {
            return counts[source];
        }
        double[] values = counts[source].clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= worth[i % worth.length];
        }
        return values;
    }

    private double level(int p, int i, double sum, int steps) {
        double[] theta = snn.theta()[p];
        double[] v0 = snn.initialV()[p];
        double x = sum + v0[i % v0.length];
        double y = theta[i % theta.length];
        // A neuron with a threshold of 0 is dead.
        return x < y || y == 0 ? 0 : Math.min((double) steps * snn.rules().get(p).maxPayload(), FloatSnn.floorDiv(x, y));
    }
}
