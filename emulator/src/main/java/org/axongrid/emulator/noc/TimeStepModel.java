package org.axongrid.emulator.noc;

import java.util.Arrays;

/**
 * Composes time-steps from compute, network and receive (model TS1, golden README on the network, part A.3): the three overlap, the step
 * ends with the latest of them, then comes the barrier. The mesh keeps its state from step to step.
 */
public final class TimeStepModel {
    /**
     * One step; times in cycles, relative to its start except {@code start}, {@code end} and {@code next}.
     *
     * @param start      first cycle
     * @param compute    end of the longest compute
     * @param drain      last delivery, 0 if there was none
     * @param receive    end of the longest receiving
     * @param end        cycle in which all of it is done
     * @param barrier    cycles of the barrier
     * @param next       first cycle of the next step
     */
    public record Step(long start, long compute, long drain, long receive, long end, long barrier, long next) { }

    private final Xy1Mesh mesh;
    private final long receiveCycles;
    private final long barrier;
    private final long[] receivedUntil;
    private long lastDelivery;
    private long start;

    /**
     * @param parameters    the mesh
     * @param receiveCycles q: what a core takes to receive a packet
     * @param barrierBase   b0
     * @param barrierHop    b1; the barrier takes {@code b0 + 2 * b1 * (W + H - 2)}: to a corner and back
     */
    public TimeStepModel(MeshParameters parameters, long receiveCycles, long barrierBase, long barrierHop) {
        this.receiveCycles = receiveCycles;
        this.barrier = barrierBase + 2 * barrierHop * (parameters.width() + parameters.height() - 2);
        receivedUntil = new long[parameters.routers()];
        mesh = new Xy1Mesh(parameters, this::delivered);
    }

    private void delivered(int packet, int tag, int source, int destination, long offered, long entered, long cycle) {
        lastDelivery = cycle;
        receivedUntil[destination] = Math.max(receivedUntil[destination], cycle) + receiveCycles;
    }

    /** @return the mesh, for its counters */
    public Xy1Mesh mesh() {
        return mesh;
    }

    /**
     * Runs one step.
     *
     * @param source      by packet: sending core
     * @param destination by packet: receiving core
     * @param offset      by packet: cycle of its offer after the step's start, ascending
     * @param compute     by core: end of its compute after the step's start
     * @return its times
     */
    public Step run(int[] source, int[] destination, long[] offset, long[] compute) {
        lastDelivery = start;
        Arrays.fill(receivedUntil, start);
        int next = 0;
        while (next < source.length || !mesh.drained()) {
            long until = next < source.length ? start + offset[next] : Long.MAX_VALUE;
            advance(until);
            while (next < source.length && start + offset[next] == mesh.cycle()) {
                mesh.offer(source[next], destination[next], next);
                next++;
            }
            mesh.step();
        }
        long computed = Arrays.stream(compute).max().orElse(0);
        long received = Arrays.stream(receivedUntil).max().orElse(start);
        long end = Math.max(start + computed, Math.max(lastDelivery, received));
        Step step = new Step(start, computed, lastDelivery - start, received - start, end, barrier, end + barrier);
        start = step.next();
        advance(start);
        return step;
    }

    /** Runs the mesh up to a cycle, or until it is drained if that is earlier and no target is set. */
    private void advance(long until) {
        while (mesh.cycle() < until) {
            if (until == Long.MAX_VALUE && mesh.drained()) {
                return;
            }
            long event = mesh.nextEventCycle();
            if (event >= until) {
                if (until != Long.MAX_VALUE) {
                    mesh.skipTo(until);
                }
                return;
            }
            mesh.skipTo(event);
            if (until == Long.MAX_VALUE) {
                return;
            }
            mesh.step();
        }
    }
}
