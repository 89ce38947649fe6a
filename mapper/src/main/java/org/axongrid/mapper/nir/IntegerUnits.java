package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** A quantised network as one of real numbers that happen to be integers: all values of a population in its own unit. */
final class IntegerUnits {
    private IntegerUnits() { }

    static SpikingNetwork of(SpikingNetwork spiking, QuantisedNetwork quantised) {
        Network network = quantised.network();
        List<Population> populations = new ArrayList<>();
        for (int p = 0; p < network.populations().size(); p++) {
            Population of = network.populations().get(p);
            populations.add(quantised.bias()[p] == null ? of : new Population(of.name(), of.shape(), of.activation(), biases(spiking, quantised, p)));
        }
        List<double[]> kernels = new ArrayList<>();
        for (int i = 0; i < network.projections().size(); i++) {
            Projection p = network.projections().get(i);
            kernels.add(quantised.kernels().get(i) != null ? reals(quantised.kernels().get(i))
                : scaled(p, spiking.kernels().get(i), quantised.scale()[p.target()]));
        }
        double[][] theta = Arrays.stream(quantised.threshold()).map(t -> t == null ? null : reals(t)).toArray(double[][]::new);
        double[][] initialV = Arrays.stream(quantised.initialV()).map(t -> t == null ? null : reals(t)).toArray(double[][]::new);
        return new SpikingNetwork(new Network(network.name(), populations, network.projections(), kernels, network.front()), spiking.method(), spiking.schedule(),
            spiking.rules(), theta, initialV, spiking.payload(), kernels);
    }

    /** Under the analog input it is a neuron's whole current that is rounded, so that the bias stays as it is. */
    private static double[] biases(SpikingNetwork spiking, QuantisedNetwork quantised, int p) {
        double[] out = reals(quantised.bias()[p]);
        double[] real = spiking.network().populations().get(p).bias();
        for (int c = 0; c < out.length && quantised.isAnalog(p); c++) {
            out[c] = real[c] / quantised.scale()[p][c];
        }
        return out;
    }

    private static double[] scaled(Projection p, double[] kernel, double[] scale) {
        double[] out = new double[kernel.length];
        for (int at = 0; at < out.length; at++) {
            int first = p.firstOutChannel(at / p.outPerGroup() % p.sourceShape().channels());
            out[at] = kernel[at] / scale[first + at % p.outPerGroup()];
        }
        return out;
    }

    private static double[] reals(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
