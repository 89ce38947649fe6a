package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.schedule.CosShift;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * The spiking network in double precision: the limit of {@link IntegerOracle} for ever finer weights, and the twin of the figures that the
 * conversion literature gives.
 *
 * <p>The currents of the analog input are computed once per image and are the same in each step.
 */
public final class FloatSnn extends Simulator {
    /** Thresholds per potential below which SRP rules a neuron out. */
    private static final int MASK_DIVISOR = 1024;
    /** Thresholds per epsilon of a correction. */
    private static final double EPSILONS = 1024;

    private final SpikingNetwork snn;
    private final DoubleRows[] synapses;
    private final double[][][] constant;
    private final double[][][] input;
    private final double[][] potential;
    private final double[][] theta;
    private final double[][] initialV;
    private final long[][] sentSum;
    private final double[][] kept;
    private final int[][] dead;
    private final double[] readoutSum;
    private int steps;
    private long ties;
    private long sentinels;
    private double closestTie;

    /** @param snn the converted network */
    public FloatSnn(SpikingNetwork snn) {
        super(snn.network(), snn.schedule(), snn.rules());
        this.snn = snn;
        int n = network.populations().size();
        synapses = new DoubleRows[network.projections().size()];
        constant = new double[n][][];
        input = new double[n][][];
        potential = new double[n][];
        theta = new double[n][];
        initialV = new double[n][];
        sentSum = new long[n][];
        kept = new double[n][];
        dead = new int[n][];
        for (int p = 1; p < n; p++) {
            NeuronRule rule = rules.get(p);
            if (rule.kind() == NeuronRule.Kind.MAX_POOL) {
                continue;
            }
            for (int i : network.into(p)) {
                synapses[i] = new DoubleRows(network.projections().get(i), snn.kernels().get(i));
            }
            Population population = network.populations().get(p);
            int size = population.shape().size();
            constant[p] = new double[population.shape().positions()][population.shape().channels()];
            input[p] = new double[population.shape().positions()][population.shape().channels()];
            potential[p] = new double[size];
            if (rule.integrates()) {
                theta[p] = perNeuron(snn.theta()[p], size);
                initialV[p] = perNeuron(snn.initialV()[p], size);
            }
            sentSum[p] = rule.kind() == NeuronRule.Kind.SIGNED ? new long[size] : null;
            kept[p] = rule.dynamics() == null ? null : new double[size];
            dead[p] = rule.dynamics() == null ? null : new int[size];
        }
        readoutSum = new double[network.readout().shape().size()];
    }

    private static double[] perNeuron(double[] values, int size) {
        double[] out = new double[size];
        Arrays.setAll(out, i -> values[i % values.length]);
        return out;
    }

    /**
     * Starts an image: the schedule at its beginning, readout sums, step number and counters at 0.
     *
     * @param image input values, channels last
     */
    public void reset(double[] image) {
        if (!network.eventInput() && image.length != network.input().shape().size()) {
            throw new IllegalArgumentException(image.length + " values for an input of " + network.input().shape());
        }
        for (int p = 1; p < constant.length; p++) {
            if (constant[p] == null) {
                continue;
            }
            for (double[] row : constant[p]) {
                System.arraycopy(network.populations().get(p).bias(), 0, row, 0, row.length);
            }
            for (int i : network.into(p)) {
                if (network.isAnalog(network.projections().get(i))) {
                    synapses[i].scatter(image, constant[p]);
                }
            }
        }
        clear();
    }

    /**
     * Starts an image whose analog currents the caller has computed, such as the rounded ones of an integer network.
     *
     * @param currents by population the per-neuron currents, static bias included, channels last; {@code null} where the static bias alone
     *                 is meant
     */
    public void resetToCurrents(double[][] currents) {
        for (int p = 1; p < constant.length; p++) {
            int at = 0;
            for (double[] row : constant[p] == null ? new double[0][] : constant[p]) {
                System.arraycopy(currents[p] == null ? network.populations().get(p).bias() : currents[p], at, row, 0, row.length);
                at += currents[p] == null ? 0 : row.length;
            }
        }
        clear();
    }

