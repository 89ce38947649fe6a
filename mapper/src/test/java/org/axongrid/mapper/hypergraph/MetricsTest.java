package org.axongrid.mapper.hypergraph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.axongrid.mapper.reference.SharedFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreeWithTheirDefinitions(long seed) {
        Hypergraph g = RandomHypergraphs.of(seed);
        Random random = new Random(seed);
        int[] part = random.ints(g.vertices(), 0, 1 + random.nextInt(12)).toArray();
        int cores = PartitionMetrics.compact(part);
        Mesh mesh = new Mesh(4, 3);
        int[] tile = random.ints(0, mesh.tiles()).distinct().limit(cores).toArray();
        NaiveMetrics naive = new NaiveMetrics(g, part, tile, mesh);
        PartitionMetrics m = PartitionMetrics.of(g, part);
        assertEquals(naive.neurons.size(), m.cores());
        assertEquals(NaiveMetrics.max(naive.neurons), m.maxNeurons());
        assertEquals(naive.packets, m.packets());
        assertEquals(naive.local, m.localDeliveries());
        assertEquals(naive.cut, m.cutRate());
        assertEquals(naive.unicast, m.unicast());
        assertEquals(NaiveMetrics.max(naive.in), m.maxInAxons());
        assertEquals(NaiveMetrics.sum(naive.in), m.sumInAxons());
        assertEquals(NaiveMetrics.max(naive.out), m.maxOutAxons());
        assertEquals(NaiveMetrics.sum(naive.out), m.sumOutAxons());
        assertEquals(NaiveMetrics.max(naive.synapses), m.maxSynapses());
        CoreTraffic traffic = CoreTraffic.of(g, part, cores);
        assertEquals(naive.packets, traffic.total());
        PlacementMetrics placed = PlacementMetrics.of(traffic, tile, mesh);
        assertEquals(naive.hops, placed.hopPackets());
        assertEquals(naive.hops, Arrays.stream(PlacementMetrics.linkLoads(traffic, tile, mesh)).sum(), "a hop is a link");
    }

    /** What {@code score.py} prints for the stored partitions, cores row by row on the smallest square mesh. */
    @ParameterizedTest
    @CsvSource({
        "ff8192_dense.256.seq-raster, 32, 256, 1.0, 788883, 0, 788883, 201954048, 256, 7936, 256, 7936, 65536, 1425613, 1.8071, 6, 1647062.6, 28077, 11880.1",
        "ff8192_sparse.256.sa-seq-raster, 32, 256, 1.0, 2738297, 24758, 717804, 22887573, 1004, 28210, 1012, 27964, 8403, 7640357, 2.7902, 6, 8678222.4, 220405, 63669.6",
        "lenet_mnist.1024.kahypar-eco, 9, 1016, 0.9709, 256005, 826324, 170206, 22487042, 2036, 10550, 628, 2785, 151480, 478595, 1.8695, 4, 552055.0, 64772, 19941.5",
        "lenet_mnist.256.kahypar-eco, 36, 254, 0.9709, 498130, 761228, 255876, 33295125, 708, 12259, 315, 5305, 59024, 1435995, 2.8828, 9, 1629407.5, 35045, 11966.6",
        "lenet_mnist.256.sa-kahypar, 36, 254, 0.9709, 496964, 759454, 258419, 32091079, 692, 12244, 317, 5308, 59008, 1447597, 2.9129, 8, 1642053.1, 39182, 12063.3",
        "reservoir_2197.128.kahypar, 18, 126, 0.9687, 1050499, 203289, 215982, 2285259, 1025, 14481, 796, 12536, 2160, 2932815, 2.7918, 7, 3331146.4, 100352, 47303.5",
        "reservoir_2197.128.sa126-scotch, 18, 126, 0.9687, 896614, 213311, 218053, 1944307, 798, 12557, 694, 10468, 2018, 2535945, 2.8284, 7, 2879200.9, 75388, 40902.3",
        "reservoir_2197.256.sa-metis-cut, 9, 256, 0.9536, 648840, 214740, 212855, 1680402, 1160, 9784, 911, 7668, 3707, 1259740, 1.9415, 4, 1450598.0, 60674, 52489.2",
        "resnet20_cifar_b16.1024.kahypar-eco, 193, 1022, 0.9709, 24657525, 13395215, 15189079, 2393323916, 6912, 384731, 2688, 251173, 563968, 135360093, 5.4896, 25, 151361854.8, 900114, 185934.2",
        "resnet20_cifar_b16.4096.sa-metis-vol, 49, 4096, 0.9541, 15878895, 17379108, 11617848, 1187790810, 12816, 334666, 6336, 160650, 1942528, 52452453, 3.3033, 11, 59285587.8, 844040, 312217.0",
        "vgg16_cifar_b64.1024.kahypar-eco, 282, 1024, 0.9717, 98853995, 9272496, 27652452, 37977555176, 22016, 1086384, 8768, 994687, 7929856, 714111463, 7.2239, 29, 795408008.8, 3133416, 656352.4",
        "vgg16_cifar_b64.1024.sa2, 276, 1024, 0.9928, 72500936, 6392887, 27443057, 38603920388, 9216, 792646, 7168, 729261, 8388608, 542202703, 7.4786, 23, 603673066.9, 2707130, 498348.1",
        "vgg16_cifar_b64.4096.sa-seq-hilbert-lb, 70, 4096, 0.9786, 36526678, 6982418, 24623357, 36774012544, 13824, 437159, 7680, 367850, 26214400, 152897402, 4.1859, 12, 171839810.0, 2690704, 601958.3"
    })
    void agreeWithTheSharedScorer(String name, int cores, long maxNeurons, double utilisation, long packets, long local, long cut, long unicast,
                                  long maxIn, long sumIn, long maxOut, long sumOut, long synapses, long hops, double meanHops, int maxHops,
                                  double energy, long maxLink, double meanLink) {
        String instance = name.substring(0, name.indexOf('.'));
        Path folder = SharedFiles.require("golden/mapping");
        Hypergraph g = HypergraphFile.read(folder.resolve(instance + ".hgr.gz"));
        int[] part = PartFile.read(folder.resolve("best").resolve(name + ".part.gz"), g.vertices());
        PartitionMetrics m = PartitionMetrics.of(g, part);
        assertEquals(new PartitionMetrics(cores, maxNeurons, g.totalWeight(), packets, local, cut, unicast, maxIn, sumIn, maxOut, sumOut, synapses),
            m);
        assertEquals(utilisation, m.meanUtilisationOfMax(), 5e-5);
        int k = Arrays.stream(part).max().orElse(0) + 1;
        Mesh mesh = Mesh.holding(k);
        int[] tile = new int[k];
        Arrays.setAll(tile, c -> c);
        PlacementMetrics placed = PlacementMetrics.of(CoreTraffic.of(g, part, k), tile, mesh);
        assertEquals(hops, placed.hopPackets());
        assertEquals(meanHops, placed.meanHops(), 5e-5);
        assertEquals(maxHops, placed.maxHops());
        assertEquals(energy, placed.energyJin(), 0.06);
        assertEquals(maxLink, placed.maxLink());
        assertEquals(meanLink, placed.meanLink(), 0.06);
    }
}
