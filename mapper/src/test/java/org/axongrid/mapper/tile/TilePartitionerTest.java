package org.axongrid.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.balance.BalancedPartitioner;
import org.axongrid.mapper.balance.CoreLoad;
import org.axongrid.mapper.balance.WorkTimes;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.network.NetworkHypergraph;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.PartitionUse;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.partition.SequentialPartitioner;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.RandomNetworks;
import org.axongrid.mapper.synthetic.SyntheticNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms against counting, the dynamic programme against trying everything, and the limits. The seed is the test's argument. */
class TilePartitionerTest {
    private static final ChipSpec LOIHI = ChipSpecs.preset("loihi");

    private static QuantisedNetwork quantised(Network network, ChipSpec chip) {
        return Quantiser.quantise(QcfsConversion.convert(network), Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
    }

    private static int[][] rates(Network network, Random random) {
        int[][] rates = new int[network.populations().size()][];
        for (int p = 1; p < rates.length; p++) {
            rates[p] = random.ints(network.populations().get(p).shape().size(), 1, 200).toArray();
        }
        return rates;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void packetsInClosedFormAreThoseThatAreCounted(long seed) {
        Random random = new Random(seed);
        Network network = RandomNetworks.network(random);
        ChipSpec chip = LOIHI.with(ChipParameter.COMPARTMENTS, 8 + random.nextInt(60));
        QuantisedNetwork net = quantised(network, chip);
        int[][] rates = random.nextBoolean() ? null : rates(network, random);
        Reach[] reach = network.projections().stream().map(p -> new Reach(p, chip)).toArray(Reach[]::new);
        TileChoices choices = new TileChoices(net, chip, NeuronModel.of(net, chip), rates, reach);
        int[] chunk = new int[network.populations().size()];
        chunk[0] = network.input().shape().channels();
        List<CorePiece> pieces = new ArrayList<>();
        double[] expected = new double[chunk.length];
        for (int p = 1; p < chunk.length; p++) {
            List<TileBox> boxes = choices.of(p);
            assertTrue(!boxes.isEmpty(), "population " + p);
            TileBox box = boxes.get(random.nextInt(boxes.size()));
            chunk[p] = box.chunk();
            for (int row = 0; row < box.rows(); row++) {
                for (int column = 0; column < box.columns(); column++) {
                    for (int first = 0; first < network.populations().get(p).shape().channels(); first += box.chunk()) {
                        pieces.add(TilePartitioner.piece(network.populations().get(p).shape(), p, box, row, column, first));
                    }
                }
            }
            expected[p] = box.packets();
        }
        boolean simple = network.projections().stream().filter(q -> !network.isAnalog(q)).allMatch(q -> q.groups() == 1);
        double[] counted = counted(network, pieces, rates);
        for (int p = 1; p < chunk.length; p++) {
            // Two projections between the same cores are counted as if they were apart; channel rates of groups as if they were alike.
            if (simple || rates == null) {
                assertEquals(counted[p], expected[p], 1e-6 * counted[p] + 1e-6, "population " + p);
            }
        }
        if (simple) {
            NetworkHypergraph graph = new NetworkHypergraph(network, chunk, rates);
            assertEquals(PartitionMetrics.of(graph.graph(), graph.partOf(pieces)).packets(), Arrays.stream(expected).sum(), 1e-6 + 1e-6 * Arrays.stream(expected).sum());
        }
    }

    /** Neuron by neuron: packets that a population's cores receive. */
    private static double[] counted(Network network, List<CorePiece> pieces, int[][] rates) {
        double[] packets = new double[network.populations().size()];
        for (Projection q : network.projections()) {
            if (network.isAnalog(q)) {
                continue;
            }
            for (int s = 0; s < q.sourceShape().positions(); s++) {
                for (int ci = 0; ci < q.sourceShape().channels(); ci++) {
                    Set<Integer> cores = new HashSet<>();
                    int channel = ci;
                    q.forEachTap(s / q.sourceShape().width(), s % q.sourceShape().width(), (target, ky, kx) -> {
                        for (int c = 0; c < pieces.size(); c++) {
                            CorePiece piece = pieces.get(c);
                            int low = q.firstOutChannel(channel);
                            if (piece.population() == q.target() && low < piece.firstChannel() + piece.channels()
                                && low + q.outPerGroup() > piece.firstChannel() && Arrays.binarySearch(piece.positions(), target) >= 0) {
                                cores.add(c);
                            }
                        }
                    });
                    packets[q.target()] += (double) cores.size() * (rates == null ? 100 : rates[q.source()][s * q.sourceShape().channels() + ci]);
                }
            }
        }
        return packets;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theDynamicProgrammeFindsTheOptimum(long seed) {
        Random random = new Random(seed);
        Network network = RandomNetworks.network(random);
        // Axon limits so tight that neighbours matter.
        ChipSpec chip = LOIHI.with(ChipParameter.COMPARTMENTS, 40).with(ChipParameter.INPUT_AXONS, 20 + random.nextInt(60))
            .with(ChipParameter.OUTPUT_AXONS, 40 + random.nextInt(200));
        QuantisedNetwork net = quantised(network, chip);
        Reach[] reach = network.projections().stream().map(p -> new Reach(p, chip)).toArray(Reach[]::new);
        TileChoices all = new TileChoices(net, chip, NeuronModel.of(net, chip), null, reach);
        List<List<TileBox>> choices = new ArrayList<>(List.of(List.of()));
        for (int p = 1; p < network.populations().size(); p++) {
            List<TileBox> boxes = new ArrayList<>(all.of(p));
            while (boxes.size() > 5) {
                boxes.remove(random.nextInt(boxes.size()));
            }
            choices.add(boxes);
        }
        TilePlan plan = new TilePlan(network, chip, NeuronModel.of(net, chip), reach, choices, false);
        boolean[][] banned = choices.stream().map(c -> new boolean[c.size()]).toArray(boolean[][]::new);
        int[] found = plan.best(banned, 100);
        int[] choice = new int[choices.size()];
        double least = Double.POSITIVE_INFINITY;
        do {
            double cost = 0;
            boolean fits = true;
            for (int p = choice.length - 1; p >= 1; p--) {
                cost += choices.get(p).get(choice[p]).packets() + 100.0 * choices.get(p).get(choice[p]).cores();
                fits &= axons(network, chip, reach, choices, choice, p, true) <= chip.get(ChipParameter.OUTPUT_AXONS)
                    && axons(network, chip, reach, choices, choice, p, false) <= chip.get(ChipParameter.INPUT_AXONS);
            }
            least = fits ? Math.min(least, cost) : least;
        } while (next(choice, choices));
        if (found == null) {
            assertEquals(Double.POSITIVE_INFINITY, least);
            return;
        }
        double cost = 0;
        for (int p = 1; p < found.length; p++) {
            cost += choices.get(p).get(found[p]).packets() + 100.0 * choices.get(p).get(found[p]).cores();
        }
        assertEquals(least, cost, 1e-6 * least);
    }

    private static long axons(Network network, ChipSpec chip, Reach[] reach, List<List<TileBox>> choices, int[] choice, int p, boolean out) {
        long sum = 0;
        for (int i = 0; i < reach.length; i++) {
            Projection q = network.projections().get(i);
            if (network.isAnalog(q) || (out ? q.source() : q.target()) != p) {
                continue;
            }
            TileBox from = choices.get(q.source()).get(choice[q.source()]);
            TileBox to = choices.get(q.target()).get(choice[q.target()]);
            sum += out ? reach[i].outputAxons(from, to, false) : reach[i].inputAxons(from, to);
        }
        return sum;
    }

    private static boolean next(int[] choice, List<List<TileBox>> choices) {
        for (int p = 1; p < choice.length; p++) {
            if (++choice[p] < choices.get(p).size()) {
                return true;
            }
            choice[p] = 0;
        }
        return false;
    }

    @Test
    void aResidualNetworkFitsWithEveryLimitAndFewerPackets() {
        Network network = SyntheticNetworks.resnet(new int[] {1, 2, 2}, 32, 16, 10);
        for (ChipSpec chip : List.of(LOIHI, ChipSpecs.preset("loihi2").with(ChipParameter.COMPARTMENTS, 512), LOIHI.with(ChipParameter.COMPARTMENTS, 128))) {
            QuantisedNetwork net = quantised(network, chip);
            NeuronModel neurons = NeuronModel.of(net, chip);
            Partition tiles = new TilePartitioner(net, chip, neurons, null).partition();
            assertNotNull(tiles);
            assertEquals(List.of(), PartitionUse.of(net, chip, neurons, tiles, tiles.cores().size() > chip.coresPerChip()).violated());
            boolean[][] seen = network.populations().stream().map(p -> new boolean[p.shape().size()]).toArray(boolean[][]::new);
            for (CorePiece piece : tiles.cores()) {
                int channels = network.populations().get(piece.population()).shape().channels();
                for (int position : piece.positions()) {
                    for (int c = piece.firstChannel(); c < piece.firstChannel() + piece.channels(); c++) {
                        assertTrue(!seen[piece.population()][position * channels + c], "a neuron twice");
                        seen[piece.population()][position * channels + c] = true;
                    }
                }
            }
            for (int p = 1; p < seen.length; p++) {
                boolean[] whole = new boolean[seen[p].length];
                Arrays.fill(whole, true);
                assertArrayEquals(whole, seen[p]);
            }
            Partition raster = new SequentialPartitioner(net, chip, neurons, PositionOrder.RASTER, 1).partition();
            assertTrue(packets(network, tiles) <= 1.05 * packets(network, raster), packets(network, tiles) + " and " + packets(network, raster));
            assertEquals(tiles.cores().toString(), tiles.cores().toString());
        }
    }

    private static long packets(Network network, Partition partition) {
        NetworkHypergraph graph = new NetworkHypergraph(network, partition.chunk(), null);
        return PartitionMetrics.of(graph.graph(), graph.partOf(partition.cores())).packets();
    }

    @Test
    void balancedSpreadsTheBusiestLayers() {
        Network network = SyntheticNetworks.resnet(new int[] {1, 1}, 32, 8, 10);
        QuantisedNetwork net = quantised(network, LOIHI);
        NeuronModel neurons = NeuronModel.of(net, LOIHI);
        int[][] rates = rates(network, new Random(5));
        Partition start = new SequentialPartitioner(net, LOIHI, neurons, PositionOrder.HILBERT, 1).partition();
        double before = load(network, start, rates);
        double known = before;
        for (int cores : new int[] {start.cores().size(), 60, 128}) {
            Partition balanced = new BalancedPartitioner(net, LOIHI, neurons, rates).partition(start, cores);
            assertTrue(balanced.cores().size() <= cores, balanced.cores().size() + " cores");
            assertEquals(List.of(), PartitionUse.of(net, LOIHI, neurons, balanced, false).violated());
            double load = load(network, balanced, rates);
            assertTrue(load <= known, load + " after " + known);
            known = load;
        }
        assertTrue(known < before / 3, known + " and " + before);
    }

    private static double load(Network network, Partition partition, int[][] rates) {
        return CoreLoad.of(network, partition.chunk(), partition.cores(), rates, 100, WorkTimes.of(LOIHI)).busiest();
    }

    @Test
    void theSyntheticResidualNetworkHasThePublishedShape() {
        Network network = SyntheticNetworks.resnet(new int[] {3, 4, 6, 3}, 224, 4, 1000);
        // A sixteenth of the channels of ResNet-34, the same maps: 16 times the neurons and the readout's 1000.
        long hidden = network.populations().stream().skip(1).mapToLong(p -> p.shape().size()).sum() - 1000;
        assertEquals(3_562_496, 16 * hidden);
        assertEquals(33 + 1, network.populations().stream().skip(1).map(Population::name).distinct().count());
    }
}
