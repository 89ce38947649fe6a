package org.axongrid.mapper.place;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.partition.Hilbert;

/** Orders of a chip's cores in which a partition's cores are put on it; chips are filled one after the other. */
public enum Placer {
    /** Tile by tile, row by row. */
    ROW_MAJOR("row-major"),
    /** Tile by tile along a Hilbert curve: cores that follow each other in the partition stay close in both directions. */
    HILBERT("hilbert"),
    /** Shuffled over all cores of the chips used. */
    RANDOM("random");

    private final String id;

    Placer(String id) {
        this.id = id;
    }

    /** @return its name on the command line */
    public String id() {
        return id;
    }

    /** @return the names of all */
    public static List<String> names() {
        return Arrays.stream(values()).map(Placer::id).toList();
    }

    /**
     * @param name a placer's name
     * @return the placer
     * @throws InvalidInputException naming the nearest known name
     */
    public static Placer of(String name) {
        for (Placer p : values()) {
            if (p.id.equals(name)) {
                return p;
            }
        }
        throw new InvalidInputException("no placer named '" + name + "'" + KeyedYaml.nearest(name, names()) + " (known: "
            + String.join(", ", names()) + ")");
    }

    /**
     * @param cores    number of cores to place
     * @param chip     the chip
     * @param chipsMax chips that may be used
     * @param seed     for the random order
     * @return the placement, on as few chips as hold the cores
     * @throws InvalidInputException if they do not fit {@code chipsMax} chips, saying by how much
     */
    public Placement place(int cores, ChipSpec chip, int chipsMax, long seed) {
        int perChip = chip.coresPerChip();
        int chips = (cores + perChip - 1) / perChip;
        if (chips > chipsMax) {
            throw new InvalidInputException("the network needs " + cores + " cores = " + chips + " chips of " + chip.name() + " (" + perChip
                + " cores each), limit " + chipsMax + (chipsMax == 1 ? " chip" : " chips") + ": "
                + (cores - (long) chipsMax * perChip) + " cores too many" + (chips <= chip.get(ChipParameter.CHIPS_MAX)
                ? "; it would fit with --chips " + chips : "; it would fit a chip description with chips_max " + chips));
        }
        int[] coreOf = new int[cores];
        if (this == RANDOM) {
            int[] all = new int[chips * perChip];
            Arrays.setAll(all, i -> i);
            Random random = new Random(seed);
            for (int i = all.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = all[i];
                all[i] = all[j];
                all[j] = swap;
            }
            return new Placement(id, chips, Arrays.copyOf(all, cores));
        }
        int width = chip.get(ChipParameter.MESH_WIDTH);
        int height = chip.get(ChipParameter.MESH_HEIGHT);
        int[] tiles = new int[width * height];
        Arrays.setAll(tiles, i -> i);
        int[] order = this == HILBERT ? Hilbert.order(width, height) : tiles;
        int perTile = chip.get(ChipParameter.CORES_PER_TILE);
        for (int i = 0; i < cores; i++) {
            int within = i % perChip;
            coreOf[i] = i / perChip * perChip + order[within / perTile] * perTile + within % perTile;
        }
        return new Placement(id, chips, coreOf);
    }
}
