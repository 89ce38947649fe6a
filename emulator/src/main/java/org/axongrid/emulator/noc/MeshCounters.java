package org.axongrid.emulator.noc;

import java.util.Arrays;

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

    /** Makes these the sum of others of the same size; the largest occupancies and latencies are the largest of theirs. */
    void setToSum(Iterable<MeshCounters> all) {
        Arrays.fill(flits, 0);
        Arrays.fill(maxOccupancy, 0);
        Arrays.fill(stalls, 0);
        Arrays.fill(latencyHistogram, 0);
        offered = delivered = latencySum = latencyMax = sourceWaitSum = 0;
        for (MeshCounters c : all) {
            for (int i = 0; i < flits.length; i++) {
                flits[i] += c.flits[i];
                maxOccupancy[i] = Math.max(maxOccupancy[i], c.maxOccupancy[i]);
                stalls[i] += c.stalls[i];
            }
            for (int k = 0; k < latencyHistogram.length; k++) {
                latencyHistogram[k] += c.latencyHistogram[k];
            }
            offered += c.offered;
            delivered += c.delivered;
            latencySum += c.latencySum;
            latencyMax = Math.max(latencyMax, c.latencyMax);
            sourceWaitSum += c.sourceWaitSum;
        }
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
