package org.axongrid.cli.data;

import org.axongrid.mapper.network.Front;
import org.axongrid.mapper.network.Shape;

/** Images as the host hands them to the network: normalised, pooled, or the results of its first linear layers. */
final class FrontedSet implements DataSet {
    private final DataSet images;
    private final Front front;
    private final Shape shape;

    /**
     * @param images what the host reads
     * @param front  what it computes
     * @param shape  of the results
     */
    FrontedSet(DataSet images, Front front, Shape shape) {
        this.images = images;
        this.front = front;
        this.shape = shape;
    }

    @Override
    public String name() {
        return images.name();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public boolean labelled() {
        return images.labelled();
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    @Override
    public void image(int index, double[] channelsLast) {
        double[] image = new double[images.shape().size()];
        images.image(index, image);
        System.arraycopy(front.apply(image), 0, channelsLast, 0, shape.size());
    }
}
