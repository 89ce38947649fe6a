package org.axongrid.mapper.convert;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;

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
     * @param network a network whose hidden activations have a trained upper end
     * @return the spiking network; each kernel is multiplied by its source's lambda, the value that a spike carries, but those that read
     *         the analog input are as they were
     * @throws InvalidInputException if activations are of another kind; all of them are named
     */
    public static SpikingNetwork convert(Network network) {
        List<String> others = new ArrayList<>();
        SpikingNetworkBuilder builder = new SpikingNetworkBuilder(network, METHOD);
        for (int p = 1; p < network.populations().size(); p++) {
            Population population = network.populations().get(p);
            Activation activation = population.activation();
            boolean readout = p == network.populations().size() - 1;
            if (activation.kind() == Activation.Kind.QCFS && !readout) {
                builder.theta(p, activation.lambda());
            } else if (activation.kind() != (readout ? Activation.Kind.LINEAR : Activation.Kind.MAX_POOL)) {
                others.add(population.name() + " (" + activation.kind() + ")");
            }
        }
        if (!others.isEmpty()) {
            throw new InvalidInputException("layers " + String.join(", ", others) + ": the qcfs conversion needs QCFS activations and a linear"
                + " readout; other methods find thresholds from data (--calibration)");
        }
        return builder.build();
    }
}
