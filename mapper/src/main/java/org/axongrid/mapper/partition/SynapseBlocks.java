package org.axongrid.mapper.partition;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.axongrid.mapper.network.Projection;

/** Finds the {@link SynapseBlock} of each source position of a projection into a piece. */
public final class SynapseBlocks {
    private final int[] rankOf;
    private final CorePiece piece;

    /**
     * @param targetPositions positions of the whole target population
     * @param piece           the piece
     */
    public SynapseBlocks(int targetPositions, CorePiece piece) {
        this.piece = piece;
        rankOf = new int[targetPositions];
        Arrays.fill(rankOf, -1);
        for (int r = 0; r < piece.positions().length; r++) {
            rankOf[piece.positions()[r]] = r;
        }
    }

    /** @return the rows of a projection's source that reach any row of the piece */
    int[] rows(Projection projection) {
        int width = projection.targetShape().width();
        boolean[] own = new boolean[projection.targetShape().height()];
        for (int position : piece.positions()) {
            own[position / width] = true;
        }
        return IntStream.range(0, projection.sourceShape().height())
            .filter(y -> Arrays.stream(projection.targetRows(y)).anyMatch(t -> own[t])).toArray();
    }

    /** @return the columns of a projection's source that reach any column of the piece */
    int[] columns(Projection projection) {
        int width = projection.targetShape().width();
        boolean[] own = new boolean[width];
        for (int position : piece.positions()) {
            own[position % width] = true;
        }
        return IntStream.range(0, projection.sourceShape().width())
            .filter(x -> Arrays.stream(projection.targetColumns(x)).anyMatch(t -> own[t])).toArray();
    }

    /**
     * @param projection a projection into the piece's population
     * @param sy         source row
     * @param sx         source column
     * @return the block, or null if that position does not reach the piece
     */
    public SynapseBlock of(Projection projection, int sy, int sx) {
        Collector found = new Collector();
        projection.forEachTap(sy, sx, found);
        if (found.size == 0) {
            return null;
        }
        // Sorted by target rank; equal ranks (overlapping pooling windows) keep their order.
        long[] taps = Arrays.copyOf(found.taps, found.size);
        Arrays.sort(taps);
        int first = (int) (taps[0] >> 40);
        int[] flat = new int[3 * taps.length];
        for (int i = 0; i < taps.length; i++) {
            flat[3 * i] = (int) (taps[i] >> 40) - first;
            flat[3 * i + 1] = (int) (taps[i] >> 20) & 0xFFFFF;
            flat[3 * i + 2] = (int) taps[i] & 0xFFFFF;
        }
        return new SynapseBlock(first, flat);
    }

    /** Collects taps that land in the piece, packed for sorting: rank, kernel row, kernel column. */
    private final class Collector implements Projection.TapVisitor {
        long[] taps = new long[16];
        int size;

        @Override
        public void tap(int targetPosition, int ky, int kx) {
            int rank = rankOf[targetPosition];
            if (rank < 0) {
                return;
            }
            if (size == taps.length) {
                taps = Arrays.copyOf(taps, size * 2);
            }
            taps[size++] = (long) rank << 40 | (long) ky << 20 | kx;
        }
    }
}
