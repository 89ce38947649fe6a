package org.axongrid.mapper.hypergraph.place;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/**
 * Coordinates from the second and third smallest eigenvectors of the traffic graph's normalised Laplacian (Hall, Management Science 1970),
 * found by power iteration: cores are cut into columns by the first and ordered within a column by the other.
 */
final class SpectralPlacer implements CorePlacer {
    private static final int ITERATIONS = 300;

    @Override
    public String id() {
        return "spectral";
    }

    @Override
    public int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        CoreTraffic both = traffic.symmetric();
        int n = both.cores();
        double[] root = new double[n];
        for (int a = 0; a < n; a++) {
            double degree = 1e-9;
            for (int i = both.start()[a]; i < both.start()[a + 1]; i++) {
                degree += both.packets()[i];
            }
            root[a] = Math.sqrt(degree);
        }
        double[] constant = root.clone();
        normalise(constant);
        double[] first = eigenvector(both, root, new double[][] {constant}, seed);
        double[] second = eigenvector(both, root, new double[][] {constant, first}, seed + 1);
        int[] byFirst = order(first, root, IntStream.range(0, n).toArray());
        int[] tile = new int[n];
        for (int from = 0, column = 0; from < n; from += mesh.height(), column++) {
            int[] own = order(second, root, Arrays.copyOfRange(byFirst, from, Math.min(n, from + mesh.height())));
            for (int row = 0; row < own.length; row++) {
                tile[own[row]] = row * mesh.width() + column;
            }
        }
        return tile;
    }

    private static int[] order(double[] vector, double[] root, int[] cores) {
        return Arrays.stream(cores).boxed().sorted(Comparator.<Integer>comparingDouble(c -> vector[c] / root[c]).thenComparingInt(c -> c))
            .mapToInt(c -> c).toArray();
    }

    /** Iterates with (1 + D^-1/2 A D^-1/2) / 2, whose eigenvalues are not negative, at right angles to the vectors known. */
    private static double[] eigenvector(CoreTraffic both, double[] root, double[][] known, long seed) {
        int n = root.length;
        double[] v = new Random(seed).doubles(n).map(d -> d - 0.5).toArray();
        double[] next = new double[n];
        for (int k = 0; k < ITERATIONS; k++) {
            for (double[] other : known) {
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += v[i] * other[i];
                }
                for (int i = 0; i < n; i++) {
                    v[i] -= dot * other[i];
                }
            }
            normalise(v);
            for (int a = 0; a < n; a++) {
                double sum = 0;
                for (int i = both.start()[a]; i < both.start()[a + 1]; i++) {
                    sum += both.packets()[i] * v[both.to()[i]] / root[both.to()[i]];
                }
                next[a] = 0.5 * (v[a] + sum / root[a]);
            }
            double[] swap = v;
            v = next;
            next = swap;
        }
        normalise(v);
        return v;
    }

    private static void normalise(double[] v) {
        double norm = 0;
        for (double d : v) {
            norm += d * d;
        }
        norm = norm > 0 ? Math.sqrt(norm) : 1;
        for (int i = 0; i < v.length; i++) {
            v[i] /= norm;
        }
    }
}
