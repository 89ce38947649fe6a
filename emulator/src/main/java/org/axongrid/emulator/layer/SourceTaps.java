package org.axongrid.emulator.layer;

import org.axongrid.isa.layer.LayerTaps;

/** Taps by source position. */
final class SourceTaps {
    /** By source position: its first connection; one element more. */
    final int[] first;
    /** By connection: target position. */
    final int[] target;
    /** By connection: tap of the kernel. */
    final int[] tap;

    /** @param positions source positions */
    SourceTaps(LayerTaps taps, int positions) {
        first = new int[positions + 1];
        for (int s : taps.source()) {
            first[s + 1]++;
        }
        for (int p = 1; p < first.length; p++) {
            first[p] += first[p - 1];
        }
        target = new int[taps.source().length];
        tap = new int[target.length];
        int[] next = first.clone();
        for (int t = 0; t + 1 < taps.first().length; t++) {
            for (int c = taps.first()[t]; c < taps.first()[t + 1]; c++) {
                int at = next[taps.source()[c]]++;
                target[at] = t;
                tap[at] = taps.tap()[c];
            }
        }
    }

    /** @return whether no source position has two taps to one target position */
    boolean areDistinct() {
        for (int p = 0; p + 1 < first.length; p++) {
            for (int c = first[p] + 1; c < first[p + 1]; c++) {
                // Targets of a source ascend.
                if (target[c] == target[c - 1]) {
                    return false;
                }
            }
        }
        return true;
    }
}
