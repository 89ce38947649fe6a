package org.axongrid.cli.pipeline;

import java.util.Arrays;

/** Argmax of summed readouts, by image and step. */
public final class Predictions {
    private final int[][] byImage;
    private final int steps;

    /**
     * @param images number of images
     * @param steps  T
     */
    public Predictions(int images, int steps) {
        this.byImage = new int[images][steps];
        this.steps = steps;
    }

    /** @return T */
    public int steps() {
        return steps;
    }

    /** @return number of images */
    public int images() {
        return byImage.length;
    }

    /** Sets the class that an image has at the end of step {@code step}, counted from 1. */
    public void set(int image, int step, int predicted) {
        byImage[image][step - 1] = predicted;
    }

    /** @return the class at the end of a step, counted from 1 */
    public int at(int image, int step) {
        return byImage[image][step - 1];
    }

    /**
     * @param labels the right classes
     * @param step   from 1
     * @return fraction of images that have theirs
     */
    public double accuracy(int[] labels, int step) {
        int right = 0;
        for (int i = 0; i < byImage.length; i++) {
            right += at(i, step) == labels[i] ? 1 : 0;
        }
        return (double) right / byImage.length;
    }

    /**
     * @param other  other classes
     * @param labels the right ones
     * @param step   from 1
     * @return how many images are right here and wrong there
     */
    public int lost(Predictions other, int[] labels, int step) {
        int lost = 0;
        for (int i = 0; i < byImage.length; i++) {
            lost += at(i, step) == labels[i] && other.at(i, step) != labels[i] ? 1 : 0;
        }
        return lost;
    }

    /** @return fraction of images for which both have the same class at the end of a step */
    public double agreement(Predictions other, int step) {
        int same = 0;
        for (int i = 0; i < byImage.length; i++) {
            same += at(i, step) == other.at(i, step) ? 1 : 0;
        }
        return (double) same / byImage.length;
    }

    /** @return how many images have another class than there at the end of any of the first {@code steps} steps */
    public int differing(Predictions other, int steps) {
        int different = 0;
        for (int i = 0; i < byImage.length; i++) {
            int[] theirs = other.byImage[i];
            different += Arrays.mismatch(byImage[i], 0, steps, theirs, 0, steps) >= 0 ? 1 : 0;
        }
        return different;
    }
}
