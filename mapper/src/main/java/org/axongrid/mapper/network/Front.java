package org.axongrid.mapper.network;

/**
 * What the host computes of an image before the network sees it: normalisation, pooling of the image, linear layers in front of the first neurons. The
 * analog input of a chip is a current, computed off the chip, so nothing of this costs the chip anything.
 */
public interface Front {
    /** @return shape of the images */
    Shape imageShape();

    /** @return what is computed, for people */
    String text();

    /**
     * Safe for several threads at once.
     *
     * @param image values, channels last; not changed
     * @return values of the network's input population, channels last
     */
    double[] apply(double[] image);
}
