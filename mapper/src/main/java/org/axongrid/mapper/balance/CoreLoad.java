package org.axongrid.mapper.balance;

import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.partition.CorePiece;

/**
 * What each core is expected to do in a step: updates, spikes and sending, and receiving with its synaptic operations, which overlap. The largest of
 * all is a lower bound of the step that the network on chip and the barrier add to: the mapper's proxy of latency.
 *
 * @param compute by core: ps of updates, spikes and sending
 * @param receive by core: ps of messages and synaptic operations
 * @param spikes      spikes of all cores in a step
 * @param operations  synaptic operations of all cores in a step
 */
public record CoreLoad(double[] compute, double[] receive, double spikes, double operations) {
    private static final double WINDOW = 1000;

    /** @return the time of the busiest core, ps */
    public double busiest() {
        double most = 0;
        for (int c = 0; c < compute.length; c++) {
            most = Math.max(most, Math.max(compute[c], receive[c]));
        }
        return most;
    }

    /** @return mean over the cores of what the longer of their two sides takes, ps */
    public double mean() {
        double sum = 0;
        for (int c = 0; c < compute.length; c++) {
            sum += Math.max(compute[c], receive[c]);
        }
        return sum / Math.max(1, compute.length);
    }

    /**
     * @param network the network
     * @param chunk   by population: channels per core
     * @param pieces  what each core holds
     * @param rates   by population and neuron: spikes in 1000 steps; null for {@code uniform}
     * @param uniform spikes in 1000 steps of every neuron where no rates are known
     * @param times   what operations take
     * @return the load of each core
     */
    public static CoreLoad of(Network network, int[] chunk, List<CorePiece> pieces, int[][] rates, double uniform, WorkTimes times) {
        double[] compute = new double[pieces.size()];
        double[] receive = new double[pieces.size()];
        double[] totals = new double[2];
        int[][][] at = at(network, pieces);
        for (int c = 0; c < pieces.size(); c++) {
            CorePiece piece = pieces.get(c);
            double spikes = 0;
            for (int position : piece.positions()) {
                spikes += rate(network, rates, uniform, piece.population(), position, piece.firstChannel(), piece.channels());
            }
            totals[0] += spikes / WINDOW;
            compute[c] = piece.compartments() * times.update() + spikes / WINDOW * times.spike();
        }
        for (Projection q : network.projections()) {
            if (!network.isAnalog(q) && q.source() > 0) {
                add(network, chunk, pieces, q, at, rates, uniform, times, compute, receive, totals);
            }
        }
        return new CoreLoad(compute, receive, totals[0], totals[1]);
    }

    private static void add(Network network, int[] chunk, List<CorePiece> pieces, Projection q, int[][][] at, int[][] rates, double uniform,
                            WorkTimes times, double[] compute, double[] receive, double[] totals) {
        Shape shape = q.sourceShape();
        int step = chunk[q.source()];
        int[] seen = new int[pieces.size()];
        Arrays.fill(seen, -1);
        for (int position = 0; position < shape.positions(); position++) {
            int from = position;
            for (int first = 0; first < shape.channels(); first += step) {
                int channels = Math.min(step, shape.channels() - first);
                double rate = rate(network, rates, uniform, q.source(), position, first, channels) / WINDOW;
                int home = home(pieces, at[q.source()][position], first);
                int stamp = position * ((shape.channels() + step - 1) / step) + first / step;
                int low = first;
                q.forEachTap(position / shape.width(), position % shape.width(), (target, ky, kx) -> {
                    for (int core : at[q.target()][target]) {
                        double reached = reached(q, low, channels, pieces.get(core));
                        if (reached == 0) {
                            continue;
                        }
                        // A spike reaches the channels of its group that the core holds.
                        receive[core] += rate * reached * times.synapse();
                        totals[1] += rate * reached;
                        if (seen[core] != stamp) {
                            seen[core] = stamp;
                            double messages = rate * Math.min(1, q.groups() == 1 ? 1 : reached);
                            receive[core] += messages * times.receive();
                            compute[home] += messages * times.send();
                        }
                    }
                });
            }
        }
    }

    /** @return target channels in the piece that a spike of one of the source channels reaches, in the mean */
    private static double reached(Projection q, int first, int channels, CorePiece piece) {
        if (q.groups() == 1) {
            return piece.channels();
        }
        long pairs = 0;
        for (int ci = first; ci < first + channels; ci++) {
            int low = Math.max(piece.firstChannel(), q.firstOutChannel(ci));
            int high = Math.min(piece.firstChannel() + piece.channels(), q.firstOutChannel(ci) + q.outPerGroup());
            pairs += Math.max(0, high - low);
        }
        return (double) pairs / channels;
    }

    private static int home(List<CorePiece> pieces, int[] cores, int channel) {
        for (int c : cores) {
            if (pieces.get(c).firstChannel() == channel) {
                return c;
            }
        }
        throw new IllegalStateException("no core holds channel " + channel);
    }

    private static double rate(Network network, int[][] rates, double uniform, int population, int position, int first, int channels) {
        if (rates == null || rates[population] == null) {
            return uniform * channels;
        }
        int at = position * network.populations().get(population).shape().channels() + first;
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += rates[population][at + c];
        }
        return sum;
    }

    private static int[][][] at(Network network, List<CorePiece> pieces) {
        int[][][] at = new int[network.populations().size()][][];
        for (int p = 0; p < at.length; p++) {
            at[p] = new int[network.populations().get(p).shape().positions()][0];
        }
        for (int c = 0; c < pieces.size(); c++) {
            int[][] of = at[pieces.get(c).population()];
            for (int position : pieces.get(c).positions()) {
                of[position] = Arrays.copyOf(of[position], of[position].length + 1);
                of[position][of[position].length - 1] = c;
            }
        }
        return at;
    }
}
