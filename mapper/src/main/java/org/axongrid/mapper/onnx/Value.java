package org.axongrid.mapper.onnx;

import java.util.Arrays;

/** What a tensor of the graph means for the network. */
sealed interface Value permits Value.Constant, Value.Unknown, Value.Remnant, Value.Signal, Staged {
    /** Largest number of neurons in a population, and of values in a tensor that is computed from others. */
    int MOST_ELEMENTS = 1 << 24;

    /** The result of a node that was refused: what follows is not judged. */
    Value UNKNOWN = new Unknown();

    /**
     * A tensor known at import.
     *
     * @param name     tensor name
     * @param integer  whether it is of an integer type; NaN then stands for the unknown batch size
     * @param declared whether the file names it (an initializer), as opposed to an anonymous constant
     * @param dims     extents
     * @param data     row-major
     */
    record Constant(String name, boolean integer, boolean declared, int[] dims, double[] data) implements Value {
        /** @return whether all values are equal, so that it acts as a scalar whatever its shape */
        boolean uniform() {
            for (double d : data) {
                if (Double.doubleToLongBits(d) != Double.doubleToLongBits(data[0])) {
                    return false;
                }
            }
            return data.length > 0;
        }

        /** @return as integers; the unknown batch size as {@link Long#MIN_VALUE} */
        long[] longs() {
            return Arrays.stream(data).mapToLong(d -> Double.isNaN(d) ? Long.MIN_VALUE : (long) d).toArray();
        }
    }

    /** See {@link #UNKNOWN}. */
    record Unknown() implements Value {
    }

    /**
     * {@code minuend - subtrahend}, what is left of a straight-through estimator: adding {@code subtrahend} gives {@code minuend} back.
     *
     * @param minuend    the rounded value
     * @param subtrahend the value before rounding
     */
    record Remnant(Value minuend, Value subtrahend) implements Value {
    }

    /** A tensor with batch axis that is linear in the populations' outputs. */
    sealed interface Signal extends Value permits Reading, LinearSum, Maxed {
        /** @return extents without the batch axis */
        int[] dims();

        /** @return the same values in the same memory order under other extents */
        Signal as(int[] newDims);
    }

    /** @return an anonymous scalar */
    static Constant scalar(double value) {
        return new Constant("", false, false, new int[0], new double[] {value});
    }

    /** @return the product of extents */
    static int elements(int[] dims) {
        long n = 1;
        for (int d : dims) {
            n *= d;
            if (d < 1 || n > MOST_ELEMENTS) {
                throw new Refusal("a tensor of " + Text.dims(dims) + " elements; every extent must be positive and at most "
                    + MOST_ELEMENTS + " elements are supported");
            }
        }
        return (int) n;
    }
}
