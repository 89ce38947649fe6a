package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.codegen.ImageBuilder;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.VertexCoordinates;
import org.axongrid.mapper.hypergraph.network.ImportedPartition;
import org.axongrid.mapper.hypergraph.network.NetworkHypergraph;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition of a network's hypergraph from elsewhere, however senseless, changes no membrane and no spike. */
class ImportedPartitionTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void changesNoSpike(long seed) {
        Random random = new Random(seed);
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, 64 + random.nextInt(100)).with(ChipParameter.CHIPS_MAX, 16384);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        NeuronModel neurons = NeuronModel.of(net, chip);
        Partition frame = new SearchPartitioner(net, chip, neurons, null).frame();
        NetworkHypergraph graph = new NetworkHypergraph(network, frame.chunk(), null);
        int cores = 3 * frame.cores().size() + random.nextInt(8);
        // Numbers with gaps, cores with several populations.
        int[] part = random.ints(graph.graph().vertices(), 0, cores).map(c -> 5 * c).toArray();
        ImportedPartition imported = ImportedPartition.of(part, graph, frame);
        List<CorePiece> pieces = imported.partition().cores();
        assertEquals(Arrays.stream(part).distinct().count(), imported.cores(), "seed " + seed);
        assertTrue(imported.split() <= imported.cores() && imported.cores() + imported.split() <= pieces.size(),
            "seed " + seed);
        assertEquals(graph.graph().totalWeight(), pieces.stream().mapToLong(CorePiece::compartments).sum(), "seed " + seed);
        Placement placement = Placer.of("random").place(pieces.size(), chip, 16384, seed);
        ChipImage image = ImageBuilder.build(net, chip, neurons, imported.partition(), placement);
        assertEquals(List.of(), ChipImageValidator.problems(image), "seed " + seed);
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed));
        ChipEqualsOracleTest.compare(net, image, biases, ChipEqualsOracleTest.expected(net, biases), 1 + (int) (seed % 2), "seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aPartitionThatFitsComesBack(long seed) {
        Network network = RandomNetworks.of(seed);
        ChipSpec chip = ChipSpecs.preset("loihi");
        QuantisedNetwork net = Quantiser.quantise(QcfsConversion.convert(network), Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        Partition frame = new SearchPartitioner(net, chip, NeuronModel.of(net, chip), null).frame();
        NetworkHypergraph graph = new NetworkHypergraph(network, frame.chunk(), null);
        ImportedPartition imported = ImportedPartition.of(graph.partOf(frame.cores()), graph, frame);
        assertEquals(0, imported.split());
        assertEquals(frame.cores().size(), imported.partition().cores().size());
        for (int c = 0; c < frame.cores().size(); c++) {
            CorePiece own = frame.cores().get(c);
            CorePiece read = imported.partition().cores().get(c);
            assertEquals(List.of(own.population(), own.firstChannel(), own.channels()), List.of(read.population(), read.firstChannel(), read.channels()));
            assertEquals(Arrays.toString(own.positions()), Arrays.toString(read.positions()));
        }
        VertexCoordinates at = graph.coordinates(network);
        for (int v = 0; v < graph.graph().vertices(); v++) {
            CorePiece piece = frame.cores().get(graph.partOf(frame.cores())[v]);
            int width = network.populations().get(at.layer()[v]).shape().width();
            assertEquals(piece.population(), at.layer()[v]);
            assertTrue(Arrays.binarySearch(piece.positions(), at.y()[v] * width + at.x()[v]) >= 0);
        }
    }
}
