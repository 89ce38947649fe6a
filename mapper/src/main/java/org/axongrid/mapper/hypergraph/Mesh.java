package org.axongrid.mapper.hypergraph;

/**
 * A mesh of tiles, a core on each. Tile {@code y * width + x} is in column x of row y. Where several cores share a router, the tiles of a
 * router are neighbours and there are no hops between them.
 *
 * @param width   columns
 * @param height  rows
 * @param sharedX columns of tiles that share routers
 * @param sharedY rows of tiles that share routers
 * @param chipColumns columns of routers of a chip, where several stand side by side; 0 if there is one
 * @param crossing what a border between chips adds to a distance, in hops
 */
public record Mesh(int width, int height, int sharedX, int sharedY, int chipColumns, int crossing) {
    /** Checks that all are positive and that tiles can be numbered. */
    public Mesh {
        if (width < 1 || height < 1 || sharedX < 1 || sharedY < 1 || chipColumns < 0 || crossing < 0) {
            throw new IllegalArgumentException("extents must be positive: " + width + "x" + height);
        }
        Math.multiplyExact(width, height);
    }

    /**
     * A mesh of one chip.
     *
     * @param width   columns
     * @param height  rows
     * @param sharedX columns of tiles that share routers
     * @param sharedY rows of tiles that share routers
     */
    public Mesh(int width, int height, int sharedX, int sharedY) {
        this(width, height, sharedX, sharedY, 0, 0);
    }

    /**
     * A mesh with a router for each tile.
     *
     * @param width  columns
     * @param height rows
     */
    public Mesh(int width, int height) {
        this(width, height, 1, 1);
    }

    /** @return column of the tile's router; borders between chips count as so many columns as a crossing is worth */
    public int routerColumn(int tile) {
        int column = tile % width / sharedX;
        return chipColumns == 0 ? column : column + crossing * (column / chipColumns);
    }

    /** @return row of the tile's router */
    public int routerRow(int tile) {
        return tile / width / sharedY;
    }

    /** @return the smallest square that holds so many cores, with rows that would stay empty left out: ceil(sqrt(n)) columns */
    public static Mesh holding(int cores) {
        int width = (int) Math.ceil(Math.sqrt(cores));
        return new Mesh(width, (cores + width - 1) / width);
    }

    /** @return number of tiles */
    public int tiles() {
        return width * height;
    }

    /** @return links in both directions between neighbouring routers */
    public int links() {
        int columns = width / sharedX;
        int rows = height / sharedY;
        return 2 * (columns * (rows - 1) + rows * (columns - 1));
    }

    /** @return hops between two tiles */
    public int distance(int a, int b) {
        return Math.abs(routerColumn(a) - routerColumn(b)) + Math.abs(routerRow(a) - routerRow(b));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
