package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.noc.Router;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
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

/**
 * The fourth law on every kind of network: routers of each level, one mesh or two, several chips with slow links between them. Values, counts and
 * energy are the same, and fast time, time without contention and time with it come in this order.
 */
class NetworkVariantsTest {
    private static final int STEPS = 4;
    private static final StepCosts COSTS = new StepCosts(800, 500, 3000, 500, 1600, new int[] {300, 400, 300}, 4100, 6500, 2100);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {201, 202, 203, 204, 205, 206, 207, 210})
    void onlyTimesDiffer(long seed) {
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        // Small chips, so that there are several.
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, 24).with(ChipParameter.MESH_WIDTH, 2)
            .with(ChipParameter.MESH_HEIGHT, 2).with(ChipParameter.CORES_PER_TILE, 1);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.RASTER, Placer.RANDOM, seed, 768)).image();
        assertTrue(image.chips() > 1, "seed " + seed);
        int[] biases = Arrays.stream(new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed))[1])
            .map(b -> b / net.biasStep()[1]).toArray();
        LoadedSystem system = new LoadedSystem(image);
        for (int meshes = 1; meshes <= 2; meshes++) {
            NetworkTiming timing = NetworkTiming.of(100, 4, COSTS.hopXPs(), COSTS.hopYPs(), COSTS.withinTilePs()).with(meshes, 20_000, 3_000, 2);
            Outcome fast = run(system, timing, false, biases);
            Outcome alone = run(system, timing.with(Router.ANALYTIC), true, biases);
            Outcome xy1 = run(system, timing, true, biases);
            Outcome vc = run(system, timing.with(Router.VC), true, biases);
            for (Outcome o : new Outcome[] {alone, xy1, vc}) {
                assertArrayEquals(fast.result.readout(), o.result.readout(), "seed " + seed);
                assertEquals(fast.counters.spikes, o.counters.spikes, "seed " + seed);
                assertEquals(fast.counters.chipCrossings, o.counters.chipCrossings, "seed " + seed);
                assertEquals(fast.counters.hopsX + fast.counters.hopsY, o.hops, "seed " + seed + ": hops");
                for (String profile : CostProfiles.PRESETS) {
                    assertEquals(EnergyModel.price(fast.counters, CostProfiles.preset(profile), 1, 0).byComponent(),
                        EnergyModel.price(o.counters, CostProfiles.preset(profile), 1, 0).byComponent(), profile);
                }
            }
            assertTrue(fast.counters.chipCrossings > 0, "seed " + seed);
            assertTrue(fast.result.latencyPs() <= alone.result.latencyPs(), "seed " + seed + ": fast");
            assertTrue(alone.result.latencyPs() <= xy1.result.latencyPs(), "seed " + seed + ": " + alone.result.latencyPs() + " ps without contention, "
                + xy1.result.latencyPs() + " with");
            assertTrue(alone.result.latencyPs() <= vc.result.latencyPs(), "seed " + seed + ": virtual channels");
        }
        // A slower link between chips costs time: the crossing is in fast time too.
        NetworkTiming near = NetworkTiming.of(100, 4, COSTS.hopXPs(), COSTS.hopYPs(), COSTS.withinTilePs());
        assertTrue(run(system, near, false, biases).result.latencyPs() < run(system, near.with(1, 500_000, 0, 1), false, biases).result.latencyPs());
    }

    private record Outcome(InferenceResult result, EventCounters counters, long hops) { }

    private static Outcome run(LoadedSystem system, NetworkTiming timing, boolean cycle, int[] biases) {
        try (Simulation s = new Simulation(system, new Timing(timing.on(COSTS), 113_000, cycle ? timing : null), 1)) {
            s.writeBiases(0, biases);
            InferenceResult result = s.run(0, STEPS);
            return new Outcome(result, s.counters(), cycle ? s.clock().mesh().hopsX() + s.clock().mesh().hopsY() : 0);
        }
    }
}
