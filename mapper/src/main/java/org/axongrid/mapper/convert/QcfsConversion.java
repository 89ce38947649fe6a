package org.axongrid.mapper.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * QCFS conversion: Bu, Fang, Ding, Dai, Yu and Huang, "Optimal ANN-SNN Conversion for High-accuracy and Ultra-low-latency Spiking Neural
 * Networks", ICLR 2022.
 *
 * <p>theta = lambda, v(0) = theta / 2, soft reset; the number of steps is free and need not be the trained L. Needs no calibration data,
 * because lambda was trained. With a current that is constant in time a neuron then fires {@code clip(floor(T z / theta + 1/2), 0, T)}
 * times in T steps, the trained activation with L = T; deeper layers differ from it by the unevenness of their input.
 */
public final class QcfsConversion {
    /** The method's name on the command line and in reports. */
    public static final String METHOD = "qcfs";

    private QcfsConversion() { }

    /**
     * @param network a network whose hidden activations are QCFS and whose readout is linear
     * @return the spiking network; each kernel is multiplied by its source's lambda, the value that a spike carries, but those that read
     *         the analog input are as they were
     * @throws InvalidInputException if an activation is of another kind
     */
    public static SpikingNetwork convert(Network network) {
        int n = network.populations().size();
        double[][] theta = new double[n][];
        double[][] initialV = new double[n][];
        NeuronRule[] rules = new NeuronRule[n];
        for (int p = 0; p < n; p++) {
            Population population = network.populations().get(p);
            check(population, p, n);
            Activation a = population.activation();
            boolean spikes = a.kind() == Activation.Kind.QCFS;
            rules[p] = spikes ? NeuronRule.SOFT : NeuronRule.NONE;
            theta[p] = spikes ? new double[] {a.lambda()} : null;
            initialV[p] = spikes ? new double[] {a.lambda() / 2} : null;
        }
        List<double[]> kernels = new ArrayList<>();
        for (int i = 0; i < network.projections().size(); i++) {
            Projection p = network.projections().get(i);
            double[] kernel = network.kernels().get(i);
            double payload = p.source() == 0 ? 1 : theta[p.source()][0];
            kernels.add(Arrays.stream(kernel).map(w -> w * payload).toArray());
        }
        return new SpikingNetwork(network, METHOD, Schedule.PLAIN, List.of(rules), theta, initialV, new double[n][], kernels);
    }

    private static void check(Population population, int p, int populations) {
        Activation.Kind wanted = p == 0 ? Activation.Kind.INPUT : p == populations - 1 ? Activation.Kind.LINEAR : Activation.Kind.QCFS;
        Activation.Kind kind = population.activation().kind();
        if (kind != wanted) {
            throw new InvalidInputException("layer " + population.name() + ": its activation is " + kind + ", the qcfs conversion needs "
                + wanted + " there");
        }
    }
}
