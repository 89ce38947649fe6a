package org.axongrid.cli.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.cli.pipeline.ChipTiming;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.convert.SpikingNetwork;

/**
 * A dense network of the keyword spotter's size on Loihi, every neuron firing in every step: the most that one step can take.
 *
 * @param dynamicJ energy of one such step, synapses, updates and messages, J
 * @param seconds  time of one such step, s
 * @param spikes   spikes of one such step
 */
record KeywordSpotter(double dynamicJ, double seconds, double spikes) {
    private static final int[] LAYERS = {390, 256, 256, 29};
    private static final int STEPS = 20;

    /** @return what a run with full activity gave, per step in which all layers run */
    static KeywordSpotter run() {
        ChipSpec chip = ChipSpecs.preset("loihi");
        Network network = network();
        SpikingNetwork spiking = QcfsConversion.convert(network);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.HILBERT, Placer.HILBERT, 1, 1)).image();
        double[] input = new double[LAYERS[0]];
        Arrays.fill(input, 1);
        int[] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(input)[1];
        ChipTiming timing = ChipTiming.of("loihi-nahuku", image, "fast");
        try (Simulation simulation = new Simulation(new LoadedSystem(image), timing.timing(), 1)) {
            simulation.writeBiases(0, Arrays.stream(biases).map(b -> b / net.biasStep()[1]).toArray());
            simulation.run(0, STEPS);
            EventCounters c = simulation.counters();
            // What the host does is no part of the chip's dynamic energy.
            c.hostBiasWrites = 0;
            c.hostReads = 0;
            return new KeywordSpotter(EnergyModel.price(c, CostProfiles.preset("loihi-davies2018"), 1, 0).dynamicJ() / STEPS,
                simulation.times().totalPs * 1e-12 / STEPS, c.spikes / (double) STEPS);
        }
    }

    /** Input neurons that turn values into spikes, two hidden layers, a readout; all weights are positive and large. */
    private static Network network() {
        List<Population> populations = new ArrayList<>();
        List<Projection> projections = new ArrayList<>();
        List<double[]> kernels = new ArrayList<>();
        Shape input = Shape.dense(LAYERS[0]);
        populations.add(new Population("input", input, Activation.input(), new double[0]));
        populations.add(new Population("encoder", input, Activation.qcfs(0.5, 8), new double[LAYERS[0]]));
        projections.add(Projection.identity(0, 1, input));
        kernels.add(filled(LAYERS[0], 1));
        for (int l = 1; l < LAYERS.length; l++) {
            Shape from = Shape.dense(LAYERS[l - 1]);
            Shape to = Shape.dense(LAYERS[l]);
            populations.add(new Population("dense" + l, to, l == LAYERS.length - 1 ? Activation.linear() : Activation.qcfs(0.5, 8), new double[LAYERS[l]]));
            projections.add(Projection.dense(l, l + 1, from, to, Pool.NONE));
            kernels.add(filled(LAYERS[l - 1] * LAYERS[l], 0.02));
        }
        return new Network("keyword-spotter", populations, projections, kernels);
    }

    private static double[] filled(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }
}
