package org.axongrid.mapper.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Puts a spiking network together from a trained one, thresholds and potentials: folds what a spike carries into the weights that read it
 * (project reference on conversion, section 1). What is not set is plain: soft reset, v(0) = theta / 2, one run of T steps.
 */
public final class SpikingNetworkBuilder {
    private final Network network;
    private final String method;
    private final double[][] theta;
    private final double[][] initialV;
    private final double[][] bias;
    private Schedule schedule = Schedule.PLAIN;
    private NeuronRule rule = NeuronRule.SOFT;

    /**
     * @param network the trained network
     * @param method  the conversion's name
     */
    public SpikingNetworkBuilder(Network network, String method) {
        this.network = network;
        this.method = method;
        int n = network.populations().size();
        theta = new double[n][];
        initialV = new double[n][];
        bias = new double[n][];
    }

    /**
     * @param network a network
     * @param p       population
     * @return whether its neurons become spiking ones with a threshold
     */
    public static boolean spikes(Network network, int p) {
        return switch (network.populations().get(p).activation().kind()) {
            case QCFS, CLIP, RELU -> true;
            default -> false;
        };
    }

    /** Sets what all populations with a threshold do. */
    public SpikingNetworkBuilder rule(NeuronRule newRule) {
        rule = newRule;
        return this;
    }

    /** Sets the phases. */
    public SpikingNetworkBuilder schedule(Schedule newSchedule) {
        schedule = newSchedule;
        return this;
    }

    /**
     * Sets thresholds and half of them as v(0).
     *
     * @param p      population
     * @param values one, or one a channel, or one a neuron
     */
    public SpikingNetworkBuilder theta(int p, double... values) {
        theta[p] = values;
        initialV[p] = Arrays.stream(values).map(v -> v / 2).toArray();
        return this;
    }

    /** Sets v(0): one value, or one a channel, or one a neuron. */
    public SpikingNetworkBuilder initialV(int p, double... values) {
        initialV[p] = values;
        return this;
    }

    /** Sets a bias for each channel in place of the trained one. */
    public SpikingNetworkBuilder bias(int p, double... values) {
        bias[p] = values;
        return this;
    }

    /** @return the spiking network */
    public SpikingNetwork build() {
        int n = network.populations().size();
        List<NeuronRule> rules = new ArrayList<>();
        List<Population> populations = new ArrayList<>();
        double[][] payload = new double[n][];
        for (int p = 0; p < n; p++) {
            Population of = network.populations().get(p);
            populations.add(bias[p] == null ? of : new Population(of.name(), of.shape(), of.activation(), bias[p]));
            boolean pool = of.activation().kind() == Activation.Kind.MAX_POOL;
            rules.add(spikes(network, p) ? rule : pool ? NeuronRule.maxPool(rule.maxPayload()) : NeuronRule.NONE);
            if (theta[p] != null && theta[p].length > of.shape().channels()) {
                payload[p] = theta[p].clone();
            }
        }
        List<double[]> kernels = new ArrayList<>();
        for (int i = 0; i < network.projections().size(); i++) {
            kernels.add(folded(i));
        }
        return new SpikingNetwork(new Network(network.name(), populations, network.projections(), network.kernels(), network.front()), method, schedule, rules, theta,
            initialV, payload, kernels);
    }

    private double[] folded(int projection) {
        Projection p = network.projections().get(projection);
        double[] kernel = network.kernels().get(projection).clone();
        double[] values = carried(p.source());
        boolean windows = network.populations().get(p.target()).activation().kind() == Activation.Kind.MAX_POOL;
        if (values == null || values.length > p.sourceShape().channels() || windows) {
            return kernel;
        }
        int length = p.outPerGroup();
        for (int row = 0; row < kernel.length / length; row++) {
            double value = values[row % p.sourceShape().channels() % values.length];
            for (int k = 0; k < length; k++) {
                kernel[row * length + k] *= value;
            }
        }
        return kernel;
    }

    /** What a unit of a population's payload is worth; a pool passes on what it reads. */
    private double[] carried(int p) {
        boolean pool = network.populations().get(p).activation().kind() == Activation.Kind.MAX_POOL;
        return pool ? carried(network.projections().get(network.into(p)[0]).source()) : theta[p];
    }
}
