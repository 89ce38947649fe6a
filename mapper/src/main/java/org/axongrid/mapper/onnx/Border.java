package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Weights that differ at the border of a target map: windows that are cut there, or sums of which some summands lie outside. Rows and columns of the
 * target fall into classes, those of the inside being 0, and each pair of classes has weights of its own.
 *
 * @param rows    class by target row
 * @param columns class by target column
 * @param kernels weights by {@code row class * column classes + column class}
 */
record Border(int[] rows, int[] columns, double[][] kernels) {

    /** @return number of classes of columns */
    int columnClasses() {
        return classes(columns);
    }

    /** @return number of classes of rows */
    int rowClasses() {
        return classes(rows);
    }

    static int classes(int[] of) {
        return Arrays.stream(of).max().orElse(0) + 1;
    }

    /** @return the weights of a class of rows and a class of columns */
    double[] kernel(int rowClass, int columnClass) {
        return kernels[rowClass * columnClasses() + columnClass];
    }

    /** @return the same with other weights */
    Border each(UnaryOperator<double[]> change) {
        double[][] out = new double[kernels.length][];
        Arrays.setAll(out, i -> change.apply(kernels[i]));
        return new Border(rows, columns, out);
    }

    /**
     * Numbers what rows or columns have in common: the most frequent is 0, since it is the inside.
     *
     * @param keys by row or column
     * @return classes by row or column
     */
    static int[] classify(List<?> keys) {
        Map<Object, Integer> count = new HashMap<>();
        keys.forEach(k -> count.merge(k, 1, Integer::sum));
        List<Object> order = new ArrayList<>();
        for (Object key : keys) {
            if (!order.contains(key)) {
                order.add(key);
            }
        }
        order.sort((a, b) -> count.get(b) - count.get(a));
        return keys.stream().mapToInt(order::indexOf).toArray();
    }
}
