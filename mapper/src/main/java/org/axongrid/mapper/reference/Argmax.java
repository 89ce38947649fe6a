package org.axongrid.mapper.reference;

/** The class that a readout decides for: the largest value, and of equal ones the lowest index, as in NumPy and PyTorch on the CPU. */
public final class Argmax {
    private Argmax() { }

    /**
     * @param values at least one, none NaN
     * @return index of the largest
     */
    public static int of(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * @param values at least one
     * @return index of the largest
     */
    public static int of(long[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * @param values readout sums in units of their own channel
     * @param scale  real value of a unit, by channel; the values run over the channels again and again
     * @return index of the largest {@code scale * value}; with equal scales the integers themselves are compared
     */
    public static int of(long[] values, double[] scale) {
        boolean equal = true;
        for (double s : scale) {
            equal &= s == scale[0];
        }
        if (equal) {
            return of(values);
        }
        double[] real = new double[values.length];
        for (int i = 0; i < real.length; i++) {
            real[i] = scale[i % scale.length] * values[i];
        }
        return of(real);
    }
}
