package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fourth law: cycle timing changes no value, is never faster than fast timing, and does not depend on threads. */
class CycleTimingTest {
    private static final int STEPS = 5;
    private static final StepCosts COSTS = new StepCosts(8400, 5300, 30000, 5100, 16000, new int[] {3800, 4700, 3100}, 4100, 6500, 2100);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120})
    void neverBelowFast(long seed) {
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, 24);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.values()[(int) (seed % 3)], Placer.RANDOM, seed, 768)).image();
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed));
        LoadedSystem system = new LoadedSystem(image);
        NetworkTiming mesh = NetworkTiming.of(100, 16, COSTS.hopXPs(), COSTS.hopYPs(), COSTS.withinTilePs());
        Simulation[] simulations = {new Simulation(system, new Timing(mesh.on(COSTS), 113_000), 1), new Simulation(system, new Timing(COSTS, 113_000, mesh), 1),
            new Simulation(system, new Timing(COSTS, 113_000, mesh), 3)};
        InferenceResult[] results = new InferenceResult[simulations.length];
        for (int i = 0; i < results.length; i++) {
            int p = 1;
            simulations[i].writeBiases(0, java.util.Arrays.stream(biases[p]).map(b -> b / net.biasStep()[p]).toArray());
            // Twice, so that the second inference starts from a used mesh.
            simulations[i].run(0, STEPS);
            results[i] = simulations[i].run(1, STEPS);
        }
        EventCounters fast = simulations[0].counters();
        assertTrue(fast.synapseWords > 0 || fast.messagesReceived == 0, "seed " + seed);
        for (int i = 1; i < results.length; i++) {
            assertArrayEquals(results[0].readout(), results[i].readout(), "seed " + seed);
            EventCounters cycle = simulations[i].counters();
            assertEquals(fast.spikes, cycle.spikes, "seed " + seed);
            assertEquals(fast.synapseWords, cycle.synapseWords, "seed " + seed);
            for (String profile : CostProfiles.PRESETS) {
                CostProfile prices = CostProfiles.preset(profile);
                assertEquals(EnergyModel.price(fast, prices, 1, 0).byComponent(), EnergyModel.price(cycle, prices, 1, 0).byComponent(), profile);
            }
            assertEquals(fast.messages, simulations[i].clock().mesh().delivered, "seed " + seed + ": every message crosses the mesh");
            assertTrue(results[i].latencyPs() >= results[0].latencyPs(), "seed " + seed + ": " + results[i].latencyPs() + " ps, fast "
                + results[0].latencyPs());
        }
        assertEquals(results[1].latencyPs(), results[2].latencyPs(), "seed " + seed + ": threads");
        assertEquals(fast.hopsX + fast.hopsY, simulations[1].clock().mesh().hopsX() + simulations[1].clock().mesh().hopsY(), "seed " + seed);
        for (Simulation s : simulations) {
            s.close();
        }
    }

    /** A line of cores with one neuron each: no core gets two messages in a step, so that only routers could be in the way. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void equalsFastWhereThereIsNoContention(long seed) {
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.CORES_PER_TILE, 1);
        Network network = RandomNetworks.line(seed, 5);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.RASTER, Placer.RANDOM, seed, 1)).image();
        LoadedSystem system = new LoadedSystem(image);
        // 0.3 ns do not divide the costs, so that rounding is a part of the law.
        NetworkTiming mesh = NetworkTiming.of(300, 4, COSTS.hopXPs(), COSTS.hopYPs(), COSTS.withinTilePs());
        try (Simulation fast = new Simulation(system, new Timing(mesh.on(COSTS), 113_000), 1);
             Simulation cycle = new Simulation(system, new Timing(mesh.on(COSTS), 113_000, mesh), 1)) {
            StepLog fastLog = new StepLog(fast);
            StepLog cycleLog = new StepLog(cycle);
            fast.listen(fastLog);
            cycle.listen(cycleLog);
            for (Simulation s : new Simulation[] {fast, cycle}) {
                s.writeBiases(0, new int[] {4000 / net.biasStep()[1]});
                s.run(0, 20);
            }
            assertTrue(fast.counters().messages >= 20, "seed " + seed + ": " + fast.counters().messages);
            assertEquals(0, cycle.clock().mesh().stallsTotal(), "seed " + seed);
            assertEquals(fast.times().totalPs, cycle.times().totalPs, "seed " + seed);
            List<StepLog.Row> a = fastLog.take();
            List<StepLog.Row> b = cycleLog.take();
            assertEquals(a.size(), b.size());
            for (int i = 0; i < a.size(); i++) {
                assertEquals(a.get(i).totalPs(), b.get(i).totalPs(), "seed " + seed + " step " + a.get(i).step());
                assertEquals(a.get(i).computePs(), b.get(i).computePs());
            }
            assertEquals(cycle.times().totalPs, b.stream().mapToLong(StepLog.Row::totalPs).sum());
            assertEquals(fast.times().totalPs, a.stream().mapToLong(StepLog.Row::totalPs).sum());
        }
    }
}
