package org.axongrid.emulator.engine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.axongrid.emulator.core.LoadedSystem;

/** Spreads cores over workers. */
final class CoreAssignment {
    private CoreAssignment() { }

    /** @return by core its worker: the heaviest core first, to the worker with the least so far */
    static int[] of(LoadedSystem system, int workers) {
        int[] workerOf = new int[system.cores()];
        long[] load = new long[workers];
        Integer[] order = new Integer[workerOf.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(system.weightOf(b), system.weightOf(a)));
        for (int c : order) {
            int least = 0;
            for (int w = 1; w < workers; w++) {
                if (load[w] < load[least]) {
                    least = w;
                }
            }
            workerOf[c] = least;
            load[least] += system.weightOf(c);
        }
        return workerOf;
    }

    /** @return by worker its cores, ascending */
    static int[][] own(int[] workerOf, int workers) {
        int[][] own = new int[workers][];
        for (int w = 0; w < workers; w++) {
            int worker = w;
            own[w] = IntStream.range(0, workerOf.length).filter(c -> workerOf[c] == worker).toArray();
        }
        return own;
    }
}
