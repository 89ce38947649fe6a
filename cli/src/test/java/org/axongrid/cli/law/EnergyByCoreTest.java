package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.core.Stage;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.emulator.engine.Timing;
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

/** Energy by core and layer adds up to that of the run, whatever the threads; and time by stage to that of the step. */
class EnergyByCoreTest {
    private static final StepCosts PLAIN = new StepCosts(8400, 5300, 30000, 5100, 16000, new int[] {3800, 4700, 3100}, 4100, 6500, 2100);
    /** With words of synapse memory that now take longer, now shorter than their synapses, and a fixed part of each step. */
    private static final StepCosts ALL = new StepCosts(8400, 5300, 30000, 5100, 16000, new int[] {3800, 4700, 3100}, 4100, 6500, 2100, 7, 22_000, 0, 9000, 1);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void partsAddUp(long seed) {
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, 24);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.HILBERT, Placer.RANDOM, seed, 768)).image();
        int[] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed))[1];
        LoadedSystem system = new LoadedSystem(image);
        NetworkTiming mesh = NetworkTiming.of(100, 16, ALL.hopXPs(), ALL.hopYPs(), ALL.withinTilePs());
        double[] first = null;
        for (Timing timing : new Timing[] {new Timing(mesh.on(ALL), 1000), new Timing(mesh.on(ALL), 1000, mesh), new Timing(mesh.on(PLAIN), 1000)}) {
            for (int threads : new int[] {1, 3}) {
                try (Simulation s = new Simulation(system, timing, threads)) {
                    StepLog log = new StepLog(s);
                    s.listen(log);
                    s.writeBiases(0, Arrays.stream(biases).map(b -> b / net.biasStep()[1]).toArray());
                    s.run(0, 5);
                    double[] found = energies(image, s);
                    first = first == null ? found : first;
                    assertArrayEquals(first, found, "seed " + seed);
                    times(s, log.take(), timing, seed);
                }
            }
        }
    }

    private static double[] energies(ChipImage image, Simulation s) {
        EventCounters all = s.counters();
        EnergyReport run = EnergyModel.price(all, CostProfiles.preset("loihi-davies2018"), image.chips(), 1e-3, 1);
        EnergyBreakdown parts = EnergyBreakdown.of(image, s.coreCounters(), all, CostProfiles.preset("loihi-davies2018"), run, 1);
        double cores = parts.cores().stream().mapToDouble(p -> p.energy().dynamicJ()).sum();
        double layers = parts.layers().stream().mapToDouble(p -> p.energy().dynamicJ()).sum();
        assertEquals(run.dynamicJ(), cores + parts.system().dynamicJ(), 1e-12 * run.dynamicJ());
        assertEquals(cores, layers, 1e-12 * run.dynamicJ());
        assertEquals(run.staticJ(), parts.staticPerCoreJ() * image.chips() * image.chip().coresPerChip(), 1e-12 * run.staticJ());
        assertEquals(image.cores().size(), parts.layers().stream().mapToInt(EnergyBreakdown.Part::core).sum());
        assertEquals(all.spikes, Arrays.stream(s.coreCounters()).mapToLong(c -> c.spikes).sum());
        return parts.cores().stream().mapToDouble(p -> p.energy().dynamicJ()).toArray();
    }

    private static void times(Simulation s, List<StepLog.Row> rows, Timing timing, long seed) {
        assertEquals(s.times().totalPs, rows.stream().mapToLong(StepLog.Row::totalPs).sum(), "seed " + seed);
        long[] bound = new long[s.times().stepsBoundBy.length];
        for (StepLog.Row r : rows) {
            bound[r.bound().ordinal()]++;
            long computing = 0;
            for (Stage stage : Stage.values()) {
                assertTrue(r.stagesPs()[stage.ordinal()] >= 0, "seed " + seed + " " + stage);
                computing += stage.isReceiving() ? 0 : r.stagesPs()[stage.ordinal()];
            }
            assertEquals(r.computePs(), computing, "seed " + seed + " step " + r.step());
            long decode = r.stagesPs()[Stage.DECODE.ordinal()];
            long fetch = r.stagesPs()[Stage.FETCH.ordinal()];
            long add = r.stagesPs()[Stage.ACCUMULATE.ordinal()];
            assertTrue(r.receivePs() >= decode + Math.max(fetch, add), "seed " + seed + " step " + r.step());
            assertTrue(timing.network() != null || r.receivePs() <= decode + fetch + add, "seed " + seed + " step " + r.step());
        }
        assertArrayEquals(s.times().stepsBoundBy, bound, "seed " + seed);
    }
}
