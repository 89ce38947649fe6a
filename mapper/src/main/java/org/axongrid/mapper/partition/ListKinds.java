package org.axongrid.mapper.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.layer.LayerTaps;
import org.axongrid.mapper.network.Projection;

/**
 * The different lists that the source positions of a projection need in a core: what {@link PieceReach} finds, without a block for each position. Not
 * thread-safe: it keeps arrays to work with, and what it says is about the positions it was asked for last.
 */
final class ListKinds {
    private final LayerTaps taps;
    private final int kernelW;
    /** By source position: its place among those that reach the core, 0 if it does not; 0 between calls. */
    private final int[] place;
    private int[] targets;
    /** In the order in which they were met; place p is at p - 1. */
    private int[] source = new int[16];
    private int sources;
    /** By place: where its taps begin, and the end of the last. */
    private int[] begin = new int[17];
    private int[] first = new int[16];
    /** Rank less the first, and tap. */
    private long[] tap = new long[16];
    private List<SynapseBlock> distinct;
    private List<SynapseBlock> absolute;

    ListKinds(Projection projection) {
        taps = TapTable.of(projection);
        kernelW = projection.kernelW();
        place = new int[projection.sourceShape().positions()];
    }

    /**
     * @param own target positions that a core holds, by rank; an array stands for its contents
     * @return this, about them
     */
    ListKinds of(int[] own) {
        if (own != targets) {
            targets = own;
            distinct = null;
            absolute = null;
            meet();
            collect();
        }
        return this;
    }

    /** @return source positions that reach the core */
    int sources() {
        return sources;
    }

    /** @return a block of each kind of taps, whatever their base */
    List<SynapseBlock> distinct() {
        distinct = distinct == null ? kinds(false) : distinct;
        return distinct;
    }

    /** @return a block of each kind of taps with ranks counted from 0 */
    List<SynapseBlock> absolute() {
        absolute = absolute == null ? kinds(true) : absolute;
        return absolute;
    }

    /** Finds the sources, and counts their taps. */
    private void meet() {
        sources = 0;
        Arrays.fill(begin, 0);
        for (int target : targets) {
            for (int c = taps.first()[target]; c < taps.first()[target + 1]; c++) {
                int s = taps.source()[c];
                if (place[s] == 0) {
                    if (sources == source.length) {
                        source = Arrays.copyOf(source, 2 * sources);
                        first = Arrays.copyOf(first, 2 * sources);
                        begin = Arrays.copyOf(begin, 2 * sources + 1);
                    }
                    source[sources++] = s;
                    place[s] = sources;
                }
                begin[place[s]]++;
            }
        }
        for (int p = 1; p <= sources; p++) {
            begin[p] += begin[p - 1];
        }
        tap = tap.length < begin[sources] ? new long[begin[sources]] : tap;
    }

    private void collect() {
        int[] next = Arrays.copyOf(begin, sources);
        for (int rank = 0; rank < targets.length; rank++) {
            for (int c = taps.first()[targets[rank]]; c < taps.first()[targets[rank] + 1]; c++) {
                int p = place[taps.source()[c]] - 1;
                first[p] = next[p] == begin[p] ? rank : first[p];
                tap[next[p]++] = (long) (rank - first[p]) << 32 | taps.tap()[c];
            }
        }
        for (int p = 0; p < sources; p++) {
            place[source[p]] = 0;
        }
    }

    private List<SynapseBlock> kinds(boolean based) {
        // Open addressing, at most half full.
        int[] table = new int[Math.max(4, Integer.highestOneBit(sources) * 4)];
        List<SynapseBlock> blocks = new ArrayList<>();
        for (int p = 0; p < sources; p++) {
            int at = hash(p, based) & table.length - 1;
            while (table[at] != 0 && !alike(table[at] - 1, p, based)) {
                at = at + 1 & table.length - 1;
            }
            if (table[at] == 0) {
                table[at] = p + 1;
                blocks.add(block(p, based));
            }
        }
        return blocks;
    }

    private int hash(int p, boolean based) {
        long h = based ? first[p] : 0;
        for (int i = begin[p]; i < begin[p + 1]; i++) {
            h = (h ^ tap[i]) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 29;
        }
        return (int) (h ^ h >>> 32);
    }

    private boolean alike(int p, int q, boolean based) {
        return (!based || first[p] == first[q]) && Arrays.equals(tap, begin[p], begin[p + 1], tap, begin[q], begin[q + 1]);
    }

    private SynapseBlock block(int p, boolean based) {
        int[] own = new int[3 * (begin[p + 1] - begin[p])];
        for (int i = begin[p], at = 0; i < begin[p + 1]; i++, at += 3) {
            own[at] = (int) (tap[i] >> 32) + (based ? first[p] : 0);
            own[at + 1] = (int) tap[i] / kernelW;
            own[at + 2] = (int) tap[i] % kernelW;
        }
        return new SynapseBlock(based ? 0 : first[p], own);
    }
}
