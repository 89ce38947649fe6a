package org.axongrid.emulator.engine;

import java.util.Arrays;

/** Spreads cores over workers. */
final class CoreAssignment {
    private CoreAssignment() { }

    /**
     * @param work    by core: how much it has to do
     * @param workers how many there are
     * @return by core its worker: the heaviest core first, to the worker with the least so far
     */
    static int[] of(long[] work, int workers) {
        int[] workerOf = new int[work.length];
        long[] load = new long[workers];
        Integer[] order = new Integer[work.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(work[b], work[a]));
        for (int c : order) {
            int least = 0;
            for (int w = 1; w < workers; w++) {
                if (load[w] < load[least]) {
                    least = w;
                }
            }
            workerOf[c] = least;
            load[least] += work[c];
        }
        return workerOf;
    }
}
