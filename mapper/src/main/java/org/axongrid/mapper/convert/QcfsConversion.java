package org.axongrid.mapper.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;

/**
 * QCFS (Bu et al., ICLR 2022): theta = lambda, v(0) = theta / 2, soft reset, any T. Needs no calibration: lambda was trained.
 */
public final class QcfsConversion {
    private QcfsConversion() { }

    /**
     * @param network a network whose hidden activations are QCFS
     * @return the spiking network; each kernel is multiplied by its source's lambda, the value that a spike carries
     */
    public static SpikingNetwork convert(Network network) {
        int n = network.populations().size();
        double[] theta = new double[n];
        double[] initialV = new double[n];
        for (int p = 0; p < n; p++) {
            Activation a = network.populations().get(p).activation();
            theta[p] = a.kind() == Activation.Kind.QCFS ? a.lambda() : Double.NaN;
            initialV[p] = theta[p] / 2;
        }
        List<double[]> kernels = new ArrayList<>();
        for (int i = 0; i < network.projections().size(); i++) {
            Projection p = network.projections().get(i);
            double[] kernel = network.kernels().get(i);
            double payload = p.source() == 0 ? 1 : theta[p.source()];
            kernels.add(Arrays.stream(kernel).map(w -> w * payload).toArray());
        }
        return new SpikingNetwork(network, "qcfs", theta, initialV, kernels);
    }
}
