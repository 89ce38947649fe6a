package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The cores of one worker, of which only those are visited in a step that have something to do. A core at rest is left out until a message comes, some
 * of its compartments start or stop running, or the host writes to it; the steps that it slept through are counted when somebody asks.
 *
 * <p>Belongs to the worker's thread while a step runs, and to the calling thread between steps.
 */
public final class ActiveCores {
    private final Neurocore[] own;
    /** By position, a bit for each core that the next step visits. */
    private final long[] awake;
    /** By position: the last step that the core has counted. */
    private final int[] counted;
    /** Positions, those that take longest while they rest first. */
    private final int[] byRestingPs;
    /** Who wakes cores: by sending worker, the host last. */
    private final WakeMap[] maps;
    private final int worker;
    private final int firstWord;
    /** First steps of compartments, ascending, and the core's position. */
    private final int[] start;
    private final int[] starting;
    private int started;
    private int stopped;
    private long computePs;
    private long receivePs;
    private long drainPs;
    private long hostNs;

    /**
     * @param own       the cores, in image order
     * @param maps      by sending worker, the host last: messages to all cores
     * @param worker    which worker runs these
     * @param firstWord where their bits begin in the maps
     */
    ActiveCores(Neurocore[] own, WakeMap[] maps, int worker, int firstWord) {
        this.own = own;
        this.maps = maps;
        this.worker = worker;
        this.firstWord = firstWord;
        awake = new long[(own.length + 63) / 64];
        counted = new int[own.length];
        byRestingPs = IntStream.range(0, own.length).boxed().sorted(Comparator.comparingLong(p -> -own[p].restingPs())).mapToInt(p -> p).toArray();
        int[][] starts = IntStream.range(0, own.length).boxed()
            .flatMap(p -> Arrays.stream(own[p].startSteps()).distinct().mapToObj(step -> new int[] {step, p}))
            .sorted(Comparator.comparingInt(s -> s[0])).toArray(int[][]::new);
        start = Arrays.stream(starts).mapToInt(s -> s[0]).toArray();
        starting = Arrays.stream(starts).mapToInt(s -> s[1]).toArray();
        for (int p = 0; p < own.length; p++) {
            own[p].joins(this, p);
        }
    }

    /** Before the first step of a run: resets all cores. Nothing is under way to them then. */
    public void begin() {
        for (WakeMap map : maps) {
            map.forget(firstWord, awake.length);
        }
        for (int p = 0; p < own.length; p++) {
            own[p].reset();
            wake(p);
        }
        Arrays.fill(counted, 0);
        started = 0;
        stopped = 0;
    }

    /** Has a core visited in the next step. */
    void wake(int position) {
        awake[position >> 6] |= 1L << position;
    }

    /**
     * Runs one step.
     *
     * @param t      its number, from 1: any later one than the last, as long as it is not beyond {@link #next}
     * @param window number of steps for which each compartment runs, from its start step on
     */
    public void step(int t, int window) {
        for (WakeMap map : maps) {
            map.take(t, awake, firstWord);
        }
        started = wakeAll(started, t);
        stopped = wakeAll(stopped, t - window);
        long compute = longestAsleep();
        long receive = 0;
        long drain = 0;
        long host = 0;
        for (int w = 0; w < awake.length; w++) {
            for (long bits = awake[w]; bits != 0; bits &= bits - 1) {
                int p = (w << 6) + Long.numberOfTrailingZeros(bits);
                Neurocore core = own[p];
                countUpTo(t - 1, p);
                counted[p] = t;
                core.step(t, window);
                compute = Math.max(compute, core.computePs());
                receive = Math.max(receive, core.receivePs());
                drain = Math.max(drain, core.drainPs());
                host += core.hostNs();
                if (core.resting && core.heldUntil < t) {
                    awake[w] &= ~(bits & -bits);
                }
            }
        }
        computePs = compute;
        receivePs = receive;
        drainPs = drain;
        hostNs = host;
    }

    /** Wakes cores whose compartments start or stop. @return how many of {@link #start} lie in or before a step */
    private int wakeAll(int from, int step) {
        int next = from;
        while (next < start.length && start[next] <= step) {
            wake(starting[next++]);
        }
        return next;
    }

    /** @return longest time of a core that is not visited */
    private long longestAsleep() {
        for (int p : byRestingPs) {
            if ((awake[p >> 6] & 1L << p) == 0) {
                return own[p].restingPs();
            }
        }
        return 0;
    }

    /**
     * @param t      the step that ended
     * @param window number of steps for which each compartment runs
     * @return the next step in which a core has something to do: one of these cores, or one that they sent a message; {@link Integer#MAX_VALUE} if
     *         there is none
     */
    public int next(int t, int window) {
        for (long bits : awake) {
            if (bits != 0) {
                return t + 1;
            }
        }
        int next = Math.min(maps[worker].next(t), maps[maps.length - 1].next(t));
        if (started < start.length) {
            next = Math.min(next, start[started]);
        }
        if (stopped < start.length) {
            next = (int) Math.min(next, (long) start[stopped] + window);
        }
        return next;
    }

    /** Counts the steps up to one for all cores that slept through them. */
    public void countUpTo(int t) {
        for (int p = 0; p < own.length; p++) {
            countUpTo(t, p);
        }
    }

    private void countUpTo(int t, int position) {
        int slept = t - counted[position];
        if (slept > 0) {
            own[position].countRest(slept);
            counted[position] = t;
        }
    }

    /** @return longest {@link Neurocore#computePs} of the last step */
    public long computePs() {
        return computePs;
    }

    /** @return longest {@link Neurocore#computePs} of a step in which all cores rest */
    public long restingPs() {
        return own.length == 0 ? 0 : own[byRestingPs[0]].restingPs();
    }

    /** @return longest {@link Neurocore#receivePs} of the last step */
    public long receivePs() {
        return receivePs;
    }

    /** @return about how long the last step took the host, ns; only its proportion to that of other cores matters */
    public long hostNs() {
        return hostNs;
    }

    /** @return longest {@link Neurocore#drainPs} of the last step */
    public long drainPs() {
        return drainPs;
    }
}
