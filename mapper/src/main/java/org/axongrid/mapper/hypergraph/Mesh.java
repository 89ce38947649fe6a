package org.axongrid.mapper.hypergraph;

/**
 * A mesh of tiles, a core on each. Tile {@code y * width + x} is in column x of row y.
 *
 * @param width  columns
 * @param height rows
 */
public record Mesh(int width, int height) {
    /** Checks that both are positive and that tiles can be numbered. */
    public Mesh {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("extents must be positive: " + width + "x" + height);
        }
        Math.multiplyExact(width, height);
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

    /** @return links in both directions between neighbouring tiles */
    public int links() {
        return 2 * (width * (height - 1) + height * (width - 1));
    }

    /** @return hops between two tiles */
    public int distance(int a, int b) {
        return Math.abs(a % width - b % width) + Math.abs(a / width - b / width);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
