package org.axongrid.mapper.quantise;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;

/**
 * What rounding did to one population.
 *
 * @param population   its name
 * @param scaleMin     smallest real value of a unit over its channels
 * @param scaleMax     largest
 * @param thresholdMin smallest threshold in units; 0 for the readout
 * @param thresholdMax largest
 * @param maxWeight    largest magnitude of an integer weight; 0 where only the analog input drives it
 * @param zeroed       fraction of its weights, those that were 0 before aside, that became 0
 * @param rmsError     root mean square of the weights' rounding errors, in units; 0.29 for errors spread evenly
 */
public record QuantisationReport(String population, double scaleMin, double scaleMax, int thresholdMin, int thresholdMax, int maxWeight,
                                 double zeroed, double rmsError) {
    /**
     * @param spiking   before
     * @param quantised after
     * @return one entry per population but the input
     */
    public static List<QuantisationReport> of(SpikingNetwork spiking, QuantisedNetwork quantised) {
        List<QuantisationReport> report = new ArrayList<>();
        for (int p = 1; p < quantised.network().populations().size(); p++) {
            report.add(of(spiking, quantised, p));
        }
        return report;
    }

    private static QuantisationReport of(SpikingNetwork spiking, QuantisedNetwork quantised, int p) {
        Network network = quantised.network();
        double[] scale = quantised.scale()[p];
        double scaleMin = Double.POSITIVE_INFINITY;
        double scaleMax = 0;
        for (double s : scale) {
            scaleMin = Math.min(scaleMin, s);
            scaleMax = Math.max(scaleMax, s);
        }
        int thresholdMin = 0;
        int thresholdMax = 0;
        if (quantised.threshold()[p] != null) {
            thresholdMin = Integer.MAX_VALUE;
            for (int t : quantised.threshold()[p]) {
                thresholdMin = Math.min(thresholdMin, t);
                thresholdMax = Math.max(thresholdMax, t);
            }
        }
        WeightErrors errors = new WeightErrors();
        for (int i : network.into(p)) {
            Projection projection = network.projections().get(i);
            if (quantised.kernels().get(i) != null) {
                errors.add(projection, UnitChoice.kernel(spiking, i), quantised.kernels().get(i), scale);
            }
        }
        return new QuantisationReport(network.populations().get(p).name(), scaleMin, scaleMax, thresholdMin, thresholdMax, errors.largest,
            errors.nonZero == 0 ? 0 : (double) errors.zeroed / errors.nonZero, errors.count == 0 ? 0 : Math.sqrt(errors.squares / errors.count));
    }

    private static final class WeightErrors {
        private int largest;
        private long nonZero;
        private long zeroed;
        private long count;
        private double squares;

        void add(Projection projection, double[] real, int[] integer, double[] scale) {
            Quantiser.forEachWeight(projection, (at, channel) -> {
                double error = real[at] / scale[channel] - integer[at];
                squares += error * error;
                count++;
                nonZero += real[at] != 0 ? 1 : 0;
                zeroed += real[at] != 0 && integer[at] == 0 ? 1 : 0;
                largest = Math.max(largest, Math.abs(integer[at]));
            });
        }
    }
}
