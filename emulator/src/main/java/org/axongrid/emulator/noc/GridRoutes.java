package org.axongrid.emulator.noc;

import java.util.Arrays;

/** Dimension-order routing on a grid of routers. */
final class GridRoutes {
    private final int[] column;
    private final int[] row;
    private final boolean xFirst;
    private final int[] step;

    GridRoutes(int width, int height, MeshParameters.Order order) {
        column = new int[width * height];
        row = new int[width * height];
        Arrays.setAll(column, r -> r % width);
        Arrays.setAll(row, r -> r / width);
        xFirst = order == MeshParameters.Order.XY;
        step = new int[] {1, -1, width, -width};
    }

    /** @return the difference of router numbers across an output other than the local one */
    int step(int output) {
        return step[output];
    }

    /** @return the output toward a destination */
    int route(int router, int destination) {
        int dx = column[destination] - column[router];
        int dy = row[destination] - row[router];
        if (dx != 0 && (xFirst || dy == 0)) {
            return dx > 0 ? Mesh.EAST : Mesh.WEST;
        }
        if (dy != 0) {
            return dy > 0 ? Mesh.NORTH : Mesh.SOUTH;
        }
        return Mesh.LOCAL;
    }
}
