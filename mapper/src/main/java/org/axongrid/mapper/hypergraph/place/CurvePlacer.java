package org.axongrid.mapper.hypergraph.place;

import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.partition.Hilbert;

/** Cores in their order along the rows of the mesh or along a Hilbert curve. */
final class CurvePlacer implements CorePlacer {
    private final boolean hilbert;

    CurvePlacer(boolean hilbert) {
        this.hilbert = hilbert;
    }

    @Override
    public String id() {
        return hilbert ? "hilbert" : "row-major";
    }

    @Override
    public int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        int[] tile = new int[traffic.cores()];
        int[] curve = hilbert ? Hilbert.order(mesh.width(), mesh.height()) : null;
        for (int c = 0; c < tile.length; c++) {
            tile[c] = hilbert ? curve[c] : c;
        }
        return tile;
    }
}
