package org.axongrid.emulator.core;

import java.util.stream.IntStream;

/** Who wakes whom: a {@link WakeMap} for each worker and for the host, and where cores are found in all of them. */
final class CoreWakes {
    /** A reader's words start at multiples of two cache lines. */
    private static final int ALIGNED = 16;

    /** By core: the worker that runs it. */
    final int[] workerOf;
    final int workers;
    /** By core: its bit. The cores of a worker follow each other, ascending. */
    final int[] bit;
    /** By sending worker, the host last. */
    final WakeMap[] maps;
    private final int[][] own;
    private final int[] firstWord;

    /**
     * @param workerOf by core: the worker that runs it
     * @param workers  number of workers
     * @param horizon  longest time from sending to effect, in steps
     */
    CoreWakes(int[] workerOf, int workers, int horizon) {
        this.workerOf = workerOf.clone();
        this.workers = workers;
        bit = new int[workerOf.length];
        own = new int[workers][];
        firstWord = new int[workers + 1];
        for (int w = 0; w < workers; w++) {
            int worker = w;
            own[w] = IntStream.range(0, workerOf.length).filter(c -> workerOf[c] == worker).toArray();
            for (int p = 0; p < own[w].length; p++) {
                bit[own[w][p]] = 64 * firstWord[w] + p;
            }
            firstWord[w + 1] = firstWord[w] + (own[w].length / 64 / ALIGNED + 1) * ALIGNED;
        }
        maps = new WakeMap[workers + 1];
        for (int from = 0; from <= workers; from++) {
            maps[from] = new WakeMap(from < workers ? horizon : 1, firstWord[workers]);
        }
    }

    /** @return by worker its cores, of which all are active */
    ActiveCores[] activeCores(Neurocore[] cores) {
        ActiveCores[] active = new ActiveCores[workers];
        for (int w = 0; w < workers; w++) {
            active[w] = new ActiveCores(IntStream.of(own[w]).mapToObj(c -> cores[c]).toArray(Neurocore[]::new), maps, w, firstWord[w]);
        }
        return active;
    }
}
