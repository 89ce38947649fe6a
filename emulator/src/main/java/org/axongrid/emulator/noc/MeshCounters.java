package org.axongrid.emulator.noc;

/**
 * What a mesh counted, by router and port; index {@code router * 5 + port} with the ports of {@link Mesh}.
 */
public final class MeshCounters {
    /** Flits granted, by output. */
    public final long[] flits;
    /** Largest occupancy of an input FIFO, measured when a cycle's arrivals are in. */
    public final int[] maxOccupancy;
    /** Cycles in which an input had a head flit that was not granted. */
    public final long[] stalls;
    /** Packets offered. */
    public long offered;
    /** Packets delivered. */
    public long delivered;
    /** Sum over delivered packets: delivery minus offer. */
    public long latencySum;
    /** Largest of these. */
    public long latencyMax;
    /** Sum over delivered packets: entering minus offer. */
    public long sourceWaitSum;
    /** Latencies by power of two: element k counts those in 2^k .. 2^(k+1)-1. */
    public final long[] latencyHistogram = new long[40];

    MeshCounters(int ports) {
        flits = new long[ports];
        maxOccupancy = new int[ports];
        stalls = new long[ports];
    }

    void delivered(long offeredAt, long enteredAt, long cycle) {
        delivered++;
        long latency = cycle - offeredAt;
        latencySum += latency;
        latencyMax = Math.max(latencyMax, latency);
        sourceWaitSum += enteredAt - offeredAt;
        latencyHistogram[63 - Long.numberOfLeadingZeros(Math.max(1, latency))]++;
    }

    /** @return flits over links in east-west direction */
    public long hopsX() {
        return sum(flits, Mesh.EAST) + sum(flits, Mesh.WEST);
    }

    /** @return flits over links in north-south direction */
    public long hopsY() {
        return sum(flits, Mesh.NORTH) + sum(flits, Mesh.SOUTH);
    }

    /** @return stalled cycles of all inputs */
    public long stallsTotal() {
        long sum = 0;
        for (long s : stalls) {
            sum += s;
        }
        return sum;
    }

    private static long sum(long[] byPort, int port) {
        long sum = 0;
        for (int i = port; i < byPort.length; i += Mesh.PORTS) {
            sum += byPort[i];
        }
        return sum;
    }
}
