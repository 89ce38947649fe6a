package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.noc.Router;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spikes that routers copy on the way: what cores compute is that of unicast, links are fewer, and the trees that cores know beforehand have as many
 * links as the mesh counts.
 */
class MulticastTest {
    private static final int STEPS = 4;
    private static boolean copied;
    private static final StepCosts COSTS = new StepCosts(800, 500, 3000, 500, 1600, new int[] {300, 400, 300}, 4100, 6500, 2100);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {201, 202, 203, 204, 205, 206, 207, 210})
    void copiesOnTheWay(long seed) {
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, 16).with(ChipParameter.MESH_WIDTH, 3)
            .with(ChipParameter.MESH_HEIGHT, 2).with(ChipParameter.CORES_PER_TILE, 1 + (int) (seed % 3));
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        int[] biases = Arrays.stream(new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed))[1])
            .map(b -> b / net.biasStep()[1]).toArray();
        NetworkTiming timing = NetworkTiming.of(100, 4, COSTS.hopXPs(), COSTS.hopYPs(), COSTS.withinTilePs()).with(1, 20_000, 0, 1);
        Outcome one = run(system(net, chip, seed), timing, false, biases);
        LoadedSystem trees = system(net, chip.with(ChipParameter.SPIKE_MULTICAST, 1), seed);
        Outcome fast = run(trees, timing, false, biases);
        Outcome cycle = run(trees, timing.with(Router.ANALYTIC), true, biases);
        for (Outcome o : new Outcome[] {fast, cycle}) {
            assertArrayEquals(one.result.readout(), o.result.readout(), "seed " + seed);
            assertEquals(one.counters.spikes, o.counters.spikes, "seed " + seed);
            assertEquals(one.counters.synapticOperationsTotal(), o.counters.synapticOperationsTotal(), "seed " + seed);
            assertEquals(one.counters.messagesReceived, o.counters.messagesReceived, "seed " + seed);
            assertTrue(o.counters.messages <= one.counters.messages, "seed " + seed);
            assertTrue(o.counters.hopsX + o.counters.hopsY <= one.counters.hopsX + one.counters.hopsY, "seed " + seed);
            assertTrue(o.counters.chipCrossings <= one.counters.chipCrossings, "seed " + seed);
        }
        copied |= fast.counters.messages < one.counters.messages && cycle.hops < one.counters.hopsX + one.counters.hopsY;
        assertEquals(one.counters.messages, one.counters.messagesReceived, "seed " + seed);
        assertEquals(fast.counters.hopsX + fast.counters.hopsY, cycle.hops, "seed " + seed + ": links of all trees");
        assertTrue(fast.result.latencyPs() <= cycle.result.latencyPs(), "seed " + seed);
        assertTrue(cycle.result.latencyPs() <= run(system(net, chip, seed), timing.with(Router.ANALYTIC), true, biases).result.latencyPs(), "seed " + seed);
    }

    @AfterAll
    static void someWereCopied() {
        assertTrue(copied, "no spike ever went to two cores");
    }

    private static LoadedSystem system(QuantisedNetwork net, ChipSpec chip, long seed) {
        ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.RASTER, Placer.RANDOM, seed, 768)).image();
        return new LoadedSystem(image);
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