    private void clear() {
        counts.clear();
        ties = 0;
        sentinels = 0;
        closestTie = Double.POSITIVE_INFINITY;
        begin();
    }

    @Override
    void forgetCorrections() {
        for (int p = 1; p < initialV.length; p++) {
            for (int i = 0; initialV[p] != null && i < initialV[p].length; i++) {
                initialV[p][i] = snn.initialV()[p][i % snn.initialV()[p].length];
            }
        }
    }

    @Override
    void start(int p) {
        if (initialV[p] == null) {
            Arrays.fill(potential[p], 0);
            Arrays.fill(readoutSum, 0);
            steps = 0;
            return;
        }
        System.arraycopy(initialV[p], 0, potential[p], 0, potential[p].length);
        if (sentSum[p] != null) {
            Arrays.fill(sentSum[p], 0);
        }
        if (kept[p] != null) {
            Arrays.fill(kept[p], 0);
            Arrays.fill(dead[p], 0);
        }
    }

    @Override
    void clearInput(int p) {
        for (int y = 0; y < input[p].length; y++) {
            if (kept[p] != null) {
                Arrays.fill(input[p][y], 0);
                continue;
            }
            System.arraycopy(constant[p][y], 0, input[p][y], 0, input[p][y].length);
        }
    }

    @Override
    long scatter(int projection, SpikeList sent) {
        int source = network.projections().get(projection).source();
        return synapses[projection].scatter(sent, snn.payload()[source], input[network.projections().get(projection).target()]);
    }

    @Override
    int fanOut(int projection, int neuron) {
        return synapses[projection].fanOut(neuron);
    }

    @Override
    void fire(int p, SpikeList out) {
        NeuronRule rule = rules.get(p);
        if (rule.kind() == NeuronRule.Kind.SIGNED) {
            fireSigned(p, out);
        } else if (rule.kind() == NeuronRule.Kind.CUBA) {
            fireCuba(p, rule, out);
        } else if (rule.maxPayload() > 1) {
            fireGraded(p, rule.maxPayload(), out);
        } else {
            firePlain(p, rule.hardReset(), out);
        }
    }

    private void firePlain(int p, boolean hard, SpikeList out) {
        double[] thresholds = theta[p];
        double[] v = potential[p];
        double closest = Double.POSITIVE_INFINITY;
        int i = 0;
        for (double[] currents : input[p]) {
            for (double current : currents) {
                double th = thresholds[i];
                double x = v[i] + current;
                double distance = Math.abs(x - th);
                closest = Math.min(closest, distance / th);
                if (x >= th) {
                    ties += distance == 0 ? 1 : 0;
                    x = hard ? 0 : x - th;
                    out.add(i, 1);
                }
                v[i++] = x;
            }
        }
        closestTie = Math.min(closestTie, closest);
    }

    /** Bias and analog input act on the potential, as on the chip. */
    private void fireCuba(int p, NeuronRule rule, SpikeList out) {
        double keepU = rule.dynamics().currentKeep();
        double keepV = rule.dynamics().voltageKeep();
        double[] v = potential[p];
        double[] u = kept[p];
        int i = 0;
        for (int y = 0; y < input[p].length; y++) {
            for (int c = 0; c < input[p][y].length; c++) {
                u[i] = keepU * u[i] + input[p][y][c];
                double x = keepV * v[i] + u[i] + constant[p][y][c];
                x = dead[p][i] > 0 ? 0 : x;
                dead[p][i] = Math.max(0, dead[p][i] - 1);
                ties += x == theta[p][i] ? 1 : 0;
                if (x > theta[p][i]) {
                    x = rule.hardReset() ? 0 : x - theta[p][i];
                    dead[p][i] = rule.dynamics().refractory() - 1;
                    out.add(i, 1);
                }
                v[i++] = x;
            }
        }
    }

