package org.axongrid.mapper.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shapes by PyTorch's arithmetic, and everything wrong with a file in one message. */
class NirShapesTest {
    @TempDir
    Path folder;

    private static int[] conv(HdfData weight, Object padding, int stride, int dilation, int groups, long... map) {
        return NirShapes.of(new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(map)).conv("c", weight, padding, stride, dilation, groups)
            .chain("input", "c").graph()).of("c");
    }

    @Test
    void convolutions() {
        // The reference implementation takes one extent of the kernel for both axes and gives 6 x 6.
        assertArrayEquals(new int[] {4, 6, 4}, conv(Nodes.reals(4, 2, 3, 5), Nodes.of(0, 0), 1, 1, 1, 2, 8, 8));
        assertArrayEquals(new int[] {4, 3, 2}, conv(Nodes.reals(4, 2, 3, 5), Nodes.of(0, 0), 2, 1, 1, 2, 8, 8));
        assertArrayEquals(new int[] {4, 8, 8}, conv(Nodes.reals(4, 2, 3, 5), "same", 1, 1, 1, 2, 8, 8));
        assertArrayEquals(new int[] {4, 8, 8}, conv(Nodes.reals(4, 2, 2, 4), "same", 1, 3, 1, 2, 8, 8));
        assertArrayEquals(new int[] {4, 7, 5}, conv(Nodes.reals(4, 2, 2, 4), "valid", 1, 1, 1, 2, 8, 8));
        assertArrayEquals(new int[] {4, 6, 2}, conv(Nodes.reals(4, 2, 3, 5), Nodes.of(1, 1), 1, 2, 1, 2, 8, 8));
        // It also takes the weight's second extent for the channels, and refuses groups.
        assertArrayEquals(new int[] {6, 8, 8}, conv(Nodes.reals(6, 1, 3, 3), Nodes.of(1, 1), 1, 1, 3, 3, 8, 8));
        assertTrue(assertThrows(InvalidInputException.class, () -> conv(Nodes.reals(6, 1, 3, 3), Nodes.of(1, 1), 1, 1, 2, 3, 8, 8)).getMessage()
            .contains("2 channels and 2 further axes are expected"));
        assertThrows(InvalidInputException.class, () -> conv(Nodes.reals(4, 2, 9, 3), Nodes.of(0, 0), 1, 1, 1, 2, 8, 8));
    }

    @Test
    void outputOfAnotherRankIsARemark() {
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(1, 1, 1)).add("output", NirType.OUTPUT, "shape", Nodes.of(1))
            .chain("input", "output");
        assertEquals(1, NirShapes.of(n.graph()).warnings().size());
        n.add("output", NirType.OUTPUT, "shape", Nodes.of(2));
        assertTrue(assertThrows(InvalidInputException.class, () -> NirShapes.of(n.graph())).getMessage().contains("takes [2]"));
    }

    @Test
    void allContradictionsAtOnce() {
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(3)).add("a", NirType.LINEAR, "weight", Nodes.reals(4, 3))
            .add("s", NirType.SCALE, "scale", Nodes.reals(5)).add("b", NirType.AFFINE, "weight", Nodes.reals(2, 7), "bias", Nodes.reals(2))
            .add("lost", NirType.FLATTEN, "start_dim", 0, "end_dim", -1).chain("input", "a", "s", "b");
        String message = assertThrows(InvalidInputException.class, () -> NirShapes.of(n.graph())).getMessage();
        assertTrue(message.contains("'lost'"), message);
        n.nodes.remove("lost");
        String second = assertThrows(InvalidInputException.class, () -> NirShapes.of(n.graph())).getMessage();
        assertTrue(second.contains("Scale 's' takes [5]") && second.contains("Affine 'b' takes [7]"), second);
    }

    @Test
    void goldenFileWithACycle() throws Exception {
        NirShapes shapes = NirShapes.of(NirReader.read(NirRoundTripTest.resource(folder, "all_nodes_v1.nir")).graph());
        assertArrayEquals(new int[] {6}, shapes.of("block"));
        assertArrayEquals(new int[] {6}, shapes.within("block").of("rec"));
        assertArrayEquals(new int[] {4}, shapes.of("thr"));
        assertTrue(String.join("\n", NirText.of(NirReader.read(folder.resolve("all_nodes_v1.nir")))).contains("CubaLIF"));
    }

    private static HdfGroup group(Object... pairs) {
        Map<String, HdfEntry> entries = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put((String) pairs[i], pairs[i + 1] instanceof String s ? HdfData.text(s) : (HdfEntry) pairs[i + 1]);
        }
        return HdfGroup.of(entries);
    }

    @Test
    void malformedFiles() {
        HdfGroup good = group("type", "Scale", "scale", Nodes.reals(2), "colour", "red");
        HdfGroup nodes = group("a", group("type", "MaxPool2d"), "b", group("type", "Spiking"), "c", group("type", "LIF", "tau", Nodes.vector(1, Double.NaN)),
            "d", good, "e", group("weight", Nodes.reals(1)), "f", group("type", "Affine", "weight", "heavy", "bias", Nodes.reals(1)));
        HdfData edges = HdfData.of(new int[] {2, 2}, new String[] {"d", "gone", "also gone", "d"});
        String message = assertThrows(InvalidInputException.class,
            () -> NirReader.of(group("version", "1.0", "node", group("type", "NIRGraph", "nodes", nodes, "edges", edges)))).getMessage();
        for (String part : List.of("/node/nodes/a: unknown type 'MaxPool2d'", "unknown type 'Spiking'", "LIF without v_threshold", "value 1 is NaN",
            "/node/nodes/e: no type", "'gone' that does not exist", "'also gone'", "weight: text, expected numbers")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
        HdfGroup node = group("type", "NIRGraph", "nodes", group("d", good), "edges", HdfData.of(new int[] {0}, new double[0]));
        NirFile file = NirReader.of(group("node", node));
        assertEquals("unknown", file.version());
        assertTrue(file.notes().stream().anyMatch(x -> x.contains("no field colour")), file.notes().toString());
        assertTrue(assertThrows(InvalidInputException.class, () -> NirReader.of(group("layer", group()))).getMessage().contains("netx"));
        assertTrue(assertThrows(InvalidInputException.class, () -> NirReader.of(group("node", good))).getMessage().contains("expected NIRGraph"));
    }
}
