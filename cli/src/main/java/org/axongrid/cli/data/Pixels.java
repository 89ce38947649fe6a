package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;

import java.util.ArrayList;
import java.util.List;

/** Images' values in their file's order, one array an image, stored as narrow as the file has them. */
abstract sealed class Pixels {
    /** {@code byte / 255} in single precision, as the networks were trained. */
    private static final double[] UNIT = new double[256];

    static {
        for (int i = 0; i < UNIT.length; i++) {
            UNIT[i] = (float) i / 255f;
        }
    }

    /** @return number of images */
    abstract int count();

    /** @return value {@code at} of an image, in file order */
    abstract double get(int image, int at);

    /** Pixel bytes, divided by 255 when read. */
    static final class Bytes extends Pixels {
        private final List<byte[]> images = new ArrayList<>();

        void add(byte[] image) {
            images.add(image);
        }

        @Override
        int count() {
            return images.size();
        }

        @Override
        double get(int image, int at) {
            return UNIT[images.get(image)[at] & 0xff];
        }
    }

    /** Single-precision values. */
    static final class Floats extends Pixels {
        private final List<float[]> images = new ArrayList<>();

        void add(float[] image) {
            images.add(image);
        }

        @Override
        int count() {
            return images.size();
        }

        @Override
        double get(int image, int at) {
            return images.get(image)[at];
        }
    }

    /** Double-precision values. */
    static final class Doubles extends Pixels {
        private final List<double[]> images = new ArrayList<>();

        void add(double[] image) {
            images.add(image);
        }

        @Override
        int count() {
            return images.size();
        }

        @Override
        double get(int image, int at) {
            return images.get(image)[at];
        }
    }

    /** Refuses values that are no number; the caller gives the place. */
    static double finite(double value, String name, int image, int at) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new InvalidInputException(name + ": image " + image + ", value " + at + " is " + value + ", a finite number is expected");
        }
        return value;
    }
}
