package org.axongrid.cli.mapping;

import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.pipeline.ChipNetwork;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.IntegerOracle;

/** How often each neuron fires, counted by the integer oracle on images. */
final class SpikeRates {
    private static final int WINDOW = 1000;

    private SpikeRates() { }

    /**
     * @param spiking the converted network
     * @param net     the same in integers
     * @param chip    for the width of biases
     * @param data    the images
     * @param images  number of images, the first ones
     * @param steps   time-steps per image
     * @return by population and neuron: spikes in 1000 steps, at least 1 so that a neuron that was silent here does not count as free
     */
    static int[][] measure(SpikingNetwork spiking, QuantisedNetwork net, ChipSpec chip, DataSet data, int images, int steps) {
        int populations = net.network().populations().size();
        long[][] spikes = new long[populations][];
        for (int p = 1; p < populations; p++) {
            spikes[p] = new long[net.network().populations().get(p).shape().size()];
        }
        IntegerOracle oracle = new IntegerOracle(net);
        InputEncoder encoder = new InputEncoder(net, spiking.kernels(), ChipNetwork.biasLimit(chip));
        double[] image = new double[net.network().input().shape().size()];
        for (int i = 0; i < images; i++) {
            data.image(i, image);
            oracle.reset(encoder.encode(image));
            for (int t = 0; t < steps; t++) {
                oracle.step();
                for (int p = 1; p < populations; p++) {
                    int[] fired = oracle.spikes(p);
                    for (int s = 0; s < oracle.spikeCount(p); s++) {
                        spikes[p][fired[s]]++;
                    }
                }
            }
        }
        int[][] rates = new int[populations][];
        for (int p = 1; p < populations; p++) {
            rates[p] = new int[spikes[p].length];
            for (int n = 0; n < spikes[p].length; n++) {
                rates[p][n] = (int) Math.max(1, Math.round((double) WINDOW * spikes[p][n] / ((double) images * steps)));
            }
        }
        return rates;
    }
}
