package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

/** A data set in memory. */
final class ImageSet implements DataSet {
    private final String name;
    private final Shape shape;
    private final Pixels pixels;
    private final int[] labels;
    /** Place in our order of each value in file order. */
    private final int[] place;

    /**
     * @param name   for reports and messages
     * @param shape  the network's input
     * @param layout order of the values within an image
     * @param pixels the images
     * @param labels their classes, null if there are none
     * @throws InvalidInputException if there are no images, or not as many labels as images
     */
    ImageSet(String name, Shape shape, Layout layout, Pixels pixels, int[] labels) {
        if (pixels.count() == 0) {
            throw new InvalidInputException(name + ": no images");
        }
        if (labels != null && labels.length != pixels.count()) {
            throw new InvalidInputException(name + ": " + pixels.count() + " images but " + labels.length + " labels");
        }
        this.name = name;
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        this.place = new int[shape.size()];
        for (int i = 0; i < place.length; i++) {
            place[i] = layout == Layout.CHANNELS_FIRST ? shape.fromChannelsFirst(i) : i;
        }
    }

    /**
     * Checks the labels against the network's classes.
     *
     * @param classes number of classes, 0 if not known
     * @return this
     * @throws InvalidInputException if a label is out of range
     */
    ImageSet checked(int classes) {
        for (int i = 0; labels != null && i < labels.length; i++) {
            if (labels[i] < 0 || classes > 0 && labels[i] >= classes) {
                throw new InvalidInputException(name + ": label " + labels[i] + " of image " + i + ", 0 to "
                    + (classes > 0 ? classes - 1 : Integer.MAX_VALUE) + " is expected");
            }
        }
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int size() {
        return pixels.count();
    }

    @Override
    public boolean labelled() {
        return labels != null;
    }

    @Override
    public int label(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("image " + index + " of " + size());
        }
        return labels == null ? -1 : labels[index];
    }

    @Override
    public void image(int index, double[] channelsLast) {
        for (int i = 0; i < place.length; i++) {
            channelsLast[place[i]] = pixels.get(index, i);
        }
    }
}