    private void fireGraded(int p, int most, SpikeList out) {
        double[] v = potential[p];
        int i = 0;
        for (double[] currents : input[p]) {
            for (double current : currents) {
                double th = theta[p][i];
                double x = v[i] + current;
                if (x >= th) {
                    ties += x == th ? 1 : 0;
                    int s = (int) Math.min(most, x < 2 * th ? 1 : floorDiv(x, th));
                    x -= s * th;
                    out.add(i, s);
                }
                v[i++] = x;
            }
        }
    }

    /** The whole number of times that {@code y > 0} goes into {@code x >= 0}, without the rounding of a division: the remainder is exact. */
    static double floorDiv(double x, double y) {
        return Math.rint((x - x % y) / y);
    }

    private void fireSigned(int p, SpikeList out) {
        double[] v = potential[p];
        long[] sent = sentSum[p];
        int i = 0;
        for (double[] currents : input[p]) {
            for (double current : currents) {
                double th = theta[p][i];
                double x = v[i] + current;
                if (th > 0) {
                    ties += x == th ? 1 : 0;
                    int s = x >= th ? 1 : x <= -th && sent[i] > 0 ? -1 : 0;
                    if (s != 0) {
                        x -= s * th;
                        sent[i] += s;
                        out.add(i, s);
                    }
                }
                v[i++] = x;
            }
        }
    }

    @Override
    void read(int p) {
        steps++;
        int i = 0;
        for (double[] currents : input[p]) {
            for (double current : currents) {
                potential[p][i] = current;
                readoutSum[i++] += current;
            }
        }
    }

    @Override
    void observe(int p, SpikeList sent, CosStatistics statistics) {
        statistics.begin(sent);
        for (int i = 0; i < potential[p].length; i++) {
            statistics.note(i, potential[p][i]);
        }
    }

    @Override
    void correct(int p, CosStatistics of) {
        for (int i = 0; i < potential[p].length; i++) {
            double th = theta[p][i];
            double highest = of.silent[i] ? of.highestSilent[i] : CosShift.SENTINEL * th;
            sentinels += !of.silent[i] && potential[p][i] >= th ? 1 : 0;
            initialV[p][i] += CosShift.of(potential[p][i], th, of.spiked[i], of.lowestSpiking[i], highest, th / EPSILONS);
        }
    }

    @Override
    void mask(int p, boolean[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = potential[p][i] * MASK_DIVISOR > theta[p][i];
        }
    }

    /** @return number of steps that the readout sums up: those since the last reset or change of phase */
    public int steps() {
        return steps;
    }

    /**
     * @param p population
     * @return its potentials after the last step, channels last; of the readout its current in that step; live, not a copy
     */
    public double[] potentials(int p) {
        return potential[p];
    }

    /** @return input of population {@code p} in the last step, bias included, [position][channel]; live, not a copy */
    public double[][] currents(int p) {
        return input[p];
    }

    /** @return v(0) of population {@code p} by neuron, corrected if its phase has ended; live, not a copy */
    public double[] initialV(int p) {
        return initialV[p];
    }

    /** @return by class the sum of the readout's currents over {@link #steps}; live, not a copy */
    public double[] readoutSum() {
        return readoutSum;
    }

    /** @return by class the mean current over {@link #steps} */
    public double[] logits() {
        return Arrays.stream(readoutSum).map(sum -> sum / steps).toArray();
    }

    @Override
    public int prediction() {
        return Argmax.of(readoutSum);
    }

    /** @return how often a potential was exactly the threshold since the last reset */
    public long ties() {
        return ties;
    }

    /** @return neurons whose correction of v(0) found no silent step since the last reset */
    public long sentinels() {
        return sentinels;
    }

    /**
     * @return the smallest |p - theta| / theta that a neuron without payloads has had since the last reset; another float simulation, which
     *         rounds in another order, may differ only where this is as small as its rounding errors
     */
    public double closestTie() {
        return closestTie;
    }
}
