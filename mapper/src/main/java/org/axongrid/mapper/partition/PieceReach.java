package org.axongrid.mapper.partition;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.layer.LayerTaps;
import org.axongrid.mapper.network.Projection;

/**
 * Which source positions of a projection reach a core's positions, and by which taps. What it finds depends on the positions alone, not on channels. Not
 * thread-safe: it keeps arrays to work with.
 */
public final class PieceReach {
    private final LayerTaps taps;
    private final int kernelW;
    /** By source position: its taps into the piece at hand; 0 between calls. */
    private final int[] count;
    private final int[] slot;

    /**
     * The source positions that reach a core.
     *
     * @param positions ascending
     * @param blocks    by source position: its taps
     */
    public record Found(int[] positions, SynapseBlock[] blocks) { }

    /**
     * @param projection a projection
     * @param taps       its taps, by target
     */
    public PieceReach(Projection projection, LayerTaps taps) {
        this.taps = taps;
        kernelW = projection.kernelW();
        count = new int[projection.sourceShape().positions()];
        slot = new int[count.length];
    }

    /** @return the taps, by target */
    public LayerTaps taps() {
        return taps;
    }

    /**
     * @param targets target positions that a core holds, by rank
     * @return what reaches them; in a block ranks ascend, and of one rank the kernel's taps
     */
    public Found of(int[] targets) {
        int[] positions = reaching(targets);
        int[][] own = new int[positions.length][];
        int[] done = new int[positions.length];
        int[] first = new int[positions.length];
        for (int s = 0; s < positions.length; s++) {
            own[s] = new int[3 * count[positions[s]]];
            count[positions[s]] = 0;
            slot[positions[s]] = s;
        }
        for (int rank = 0; rank < targets.length; rank++) {
            for (int c = taps.first()[targets[rank]]; c < taps.first()[targets[rank] + 1]; c++) {
                int s = slot[taps.source()[c]];
                int at = done[s];
                done[s] += 3;
                first[s] = at == 0 ? rank : first[s];
                own[s][at] = rank - first[s];
                own[s][at + 1] = taps.tap()[c] / kernelW;
                own[s][at + 2] = taps.tap()[c] % kernelW;
            }
        }
        SynapseBlock[] blocks = new SynapseBlock[positions.length];
        Arrays.setAll(blocks, s -> new SynapseBlock(first[s], own[s]));
        return new Found(positions, blocks);
    }

    private int[] reaching(int[] targets) {
        IntArrayList found = new IntArrayList();
        for (int target : targets) {
            for (int c = taps.first()[target]; c < taps.first()[target + 1]; c++) {
                if (count[taps.source()[c]]++ == 0) {
                    found.addInt(taps.source()[c]);
                }
            }
        }
        int[] positions = found.toIntArray();
        Arrays.sort(positions);
        return positions;
    }
}
