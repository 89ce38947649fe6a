package org.axongrid.mapper.hypergraph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.axongrid.isa.InvalidInputException;

/**
 * Where in the network each vertex is.
 *
 * @param layer by vertex: number of its layer
 * @param y     row in the layer's map
 * @param x     column
 * @param block block of channels
 */
public record VertexCoordinates(int[] layer, int[] y, int[] x, int[] block) {
    private static final int LARGEST = 1 << 20;

    /**
     * @param hypergraph file of a hypergraph, {@code NAME.hgr} or {@code NAME.hgr.gz}
     * @return the file {@code NAME.vtx.csv} or {@code NAME.vtx.csv.gz} beside it, or null if there is none
     */
    public static Path beside(Path hypergraph) {
        String name = String.valueOf(hypergraph.getFileName()).replaceFirst("\\.hgr(\\.gz)?$", "");
        for (String suffix : new String[] {".vtx.csv.gz", ".vtx.csv"}) {
            Path file = hypergraph.resolveSibling(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /**
     * Reads a CSV file with the header {@code vertex,layer,y,x,block,...}; further columns are passed over.
     *
     * @param path     the file, plain or gzipped
     * @param vertices number of vertices of the hypergraph
     * @return the coordinates
     * @throws InvalidInputException if the file cannot be read or does not fit the hypergraph
     */
    public static VertexCoordinates read(Path path, int vertices) {
        int[][] columns = new int[4][vertices];
        String[] names = {"the layer", "the row", "the column", "the block"};
        try (NumberLines lines = NumberLines.open(path)) {
            lines.nextLine("a header");
            for (int v = 0; v < vertices; v++) {
                lines.nextLine("vertex " + (v + 1) + " of " + vertices);
                lines.number("the vertex", v + 1, v + 1);
                for (int i = 0; i < columns.length; i++) {
                    columns[i][v] = lines.number(names[i], 0, LARGEST);
                }
                while (lines.more()) {
                    lines.skipField();
                }
            }
            lines.endOfFile("the last of " + vertices + " vertices");
        }
        return new VertexCoordinates(columns[0], columns[1], columns[2], columns[3]);
    }

    /** Writes what {@link #read} reads. */
    public void write(Appendable to) throws IOException {
        to.append("vertex,layer,y,x,block\n");
        for (int v = 0; v < layer.length; v++) {
            to.append(v + 1 + "," + layer[v] + ',' + y[v] + ',' + x[v] + ',' + block[v] + '\n');
        }
    }
}
