package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.mapping.CrossbarMapping;
import org.axongrid.cli.mapping.CrossbarReport;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.truenorth.CrossbarPartition;
import org.junit.jupiter.api.Test;

/** Mappings onto crossbar cores side by side: with rates, emulated, as pictures and as files. */
class CrossbarMappingTest {
    private static final long SEED = 3;

    @Test
    void rowsOfAllStrategies() {
        Network network = RandomNetworks.of(SEED);
        ChipSpec chip = ChipSpecs.preset("truenorth").with(ChipParameter.MESH_WIDTH, 2).with(ChipParameter.MESH_HEIGHT, 2)
            .with(ChipParameter.ADDRESS_REACH, 1 << 16).with(ChipParameter.CHIPS_MAX, 16384);
        List<CrossbarMapping.Row> uniform = rows(network, chip, null);
        List<CrossbarMapping.Row> measured = rows(network, chip, images(network));
        assertEquals(2 * CrossbarPartition.names().size(), uniform.size());
        int neurons = network.populations().stream().skip(1).mapToInt(p -> p.shape().size()).sum();
        for (int i = 0; i < uniform.size(); i++) {
            CrossbarMapping.Row row = uniform.get(i);
            String place = row.strategy() + ", " + row.placer();
            assertEquals(List.of(), row.violated(), place);
            assertEquals(neurons, row.part().length, place);
            assertTrue(Arrays.stream(row.part()).allMatch(c -> c >= -1 && c < row.cores()), place);
            assertEquals(row.cores(), Arrays.stream(row.tile()).distinct().count(), place);
            assertEquals(100 * row.use().lines(), row.costs().packets() + 100 * within(row), place);
            assertTrue(row.emulated().longestStep() > 0 && row.emulated().overruns() == 0 && row.emulated().dynamicPerImage() > 0, place);
            assertNotEquals(row.costs().packets(), measured.get(i).costs().packets(), place);
            if (i % 2 == 1) {
                assertTrue(cost(row) <= cost(uniform.get(i - 1)), place + ": no worse than a fixed order");
                assertTrue(cost(measured.get(i)) <= cost(measured.get(i - 1)), place + ": no worse than a fixed order by measured rates");
            }
        }
        assertTrue(uniform.get(1).chips() > 1, "on several chips");
        String table = CrossbarReport.table(uniform);
        assertTrue(table.contains("emulated, cycle mode") && table.contains(CrossbarPartition.OVERLAP), table);
        assertEquals(row(uniform).costs().hopPackets(), CrossbarReport.figures(row(uniform)).get("hop_packets"));
        String svg = mapping(network, chip, null).picture(row(uniform));
        assertTrue(svg.startsWith("<svg") && svg.strip().endsWith("</svg>"));
    }

    private static CrossbarMapping.Row row(List<CrossbarMapping.Row> rows) {
        return CrossbarMapping.best(rows);
    }

    /** Packets that stay on their core. */
    private static long within(CrossbarMapping.Row row) {
        return row.use().lines() - row.traffic().total() / 100;
    }

    private static long cost(CrossbarMapping.Row row) {
        return row.costs().hopPackets() + 10 * row.crossings();
    }

    private static List<CrossbarMapping.Row> rows(Network network, ChipSpec chip, DataSet measured) {
        return mapping(network, chip, measured).run();
    }

    private static CrossbarMapping mapping(Network network, ChipSpec chip, DataSet measured) {
        CrossbarMapping.Options options = new CrossbarMapping.Options(Path.of("none"), chip, 0, 3, CrossbarPartition.names(), List.of("hilbert", "auto"),
            null, 2, 4, 1, 1, 0.1, null, 1, 10);
        return new CrossbarMapping(options, network, QcfsConversion.convert(network), measured, images(network));
    }

    private static DataSet images(Network network) {
        return new DataSet() {
            @Override
            public String name() {
                return "random";
            }

            @Override
            public Shape shape() {
                return network.input().shape();
            }

            @Override
            public int size() {
                return 2;
            }

            @Override
            public boolean labelled() {
                return false;
            }

            @Override
            public int label(int index) {
                return -1;
            }

            @Override
            public void image(int index, double[] channelsLast) {
                System.arraycopy(RandomNetworks.image(network, index), 0, channelsLast, 0, channelsLast.length);
            }
        };
    }
}
