package org.axongrid.mapper.method;

import java.util.Arrays;
import java.util.Random;

/** Images to find thresholds and corrections from: a random choice from a data set, the same for the same seed. */
public final class Calibration {
    /** Where images come from. */
    @FunctionalInterface
    public interface Images {
        /**
         * @param index        an image
         * @param channelsLast receives its values
         */
        void image(int index, double[] channelsLast);
    }

    private final Images images;
    private final int[] chosen;
    private final long seed;

    /**
     * @param images where they come from
     * @param size   how many there are
     * @param most   how many to use at most, at least 1
     * @param seed   of the choice
     */
    public Calibration(Images images, int size, int most, long seed) {
        this.images = images;
        this.seed = seed;
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        Random random = new Random(seed);
        int count = Math.min(size, most);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(size - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        chosen = Arrays.copyOf(order, count);
    }

    /** @return number of images chosen */
    public int size() {
        return chosen.length;
    }

    /** @return the seed, for further random choices */
    public long seed() {
        return seed;
    }

    /**
     * @param i            0 to {@code size() - 1}
     * @param channelsLast receives the values of the i-th image chosen
     */
    public void image(int i, double[] channelsLast) {
        images.image(chosen[i], channelsLast);
    }
}
