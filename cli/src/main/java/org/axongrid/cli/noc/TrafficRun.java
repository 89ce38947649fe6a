package org.axongrid.cli.noc;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.axongrid.emulator.noc.DeliveryListener;
import org.axongrid.emulator.noc.Mesh;

/**
 * Synthetic traffic at one rate: warm-up, measurement, and what the packets offered while measuring met.
 *
 * @param rate        packets per node and cycle offered
 * @param accepted    packets per node and cycle delivered while measuring
 * @param acceptedMin the same of the node that received fewest
 * @param latency     mean cycles from offer to delivery of the packets offered while measuring
 * @param latencyMin  smallest of these; 0 if there was no packet
 * @param latencyMax  largest of these
 * @param hops        mean links on their ways
 * @param sourceWait  mean cycles before entering the mesh
 * @param stable      whether all of them were delivered within the time that measuring took
 */
public record TrafficRun(double rate, double accepted, double acceptedMin, double latency, long latencyMin, long latencyMax, double hops,
                         double sourceWait, boolean stable) {
    /** Where a node's next packet goes. */
    @FunctionalInterface
    public interface Destinations {
        /** @return the node that a packet of {@code source} goes to */
        int of(int source, SplittableRandom random);
    }

    /**
     * @param rate   probability of a packet per node and cycle, 0..1
     * @param warmUp cycles before measuring, at least 0
     * @param cycles cycles measured, at least 1
     * @param seed   of the random generator
     */
    public record Plan(double rate, int warmUp, int cycles, long seed) { }

    /**
     * @param plan   rate and length
     * @param to     destinations
     * @param width  nodes per row
     * @param height rows
     * @param meshes makes the mesh
     * @return the measurement
     */
    public static TrafficRun of(Plan plan, Destinations to, int width, int height, Function<DeliveryListener, Mesh> meshes) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        int nodes = width * height;
        long end = (long) plan.warmUp() + plan.cycles();
        Sums sums = new Sums(nodes, plan.warmUp(), end);
        Mesh mesh = meshes.apply(sums);
        long measured = 0;
        long hops = 0;
        for (long t = 0; t < end; t++) {
            for (int node = 0; node < nodes; node++) {
                if (random.nextDouble() < plan.rate()) {
                    int destination = to.of(node, random);
                    int counts = t >= plan.warmUp() ? 1 : 0;
                    measured += counts;
                    hops += counts * (Math.abs(node % width - destination % width) + Math.abs(node / width - destination / width));
                    mesh.offer(node, destination, counts);
                }
            }
            mesh.step();
        }
        for (int t = 0; t < plan.cycles() && sums.packets < measured; t++) {
            mesh.step();
        }
        double n = Math.max(1, sums.packets);
        long fewest = sums.byNode[0];
        long all = 0;
        for (long d : sums.byNode) {
            fewest = Math.min(fewest, d);
            all += d;
        }
        return new TrafficRun(plan.rate(), all / ((double) plan.cycles() * nodes), fewest / (double) plan.cycles(), sums.latency / n,
            sums.packets == 0 ? 0 : sums.smallest, sums.largest, hops / (double) Math.max(1, measured), sums.wait / n, sums.packets == measured);
    }

    /** What deliveries add up to. */
    private static final class Sums implements DeliveryListener {
        final long[] byNode;
        final long from;
        final long until;
        long packets;
        long latency;
        long smallest = Long.MAX_VALUE;
        long largest;
        long wait;

        Sums(int nodes, long from, long until) {
            byNode = new long[nodes];
            this.from = from;
            this.until = until;
        }

        @Override
        public void delivered(int packet, int tag, int source, int destination, long offered, long entered, long cycle) {
            if (cycle >= from && cycle < until) {
                byNode[destination]++;
            }
            if (tag == 1) {
                packets++;
                latency += cycle - offered;
                smallest = Math.min(smallest, cycle - offered);
                largest = Math.max(largest, cycle - offered);
                wait += entered - offered;
            }
        }
    }
}
