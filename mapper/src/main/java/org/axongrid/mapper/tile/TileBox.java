package org.axongrid.mapper.tile;

/**
 * One way to cut a population: its map into {@code rows} x {@code columns} boxes, sizes of which differ by one at most, and its channels into
 * chunks.
 *
 * @param rows    boxes along the rows of the map
 * @param columns boxes along its columns
 * @param chunk   channels per core; the last chunk may have fewer
 * @param height  rows of the largest box
 * @param width   columns of the largest box
 * @param cores   boxes times chunks
 * @param packets packets that its cores receive, per 1000 steps
 * @param words   synapse words of the fullest core
 */
record TileBox(int rows, int columns, int chunk, int height, int width, int cores, double packets, long words) {
    /** @return neurons of the largest box */
    int neurons() {
        return height * width * chunk;
    }

    /** @return which of {@code parts} even parts of {@code extent} has coordinate {@code at} */
    static int part(int at, int parts, int extent) {
        return (int) (((at + 1L) * parts - 1) / extent);
    }

    /** @return first coordinate of part {@code i} of {@code parts} even parts of {@code extent} */
    static int first(int i, int parts, int extent) {
        return (int) ((long) i * extent / parts);
    }
}
