package org.axongrid.mapper.hypergraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
    @TempDir
    Path folder;

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("x.hgr"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsWrittenIsRead(long seed) throws IOException {
        Hypergraph g = RandomHypergraphs.of(seed);
        Path packed = folder.resolve("x.hgr.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(RandomHypergraphs.text(g).getBytes(StandardCharsets.US_ASCII));
        }
        for (Path path : new Path[] {packed, file(RandomHypergraphs.text(g).replace("\n", " \r\n\n"))}) {
            Hypergraph read = HypergraphFile.read(path);
            assertEquals(RandomHypergraphs.text(g), RandomHypergraphs.text(read));
        }
        StringBuilder written = new StringBuilder();
        HypergraphFile.write(g, written);
        assertEquals(RandomHypergraphs.text(g), RandomHypergraphs.text(HypergraphFile.read(file(written.toString()))));
    }

    @Test
    void formatsWithoutWeights() {
        Hypergraph g = HypergraphFile.read(file("2 3\n1 2\n3 1 2\n"));
        assertEquals(1, g.rate(0));
        assertEquals(1, g.weight(2));
        assertEquals(2, g.source(1));
        assertEquals(7, HypergraphFile.read(file("1 2 10\n1 2\n7\n8\n")).weight(0));
        assertEquals(9, HypergraphFile.read(file("1 2 1\n9 1 2\n")).rate(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|x.hgr:1: the file ends here, expected a line with the numbers of nets and vertices",
        "2|x.hgr:1: the line ends, expected the number of vertices",
        "-2 3|x.hgr:1: the number of nets is -2, outside 0..",
        "two 3|x.hgr:1: the number of nets is no integer: 'two'",
        "1 3 7;1 2|x.hgr:1: the format is 7, known are 0, 1, 10 and 11",
        "1 3 1 4;1 2|x.hgr:1: the line goes on after the format",
        "2 3;1 2|x.hgr:3: the file ends here, expected net 2 of 2",
        "1 3;1 4|x.hgr:2: a pin is 4, outside 1..3",
        "1 3;0 2|x.hgr:2: the source is 0, outside 1..3",
        "1 3 1;-5 1 2|x.hgr:2: a rate is -5, outside 0..2147483647",
        "1 3 1;5|x.hgr:2: the line ends, expected the source",
        "1 3;1 2x|x.hgr:2: a pin is no integer: '2x'",
        "1 3;1 99999999999999999999|x.hgr:2: a pin is a huge number, outside 1..3",
        "1 2 11;5 1 2;4;-1|x.hgr:4: a vertex's weight is -1, outside 0..2147483647",
        "1 2 11;5 1 2;4|x.hgr:4: the file ends here, expected the weight of vertex 2 of 2",
        "1 2 11;5 1 2;4;4 4|x.hgr:4: the line goes on after a vertex's weight",
        "1 2;1 2;3|x.hgr:3: the file goes on after the last net",
        "1000000000 2;1 2|x.hgr:"})
    void errorsNameFileAndLine(String text, String message) {
        String said = assertThrows(InvalidInputException.class, () -> HypergraphFile.read(file(text.replace(';', '\n')))).getMessage();
        assertTrue(said.startsWith(message), said);
    }

    @Test
    void partitionsAndPlacements() {
        Path part = file("3\n0\n7\n");
        assertArrayEquals(new int[] {3, 0, 7}, PartFile.read(part, 3));
        assertEquals("3\n0\n7\n", PartFile.text(new int[] {3, 0, 7}));
        assertEquals("x.hgr:4: the file ends here, expected the core of vertex 4 of 4", message(() -> PartFile.read(part, 4)));
        assertEquals("x.hgr:3: the file goes on after the last of 2 vertices", message(() -> PartFile.read(part, 2)));
        Mesh mesh = new Mesh(3, 2);
        Path place = file(PlaceFile.text(new int[] {5, 0}, mesh));
        assertArrayEquals(new int[] {5, 0}, PlaceFile.read(place, mesh, 2));
        assertEquals("x.hgr:1: a row is 1, outside 0..0", message(() -> PlaceFile.read(place, new Mesh(3, 1), 2)));
        assertEquals("x.hgr:2: core 1 is on tile 1 1, and so is core 0", message(() -> PlaceFile.read(file("1 1\n1 1\n"), mesh, 2)));
    }

    @Test
    void coordinatesBesideTheFile() throws IOException {
        Path hgr = file("1 2\n1 2\n");
        Files.writeString(folder.resolve("x.vtx.csv"), "vertex,layer,y,x,block,neurons,spikes\n1,0,1,2,3,64,5\n2,4,5,6,7,64,0.5\n");
        VertexCoordinates at = VertexCoordinates.read(VertexCoordinates.beside(hgr), 2);
        assertArrayEquals(new int[] {0, 4}, at.layer());
        assertArrayEquals(new int[] {3, 7}, at.block());
        assertEquals("x.vtx.csv:4: the file ends here, expected vertex 3 of 3",
            message(() -> VertexCoordinates.read(VertexCoordinates.beside(hgr), 3)));
    }

    /** Damaged files: cut anywhere, bits turned over anywhere. Only a message may come out. */
    @Test
    void damagedFiles() throws IOException {
        byte[] whole = RandomHypergraphs.text(RandomHypergraphs.of(7)).getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path path = Files.write(folder.resolve("damaged.hgr"), damaged);
            try {
                HypergraphFile.read(path);
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().startsWith("damaged.hgr"), e.getMessage());
            }
        }
    }

    private static String message(org.junit.jupiter.api.function.Executable wrong) {
        return assertThrows(InvalidInputException.class, wrong).getMessage();
    }
}
