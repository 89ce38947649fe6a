package org.axongrid.mapper.hdf;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;

/**
 * A dataset: extents and values in row-major order. Two are equal if extents, element type and all values are (bit for bit).
 *
 * <p>Values are one array: {@code double[]}, {@code float[]}, {@code long[]}, {@code int[]}, {@code short[]}, {@code byte[]},
 * {@code boolean[]} or {@code String[]}.
 */
public final class HdfData implements HdfEntry {
    private final int[] dims;
    private final Object values;

    private HdfData(int[] dims, Object values) {
        this.dims = dims.clone();
        this.values = values;
        long n = 1;
        for (int d : dims) {
            if (d < 0) {
                throw new IllegalArgumentException("negative extent in " + Arrays.toString(dims));
            }
            n = Math.multiplyExact(n, (long) d);
        }
        if (n != Array.getLength(values)) {
            throw new IllegalArgumentException(Array.getLength(values) + " values for extents " + Arrays.toString(dims));
        }
    }

    /**
     * @param dims   extents, none for a scalar
     * @param values an array of one of the element types, row-major; it is kept, not copied
     * @return a dataset
     */
    public static HdfData of(int[] dims, Object values) {
        if (!(values instanceof double[] || values instanceof float[] || values instanceof long[] || values instanceof int[]
            || values instanceof short[] || values instanceof byte[] || values instanceof boolean[] || values instanceof String[])) {
            throw new IllegalArgumentException("no dataset can hold " + values);
        }
        return new HdfData(dims, values);
    }

    /** @return a scalar string */
    public static HdfData text(String value) {
        return new HdfData(new int[0], new String[] {value});
    }

    /** @return a scalar 64-bit integer */
    public static HdfData integer(long value) {
        return new HdfData(new int[0], new long[] {value});
    }

    /** @return a scalar 64-bit real */
    public static HdfData scalar(double value) {
        return new HdfData(new int[0], new double[] {value});
    }

    /** @return a vector of 64-bit integers */
    public static HdfData vector(long... values) {
        return new HdfData(new int[] {values.length}, values.clone());
    }

    /** @return extents, none for a scalar */
    public int[] dims() {
        return dims.clone();
    }

    /** @return number of extents */
    public int rank() {
        return dims.length;
    }

    /** @return number of values */
    public int size() {
        return Array.getLength(values);
    }

    /** @return the array of values; live, not to be changed */
    public Object values() {
        return values;
    }

    /** @return whether the values are numbers or truth values */
    public boolean numeric() {
        return !(values instanceof String[]);
    }

    /** @return the element type as numpy calls it */
    public String type() {
        return values instanceof double[] ? "float64" : values instanceof float[] ? "float32" : values instanceof long[] ? "int64"
            : values instanceof int[] ? "int32" : values instanceof short[] ? "int16" : values instanceof byte[] ? "int8"
            : values instanceof boolean[] ? "bool" : "str";
    }

    /** @return value {@code index} as a real number */
    public double real(int index) {
        if (values instanceof double[] d) {
            return d[index];
        }
        if (values instanceof float[] f) {
            return f[index];
        }
        return whole(index);
    }

    private long whole(int index) {
        if (values instanceof long[] l) {
            return l[index];
        }
        if (values instanceof boolean[] b) {
            return b[index] ? 1 : 0;
        }
        return values instanceof int[] i ? i[index] : values instanceof short[] s ? s[index] : ((byte[]) values)[index];
    }

    /** @return all values as real numbers */
    public double[] reals() {
        double[] out = new double[size()];
        Arrays.setAll(out, i -> real(i));
        return out;
    }

    /** @return the string at {@code index} */
    public String text(int index) {
        return ((String[]) values)[index];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof HdfData d && Arrays.equals(dims, d.dims) && Objects.deepEquals(values, d.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(dims) + Arrays.deepHashCode(new Object[] {values});
    }

    @Override
    public String toString() {
        return type() + Arrays.toString(dims);
    }
}
