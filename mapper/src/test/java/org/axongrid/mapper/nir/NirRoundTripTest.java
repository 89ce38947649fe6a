package org.axongrid.mapper.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.axongrid.mapper.hdf.HdfData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back identical, and laid out as the reference implementation lays out its own files. */
class NirRoundTripTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 16);
    }

    static Path resource(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = NirRoundTripTest.class.getResourceAsStream("/nir/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomGraphs(long seed) throws IOException {
        NirGraph graph = RandomGraphs.graph(new Random(seed), (int) (seed % 3));
        Path file = folder.resolve("g.nir");
        byte[] bytes = NirWriter.bytes(graph);
        Files.write(file, bytes);
        NirFile back = NirReader.read(file);
        assertEquals(graph, back.graph());
        assertEquals(NirFile.WRITTEN, back.version());
        assertTrue(back.notes().isEmpty(), () -> back.notes().toString());
        assertArrayEquals(bytes, NirWriter.bytes(back.graph()), "equal graphs give equal bytes");
    }

    /** The golden files were written by nir 1.0 itself: each of our datasets has the type, extents, layout and filters of theirs. */
    @ParameterizedTest
    @ValueSource(strings = {"all_nodes_v1.nir", "qcfs_cnn_v1.nir"})
    void layoutIsTheReferencesOwn(String name) throws IOException {
        Path golden = resource(folder, name);
        Path ours = folder.resolve("ours.nir");
        Files.write(ours, NirWriter.bytes(NirReader.read(golden).graph()));
        Map<String, String> expected = layout(golden);
        assertTrue(expected.size() > 30);
        assertEquals(expected, layout(ours));
        byte[] a = Files.readAllBytes(golden);
        byte[] b = Files.readAllBytes(ours);
        // Signature, versions of superblock and its parts, sizes of addresses and lengths, K of leaves and nodes, flags, base address, no free space.
        assertArrayEquals(Arrays.copyOf(a, 40), Arrays.copyOf(b, 40));
    }

    private static Map<String, String> layout(Path file) {
        Map<String, String> out = new TreeMap<>();
        try (HdfFile hdf = new HdfFile(file)) {
            assertTrue(hdf.getAttributes().isEmpty());
            walk(hdf, "", out);
        }
        return out;
    }

    private static void walk(Group group, String at, Map<String, String> out) {
        for (Node node : group.getChildren().values()) {
            String path = at + "/" + node.getName();
            assertTrue(node.getAttributes().isEmpty(), path);
            if (node instanceof Group inner) {
                walk(inner, path, out);
            } else {
                Dataset d = (Dataset) node;
                out.put(path, type(d.getDataType()) + " " + Arrays.toString(d.getDimensions()) + Arrays.toString(d.getMaxSize()) + " " + d.isScalar() + " "
                    + d.getDataLayout() + " " + d.getFilters());
            }
        }
    }

    private static String type(DataType type) {
        String text = type.getVersion() + "/" + type.getDataClass() + "/" + type.getSize();
        return type instanceof VariableLength v ? text + "/" + v.isVariableLengthString() + "/" + v.getEncoding() + "/" + v.getPaddingType()
            : type instanceof FixedPoint f ? text + "/" + f.isSigned() + "/" + f.getByteOrder() + "/" + f.getBitPrecision() : text;
    }

    @Test
    void oldVersionLeavesFieldsOut() throws IOException {
        NirFile old = NirReader.read(resource(folder, "lif_norse.nir"));
        assertEquals("0.1.1", old.version());
        NirNode lif = old.graph().nodes().get("1");
        assertEquals(NirType.LIF, lif.type());
        assertEquals(null, lif.field("v_reset"));
        assertEquals(HdfData.of(new int[] {1}, new float[] {0.0025f}), lif.field("tau"));
    }
}
