package org.axongrid.mapper.partition;

import java.util.Arrays;

/**
 * How the neurons of one source position reach a core's compartments through one projection: the taps, sorted by target. Two source
 * positions with equal blocks share their synapse lists; only the base compartment differs.
 *
 * @param firstRank rank of the lowest target position; the base compartment is {@code firstRank * channels}
 * @param taps      per tap three numbers: target rank minus {@code firstRank}, kernel row, kernel column
 */
public record SynapseBlock(int firstRank, int[] taps) {
    /** @return number of taps */
    public int size() {
        return taps.length / 3;
    }

    /** @return rank of tap {@code i}'s target position, relative to the first */
    public int rank(int i) {
        return taps[3 * i];
    }

    /** @return kernel row of tap {@code i} */
    public int ky(int i) {
        return taps[3 * i + 1];
    }

    /** @return kernel column of tap {@code i} */
    public int kx(int i) {
        return taps[3 * i + 2];
    }

    /** @return the same taps with ranks counted from 0, for axons that have no base */
    public SynapseBlock absolute() {
        if (firstRank == 0) {
            return this;
        }
        int[] moved = taps.clone();
        for (int i = 0; i < moved.length; i += 3) {
            moved[i] += firstRank;
        }
        return new SynapseBlock(0, moved);
    }

    /** @return what shared lists are found by: the taps without the base */
    public Key key() {
        return new Key(taps);
    }

    /**
     * The taps as a map key.
     *
     * @param taps as in the block
     */
    public record Key(int[] taps) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Key k && Arrays.equals(taps, k.taps);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(taps);
        }
    }
}
