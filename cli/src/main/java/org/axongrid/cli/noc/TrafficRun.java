package org.axongrid.cli.noc;

import java.util.Random;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.Xy1Mesh;

/**
 * Synthetic traffic at one rate: warm-up, measurement, and what the packets offered while measuring met.
 *
 * @param rate      packets per node and cycle offered
 * @param accepted  packets per node and cycle delivered while measuring
 * @param latency   mean cycles from offer to delivery of the packets offered while measuring
 * @param latencyMax largest of these
 * @param sourceWait mean cycles before entering the mesh
 * @param stable    whether all of them were delivered within the time that measuring took
 */
public record TrafficRun(double rate, double accepted, double latency, long latencyMax, double sourceWait, boolean stable) {
    /**
     * @param traffic    the pattern
     * @param rate       probability of a packet per node and cycle, 0..1
     * @param cycles     cycles measured, after as many of warm-up
     * @param parameters the mesh
     * @param seed       of the random generator
     * @return the measurement
     */
    public static TrafficRun of(Traffic traffic, double rate, int cycles, MeshParameters parameters, long seed) {
        Random random = new Random(seed);
        long[] sums = new long[5];
        Xy1Mesh mesh = new Xy1Mesh(parameters, (packet, tag, source, destination, offered, entered, cycle) -> {
            if (cycle >= cycles && cycle < 2L * cycles) {
                sums[4]++;
            }
            if (tag == 1) {
                sums[0]++;
                sums[1] += cycle - offered;
                sums[2] = Math.max(sums[2], cycle - offered);
                sums[3] += entered - offered;
            }
        });
        int nodes = parameters.routers();
        long measured = 0;
        for (int t = 0; t < 2 * cycles; t++) {
            for (int node = 0; node < nodes; node++) {
                if (random.nextDouble() < rate) {
                    boolean counts = t >= cycles;
                    measured += counts ? 1 : 0;
                    mesh.offer(node, traffic.destination(node, parameters.width(), parameters.height(), random), counts ? 1 : 0);
                }
            }
            mesh.step();
        }
        for (int t = 0; t < cycles && sums[0] < measured; t++) {
            mesh.step();
        }
        double n = Math.max(1, sums[0]);
        return new TrafficRun(rate, sums[4] / ((double) cycles * nodes), sums[1] / n, sums[2], sums[3] / n, sums[0] == measured);
    }
}
