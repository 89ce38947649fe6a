package org.axongrid.mapper.hypergraph;

import java.nio.file.Path;
import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;

/** Placements as text, plain or gzipped: line c is {@code x y}, column and row of core c. */
public final class PlaceFile {
    private PlaceFile() { }

    /**
     * @param path  the file
     * @param mesh  the mesh
     * @param cores number of cores
     * @return tile by core
     * @throws InvalidInputException if the file cannot be read, has another length, leaves the mesh or puts two cores on a tile
     */
    public static int[] read(Path path, Mesh mesh, int cores) {
        int[] tile = new int[cores];
        int[] coreAt = new int[mesh.tiles()];
        Arrays.fill(coreAt, -1);
        try (NumberLines lines = NumberLines.open(path)) {
            for (int c = 0; c < cores; c++) {
                lines.nextLine("the tile of core " + c + " of " + cores + " cores");
                int x = lines.number("a column", 0, mesh.width() - 1);
                int y = lines.number("a row", 0, mesh.height() - 1);
                lines.endOfLine("column and row");
                tile[c] = y * mesh.width() + x;
                if (coreAt[tile[c]] >= 0) {
                    throw lines.error("core " + c + " is on tile " + x + " " + y + ", and so is core " + coreAt[tile[c]]);
                }
                coreAt[tile[c]] = c;
            }
            lines.endOfFile("the last of " + cores + " cores");
        }
        return tile;
    }

    /** @return the text of a placement */
    public static String text(int[] tile, Mesh mesh) {
        StringBuilder text = new StringBuilder(8 * tile.length);
        for (int t : tile) {
            text.append(t % mesh.width()).append(' ').append(t / mesh.width()).append('\n');
        }
        return text.toString();
    }
}
