package org.axongrid.mapper.quantise;

import java.util.Arrays;

/**
 * Gives channels a common scale where the chip has fewer threshold registers than there are channels. A channel's scale may only grow, by as
 * little as possible: sorted by what they need, channels are cut into consecutive groups, each with its largest member's scale, so that
 * the sum of the logarithms by which scales grow is smallest. Exact, by dynamic programming.
 */
final class ScaleGroups {
    private ScaleGroups() { }

    /**
     * @param needed by channel the smallest scale, positive
     * @param groups distinct scales allowed, at least 1
     * @return by channel a scale that is not smaller, with at most {@code groups} distinct values
     */
    static double[] group(double[] needed, int groups) {
        double[] sorted = Arrays.stream(needed).sorted().distinct().toArray();
        if (sorted.length <= groups) {
            return needed.clone();
        }
        int[] count = new int[sorted.length];
        for (double s : needed) {
            count[Arrays.binarySearch(sorted, s)]++;
        }
        int n = sorted.length;
        // cost of a group first..last is weight(first..last) * log(last) - logs(first..last)
        double[] logs = new double[n + 1];
        double[] weight = new double[n + 1];
        for (int i = 0; i < n; i++) {
            logs[i + 1] = logs[i] + count[i] * Math.log(sorted[i]);
            weight[i + 1] = weight[i] + count[i];
        }
        double[][] best = new double[groups + 1][n + 1];
        int[][] cut = new int[groups + 1][n + 1];
        Arrays.fill(best[0], Double.POSITIVE_INFINITY);
        best[0][0] = 0;
        for (int g = 1; g <= groups; g++) {
            for (int end = 1; end <= n; end++) {
                best[g][end] = Double.POSITIVE_INFINITY;
                double log = Math.log(sorted[end - 1]);
                for (int first = 0; first < end; first++) {
                    double cost = best[g - 1][first] + (weight[end] - weight[first]) * log - (logs[end] - logs[first]);
                    if (cost < best[g][end]) {
                        best[g][end] = cost;
                        cut[g][end] = first;
                    }
                }
            }
        }
        double[] shared = new double[n];
        for (int g = groups, end = n; g > 0; g--) {
            Arrays.fill(shared, cut[g][end], end, sorted[end - 1]);
            end = cut[g][end];
        }
        return Arrays.stream(needed).map(s -> shared[Arrays.binarySearch(sorted, s)]).toArray();
    }
}
