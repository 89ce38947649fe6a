package org.axongrid.mapper.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Network;

/**
 * Where accuracy went: how many images each stage gets right and how each layer fares, and the first stage and layer that lose.
 *
 * @param images       number of images
 * @param right        by {@link Stage} images with the right class
 * @param lost         by {@link Stage} images that the stage before had right and this one has wrong
 * @param won          by {@link Stage} the reverse
 * @param layers       all but the input, in order
 * @param saturations  potentials that the membrane register clamped in the integer network
 * @param wraps        inputs that wrapped in its accumulator
 */
public record Diagnosis(int images, List<Integer> right, List<Integer> lost, List<Integer> won, List<LayerFidelity> layers, long saturations,
                        long wraps) {
    /** Below this share of images a loss is not worth a search. */
    private static final double LOSS_MIN = 0.003;

    /**
     * @param network the trained network
     * @param traces  by image
     * @param labels  by image
     * @param runners all that ran images
     * @return the diagnosis
     */
    public static Diagnosis of(Network network, List<ImageTrace> traces, int[] labels, List<StageRunner> runners) {
        int stages = Stage.values().length;
        Integer[] right = new Integer[stages];
        Integer[] lost = new Integer[stages];
        Integer[] won = new Integer[stages];
        for (int s = 0; s < stages; s++) {
            int[] count = new int[3];
            for (int i = 0; i < traces.size(); i++) {
                boolean now = traces.get(i).prediction[s] == labels[i];
                boolean before = traces.get(i).prediction[Math.max(0, s - 1)] == labels[i];
                count[0] += now ? 1 : 0;
                count[1] += before && !now ? 1 : 0;
                count[2] += now && !before ? 1 : 0;
            }
            right[s] = count[0];
            lost[s] = count[1];
            won[s] = count[2];
        }
        List<LayerFidelity> layers = new ArrayList<>();
        for (int p = 1; p < network.populations().size(); p++) {
            layers.add(layer(network, p, traces, runners));
        }
        return new Diagnosis(traces.size(), List.of(right), List.of(lost), List.of(won), layers,
            traces.stream().mapToLong(t -> t.membraneSaturations).sum(), traces.stream().mapToLong(t -> t.accumulatorWraps).sum());
    }

    private static LayerFidelity layer(Network network, int p, List<ImageTrace> traces, List<StageRunner> runners) {
        int stages = Stage.values().length;
        ImageTrace.Moments[] sums = new ImageTrace.Moments[stages];
        Arrays.setAll(sums, s -> new ImageTrace.Moments());
        long[] shares = new long[5];
        for (ImageTrace trace : traces) {
            for (int s = 0; s < stages; s++) {
                sums[s].add(trace.moments[p][s]);
            }
            shares[0] += trace.saturated[p];
            shares[1] += trace.clipped[p];
            shares[2] += trace.uneven[p];
            shares[3] += trace.judged[p];
            shares[4] += trace.masked[p];
        }
        double n = sums[0].count;
        double rms = Math.sqrt(sums[0].squares / n);
        Double[][] by = new Double[4][stages];
        for (int s = 0; s < stages; s++) {
            by[0][s] = relative(Math.sqrt(sums[s].offTrained / n), rms);
            by[1][s] = relative(Math.sqrt(sums[s].offBefore / n), rms);
            by[2][s] = correlation(sums[s], sums[0]);
            by[3][s] = relative((sums[s].sum - sums[0].sum) / n, rms);
        }
        int neurons = network.populations().get(p).shape().size();
        return new LayerFidelity(network.populations().get(p).name(), neurons, sums[0].sum / n, List.of(by[0]), List.of(by[1]), List.of(by[2]),
            List.of(by[3]), shares[0] / n, shares[1] / n, dead(p, neurons, runners), shares[3] == 0 ? Double.NaN : (double) shares[2] / shares[3],
            shares[4] / n);
    }

    private static double relative(double value, double rms) {
        return rms == 0 ? value == 0 ? 0 : Double.NaN : value / rms;
    }

    private static double correlation(ImageTrace.Moments a, ImageTrace.Moments b) {
        double n = a.count;
        double va = a.squares / n - a.sum / n * (a.sum / n);
        double vb = b.squares / n - b.sum / n * (b.sum / n);
        return va <= 0 || vb <= 0 ? Double.NaN : Math.max(-1, Math.min(1, (a.withTrained / n - a.sum / n * (b.sum / n)) / Math.sqrt(va * vb)));
    }

    private static double dead(int p, int neurons, List<StageRunner> runners) {
        int dead = 0;
        for (int i = 0; i < neurons; i++) {
            boolean active = false;
            boolean spiked = false;
            for (StageRunner runner : runners) {
                active |= runner.active()[p] != null && runner.active()[p][i];
                spiked |= runner.spiked()[p] != null && runner.spiked()[p][i];
            }
            dead += active && !spiked ? 1 : 0;
        }
        return (double) dead / neurons;
    }

    /**
     * The first stage that loses: it gets fewer images right than the one before, by 0.3 % of them or more and by more than two standard deviations
     * of a coin thrown for each image on which both differ.
     *
     * @return the stage, {@code null} if none does
     */
    public Stage firstLoss() {
        for (Stage stage : Stage.values()) {
            if (loses(stage)) {
                return stage;
            }
        }
        return null;
    }

    /**
     * @param stage a stage
     * @return whether it loses, as above
     */
    public boolean loses(Stage stage) {
        int a = lost.get(stage.ordinal());
        int b = won.get(stage.ordinal());
        return a - b >= LOSS_MIN * images && a - b > 2 * Math.sqrt(a + b);
    }

    /**
     * @param stage a stage but the first
     * @return the first layer whose difference from the stage before is at least half of that of the layer where it is largest
     */
    public LayerFidelity firstLayer(Stage stage) {
        double most = layers.stream().mapToDouble(l -> l.added(stage)).filter(x -> !Double.isNaN(x)).max().orElse(0);
        return layers.stream().filter(l -> l.added(stage) >= most / 2).findFirst().orElse(layers.get(layers.size() - 1));
    }
}
