package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

import java.util.Arrays;

/** In which order a file has an image's values. */
enum Layout {
    /** One plane after the other. */
    CHANNELS_FIRST,
    /** All channels of a position together. */
    CHANNELS_LAST;

    /**
     * Finds out how a file's images fit the network's input.
     *
     * @param name     file, for messages
     * @param dims     extents of one image in the file, each at least 1
     * @param expected the network's input
     * @param planes   whether the format itself says that three extents are channels first
     * @return the order
     * @throws InvalidInputException if they do not fit, or fit in more than one way; the message names both shapes
     */
    static Layout of(String name, int[] dims, Shape expected, boolean planes) {
        long elements = 1;
        for (int d : dims) {
            elements *= d;
            if (elements > Integer.MAX_VALUE) {
                break;
            }
        }
        int c = expected.channels();
        int h = expected.height();
        int w = expected.width();
        boolean flatNetwork = h == 1 && w == 1;
        if (elements == expected.size()) {
            switch (dims.length) {
                case 1:
                    return CHANNELS_FIRST;
                case 2:
                    if (flatNetwork || c == 1 && dims[0] == h && dims[1] == w || h == 1 && dims[0] == c && dims[1] == w) {
                        return CHANNELS_FIRST;
                    }
                    break;
                case 3:
                    boolean first = dims[0] == c && dims[1] == h && dims[2] == w;
                    boolean last = dims[0] == h && dims[1] == w && dims[2] == c;
                    if (planes && (first || flatNetwork)) {
                        return CHANNELS_FIRST;
                    }
                    if (c == 1 && (first || last) || flatNetwork && (dims[0] == 1 || dims[2] == 1)) {
                        return CHANNELS_FIRST;
                    }
                    if (first && last || flatNetwork) {
                        throw new InvalidInputException(name + ": images of " + Arrays.toString(dims) + " fit the network's input " + expected
                            + " both channels first and channels last; store them flat, channels first");
                    }
                    if (first || last) {
                        return first ? CHANNELS_FIRST : CHANNELS_LAST;
                    }
                    break;
                default:
                    break;
            }
        }
        throw new InvalidInputException(name + ": images of " + Arrays.toString(dims) + ", the network's input is " + expected
            + " (channels x height x width)");
    }
}
