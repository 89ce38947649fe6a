package org.axongrid.mapper.hypergraph.network;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PlacementMetrics;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.place.Placement;

/**
 * Places cores of real chips by their traffic: on a mesh of cores in which those of a chip's tile share a router, chips side by side. On several
 * chips both are tried, {@link ChipFirst} and all chips at once, and the one with the fewer hops and weighted crossings is taken.
 */
public final class TrafficPlacer {
    private final ChipSpec chip;
    private final int chips;
    private final int columns;
    private final int rows;
    private final int perTileX;
    private final int perTileY;
    private final int crossing;

    /**
     * @param chip     the chip
     * @param chips    number of chips
     * @param crossing what a border between chips is worth in hops when cores are placed; -1: place as if there were no borders
     */
    public TrafficPlacer(ChipSpec chip, int chips, int crossing) {
        this.crossing = crossing;
        this.chip = chip;
        this.chips = chips;
        columns = chip.get(ChipParameter.MESH_WIDTH);
        rows = chip.get(ChipParameter.MESH_HEIGHT);
        int perTile = chip.get(ChipParameter.CORES_PER_TILE);
        int y = (int) Math.sqrt(perTile);
        while (perTile % y != 0) {
            y--;
        }
        perTileY = y;
        perTileX = perTile / y;
    }

    /**
     * @param traffic packets between cores
     * @param placer  the placer
     * @param seed    of all that is random
     * @param seconds time for searching
     * @return the placement
     */
    public Placement place(CoreTraffic traffic, CorePlacer placer, long seed, double seconds) {
        Mesh fine = fine();
        int[] slot;
        if (chips == 1 || crossing < 0) {
            slot = placer.place(traffic, fine, seed, seconds);
        } else {
            int[] chipFirst = new ChipFirst(traffic, fine, chips, seed, seconds / 2).place(placer, null);
            int[] atOnce = placer.place(traffic, fine, seed, seconds / 2);
            slot = cost(traffic, fine, chipFirst) <= cost(traffic, fine, atOnce) ? chipFirst : atOnce;
        }
        return new Placement(placer.id(), chips, numbers(slot, fine));
    }

    /**
     * @param traffic packets between cores
     * @param placer  the placer
     * @param chipOf  chip by core, to begin with; chips may change their order and cores their chip where that is cheaper
     * @param seed    of all that is random
     * @param seconds time for searching
     * @return the placement
     */
    Placement place(CoreTraffic traffic, CorePlacer placer, int[] chipOf, long seed, double seconds) {
        Mesh fine = fine();
        return new Placement(placer.id(), chips, numbers(new ChipFirst(traffic, fine, chips, seed, seconds).place(placer, chipOf), fine));
    }

    /**
     * @param traffic packets between cores
     * @param start   a placement on these chips
     * @param seed    of all that is random
     * @param seconds time for searching
     * @return one that is no worse in hops and weighted crossings, by annealing
     */
    public Placement improved(CoreTraffic traffic, Placement start, long seed, double seconds) {
        Mesh fine = fine();
        int[] slot = CorePlacer.improved(traffic, fine, slots(start, fine), seed, seconds);
        return new Placement(start.placer(), chips, numbers(slot, fine));
    }

    /** @return hops and weighted crossings of a placement on these chips: what is minimised */
    public long cost(CoreTraffic traffic, Placement placement) {
        Mesh fine = fine();
        return cost(traffic, fine, slots(placement, fine));
    }

    /** All chips side by side, a tile for each core; those of a chip's tile share a router. */
    private Mesh fine() {
        return new Mesh(chips * columns * perTileX, rows * perTileY, perTileX, perTileY, columns, Math.max(0, crossing));
    }

    private int[] numbers(int[] slot, Mesh fine) {
        int[] coreOf = new int[slot.length];
        for (int c = 0; c < slot.length; c++) {
            int x = slot[c] % fine.width();
            int y = slot[c] / fine.width();
            int tileX = x / perTileX;
            int tile = y / perTileY * columns + tileX % columns;
            coreOf[c] = tileX / columns * chip.coresPerChip() + tile * perTileX * perTileY + y % perTileY * perTileX + x % perTileX;
        }
        return coreOf;
    }

    private int[] slots(Placement placement, Mesh fine) {
        int[] slot = new int[placement.coreOf().length];
        int perTile = perTileX * perTileY;
        for (int c = 0; c < slot.length; c++) {
            int core = placement.coreOf()[c];
            int within = core % perTile;
            int x = chip.columnOf(core) * perTileX + within % perTileX;
            int y = chip.rowOf(core) * perTileY + within / perTileX;
            slot[c] = y * fine.width() + x;
        }
        return slot;
    }

    private static long cost(CoreTraffic traffic, Mesh mesh, int[] slot) {
        long sum = 0;
        for (int a = 0; a < traffic.cores(); a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                sum += traffic.packets()[i] * mesh.distance(slot[a], slot[traffic.to()[i]]);
            }
        }
        return sum;
    }

    /** @return the mesh of tiles of all chips, side by side */
    public Mesh mesh() {
        return new Mesh(chips * columns, rows);
    }

    /** @return tile of that mesh by core */
    public int[] tiles(Placement placement) {
        int[] tile = new int[placement.coreOf().length];
        for (int c = 0; c < tile.length; c++) {
            int core = placement.coreOf()[c];
            tile[c] = chip.rowOf(core) * chips * columns + chip.columnOf(core);
        }
        return tile;
    }

    /** @return what the placement costs, in hops between tiles */
    public PlacementMetrics metrics(CoreTraffic traffic, Placement placement) {
        return PlacementMetrics.of(traffic, tiles(placement), mesh());
    }

    /** @return packets between different chips */
    public long crossings(CoreTraffic traffic, Placement placement) {
        long sum = 0;
        for (int a = 0; a < traffic.cores(); a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                boolean crosses = chip.chipOf(placement.coreOf()[a]) != chip.chipOf(placement.coreOf()[traffic.to()[i]]);
                sum += crosses ? traffic.packets()[i] : 0;
            }
        }
        return sum;
    }
}
