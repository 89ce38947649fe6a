package org.axongrid.mapper.network;

/**
 * The shape of a population: a map of {@code height} x {@code width} positions with {@code channels} neurons each.
 *
 * <p>A dense layer of N neurons is N x 1 x 1, a 1-D map has height 1. Neurons are numbered <em>channels last</em>:
 * {@code (y * width + x) * channels + c}. ONNX and the image files are channels first; {@link #fromChannelsFirst(int)} converts.
 *
 * @param channels neurons per position, at least 1
 * @param height   rows, at least 1
 * @param width    columns, at least 1
 */
public record Shape(int channels, int height, int width) {
    /** Checks that all extents are positive and that the number of neurons fits an {@code int}. */
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("extents must be positive: " + channels + "x" + height + "x" + width);
        }
        Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /** @return a dense population of {@code neurons} neurons */
    public static Shape dense(int neurons) {
        return new Shape(neurons, 1, 1);
    }

    /** @return number of neurons */
    public int size() {
        return channels * height * width;
    }

    /** @return number of positions (height x width) */
    public int positions() {
        return height * width;
    }

    /** @return index of the neuron of channel {@code c} at row {@code y}, column {@code x} */
    public int index(int c, int y, int x) {
        return (y * width + x) * channels + c;
    }

    /**
     * @param chw index in channels-first order, {@code (c * height + y) * width + x}
     * @return the same neuron's index in our channels-last order
     */
    public int fromChannelsFirst(int chw) {
        int plane = height * width;
        int c = chw / plane;
        return (chw - c * plane) * channels + c;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
