package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.neuron.StartSteps;
import org.axongrid.mapper.quantise.QuantisationReport;

/**
 * One layer of a mapped network, for reports.
 *
 * @param population its index in the network
 * @param name       its name
 * @param shape      channels x height x width
 * @param neurons    compartments
 * @param cores      cores that hold it
 * @param startStep  chip step in which it starts, from 1
 * @param rounding   what quantisation did to it
 */
public record Layer(int population, String name, String shape, int neurons, int cores, int startStep, QuantisationReport rounding) {
    /** @return the layers of a prepared network, the input aside */
    public static List<Layer> of(Preparation prepared) {
        List<QuantisationReport> rounding = QuantisationReport.of(prepared.spiking(), prepared.quantised());
        StartSteps starts = prepared.crossbar() != null ? null
            : StartSteps.of(prepared.quantised(), prepared.mapping().image().depth());
        int[] depths = prepared.crossbar() != null ? prepared.crossbar().depths() : null;
        List<Layer> layers = new ArrayList<>();
        for (int p = 1; p < prepared.quantised().network().populations().size(); p++) {
            int population = p;
            Population of = prepared.quantised().network().populations().get(p);
            int cores = prepared.crossbar() != null ? prepared.crossbar().cores()[p]
                : (int) prepared.mapping().partition().cores().stream().filter(c -> c.population() == population).count();
            layers.add(new Layer(p, of.name(), of.shape().toString(), of.shape().size(), cores, 
                starts == null ? depths[p] + 1 : starts.start(p), rounding.get(p - 1)));
        }
        return layers;
    }
}
