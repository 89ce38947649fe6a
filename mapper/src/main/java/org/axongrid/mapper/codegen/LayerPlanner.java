package org.axongrid.mapper.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.layer.Layer;
import org.axongrid.isa.layer.LayerInputs;
import org.axongrid.isa.layer.LayerPiece;
import org.axongrid.isa.layer.LayerPlan;
import org.axongrid.isa.layer.LayerSynapses;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.WeightStorage;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** Makes the plan of an image, where it can be seen layer by layer. */
final class LayerPlanner {
    private LayerPlanner() { }

    /**
     * @param net      the quantised network
     * @param neurons  what its neurons run
     * @param coresOf  by population: its cores
     * @param builders by projection: its axons, or null
     * @param byNumber numbers of all cores, ascending
     * @return the plan; null where layers hear themselves or hear their input twice, where neurons have several accumulators, and where lists are split by
     *         sign, so that what one takes depends on its weights
     */
    static LayerPlan plan(QuantisedNetwork net, NeuronModel neurons, List<List<CoreBuilder>> coresOf, List<InputsBuilder> builders, int[] byNumber) {
        Network network = net.network();
        if (WeightStorage.of(net.weightBits()).splitsSigns() || network.projections().stream().anyMatch(p -> p.source() == p.target()
            || neurons.starts().replayDelay(p) > 0)) {
            return null;
        }
        List<Layer> layers = new ArrayList<>();
        int region = 0;
        for (int p = 0; p < network.populations().size(); p++) {
            if (p > 0 && neurons.inputs(p) > 1) {
                return null;
            }
            boolean analog = p > 0 && net.isAnalog(p);
            layers.add(layer(network.populations().get(p), p == 0 ? 0 : neurons.starts().start(p), coresOf.get(p), byNumber, analog ? region++ : -1,
                net.isReadout(p)));
        }
        List<LayerSynapses> synapses = new ArrayList<>();
        for (int i = 0; i < builders.size(); i++) {
            if (builders.get(i) != null) {
                synapses.add(synapses(network, i, net.weightShift()[i], coresOf, builders.get(i)));
            }
        }
        return new LayerPlan(layers, synapses);
    }

    private static Layer layer(Population p, int start, List<CoreBuilder> cores, int[] byNumber, int region, boolean readout) {
        List<LayerPiece> pieces = new ArrayList<>();
        for (CoreBuilder c : cores) {
            pieces.add(new LayerPiece(Arrays.binarySearch(byNumber, c.core), c.piece.firstChannel(), c.piece.channels(), c.piece.positions()));
        }
        return new Layer(p.name(), p.shape().positions(), p.shape().channels(), start, pieces, region, readout);
    }

    private static LayerSynapses synapses(Network network, int projection, int shift, List<List<CoreBuilder>> coresOf, InputsBuilder builder) {
        Projection p = network.projections().get(projection);
        // A core's parts are its projections that are not analog, in the network's order.
        int part = 0;
        for (int i : network.into(p.target())) {
            if (i == projection) {
                break;
            }
            part += network.isAnalog(network.projections().get(i)) ? 0 : 1;
        }
        List<LayerInputs> inputs = new ArrayList<>();
        for (CoreBuilder c : coresOf.get(p.target())) {
            inputs.add(c.parts().get(part).inputs().tables());
        }
        return new LayerSynapses(p.source(), p.target(), builder.taps(), builder.kernel(), shift, p.groups(), inputs);
    }
}
