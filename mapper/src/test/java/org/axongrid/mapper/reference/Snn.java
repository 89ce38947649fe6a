package org.axongrid.mapper.reference;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/** Plain integrate-and-fire networks for tests. */
public final class Snn {
    private Snn() { }

    /** @return one run of T steps, a threshold and a v(0) for each population; those of input and readout are not read */
    public static SpikingNetwork of(Network network, double[] theta, double[] initialV, List<double[]> kernels) {
        int n = network.populations().size();
        double[][] thetas = new double[n][];
        double[][] initial = new double[n][];
        for (int p = 1; p < n - 1; p++) {
            thetas[p] = new double[] {theta[p]};
            initial[p] = new double[] {initialV[p]};
        }
        return new SpikingNetwork(network, "qcfs", Schedule.PLAIN, rules(n), thetas, initial, new double[n][], kernels);
    }

    /** @return soft reset for all but input and readout */
    public static List<NeuronRule> rules(int populations) {
        List<NeuronRule> rules = new ArrayList<>();
        for (int p = 0; p < populations; p++) {
            rules.add(p == 0 || p == populations - 1 ? NeuronRule.NONE : NeuronRule.SOFT);
        }
        return rules;
    }
}
