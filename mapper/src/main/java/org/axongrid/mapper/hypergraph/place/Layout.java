package org.axongrid.mapper.hypergraph.place;

import java.util.Arrays;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/** A placement that is being changed, with what an exchange of two tiles would change in hop-weighted packets. */
final class Layout {
    final CoreTraffic both;
    final Mesh mesh;
    final int[] x;
    final int[] y;
    final int[] coreAt;

    /**
     * @param both packets of both directions, {@link CoreTraffic#symmetric()}
     * @param mesh the mesh
     * @param tile tile by core
     */
    Layout(CoreTraffic both, Mesh mesh, int[] tile) {
        this.both = both;
        this.mesh = mesh;
        x = new int[tile.length];
        y = new int[tile.length];
        coreAt = new int[mesh.tiles()];
        Arrays.fill(coreAt, -1);
        for (int c = 0; c < tile.length; c++) {
            put(c, tile[c]);
        }
    }

    private void put(int core, int tile) {
        coreAt[tile] = core;
        if (core >= 0) {
            x[core] = tile % mesh.width();
            y[core] = tile / mesh.width();
        }
    }

    int[] tiles() {
        int[] tile = new int[x.length];
        Arrays.setAll(tile, c -> y[c] * mesh.width() + x[c]);
        return tile;
    }

    long hopPackets() {
        long sum = 0;
        for (int c = 0; c < x.length; c++) {
            for (int i = both.start()[c]; i < both.start()[c + 1]; i++) {
                int other = both.to()[i];
                sum += both.packets()[i] * (Math.abs(x[c] - x[other]) + Math.abs(y[c] - y[other]));
            }
        }
        return sum / 2;
    }

    /** @return change of hop-weighted packets if the tiles, one of which may be empty, exchanged their cores */
    long delta(int tileA, int tileB) {
        int a = coreAt[tileA];
        int b = coreAt[tileB];
        return (a < 0 ? 0 : moved(a, b, tileA, tileB)) + (b < 0 ? 0 : moved(b, a, tileB, tileA));
    }

    private long moved(int core, int partner, int from, int to) {
        int fromX = from % mesh.width();
        int fromY = from / mesh.width();
        int toX = to % mesh.width();
        int toY = to / mesh.width();
        long delta = 0;
        int end = both.start()[core + 1];
        for (int i = both.start()[core]; i < end; i++) {
            int other = both.to()[i];
            // The distance to the partner stays.
            if (other != partner && other != core) {
                int otherX = x[other];
                int otherY = y[other];
                delta += both.packets()[i]
                    * (Math.abs(toX - otherX) - Math.abs(fromX - otherX) + Math.abs(toY - otherY) - Math.abs(fromY - otherY));
            }
        }
        return delta;
    }

    void exchange(int tileA, int tileB) {
        int a = coreAt[tileA];
        put(coreAt[tileB], tileA);
        put(a, tileB);
    }

    /** Exchanges pairs of tiles as long as one gains. */
    void descend(long deadline) {
        boolean better = true;
        while (better && System.nanoTime() < deadline) {
            better = false;
            for (int a = 0; a < coreAt.length; a++) {
                for (int b = a + 1; b < coreAt.length; b++) {
                    if ((coreAt[a] >= 0 || coreAt[b] >= 0) && delta(a, b) < 0) {
                        exchange(a, b);
                        better = true;
                    }
                }
                if ((a & 63) == 63 && System.nanoTime() > deadline) {
                    return;
                }
            }
        }
    }
}
