package org.axongrid.emulator.engine;

import java.util.Arrays;
import org.axongrid.emulator.core.ActiveCores;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.RunningCores;
import org.axongrid.emulator.cycle.CycleClock;

/**
 * The steps of a run, as each worker goes through them: its active cores, the barrier, and between two steps whoever looks or drives. Steps in which no
 * core has anything to do are skipped by all workers at once; what they take is noted.
 */
final class StepLoop {
    Simulation.StepListener listener;
    Simulation.StepDriver driver;
    /** The step that the driver is called before; 0 unless it is. */
    int drivenStep;

    private final Neurocore[] cores;
    private final ActiveCores[] active;
    private final ReadoutReader readout;
    private final WorkerTimes workerTimes;
    private final SpinBarrier barrier;
    private final CycleClock clock;
    private final StepTimes times;
    private final Timing timing;
    private final NextStep agreement;
    /** By worker; all of them say the same while steps are shared. */
    private final StepSharing[] sharing;
    private int window;
    private int steps;
    /** The step after the one that ended, where worker 0 decides. */
    private int nextStep;
    /**
     * The step after those that worker 0 ran alone. Not the field above: others may still read that when worker 0 is through with a few steps.
     */
    private int resumed;
    /** The first step that workers run together, beyond 1 if worker 0 has begun alone. */
    private int first;

    /**
     * @param running     all cores
     * @param readout     reads them
     * @param workerTimes gets the times of the {@code fast} mode
     * @param barrier     of the workers
     * @param clock       of the {@code cycle} mode, or null
     * @param times       gets that mode's times
     * @param timing      how time is computed
     */
    StepLoop(RunningCores running, ReadoutReader readout, WorkerTimes workerTimes, SpinBarrier barrier, CycleClock clock, StepTimes times, Timing timing) {
        cores = running.all();
        active = running.active();
        this.readout = readout;
        this.workerTimes = workerTimes;
        this.barrier = barrier;
        this.clock = clock;
        this.times = times;
        this.timing = timing;
        agreement = new NextStep(barrier, active.length);
        sharing = new StepSharing[active.length];
        Arrays.setAll(sharing, w -> new StepSharing());
    }

    /**
     * Before a run, for the calling thread, which is worker 0. Where others would have to be waited for, it runs all steps by itself, or as many as it takes until that
     * has become the slower way; nobody is woken up for them.
     *
     * @return whether there is something left for {@link #run}
     */
    boolean begin(int ownWindow, int allSteps) {
        window = ownWindow;
        steps = allSteps;
        readout.begin(window, steps);
        workerTimes.prepare(steps);
        first = 1;
        if (steps == 0 || active.length == 1 || !sharing[0].staysAlone()) {
            return true;
        }
        for (ActiveCores a : active) {
            a.begin();
        }
        driveFirst();
        first = runAlone(1);
        if (first > steps) {
            countUpTo(steps);
            return false;
        }
        return true;
    }

    /** Resets its cores and runs all steps, as one of the workers. */
    void run(int worker) {
        ActiveCores own = active[worker];
        StepSharing shared = sharing[worker];
        // Worker 0 has noted steps that it ran alone.
        shared.reset();
        if (first == 1) {
            own.begin();
            // A worker that begins sends to cores of others, which must have forgotten what they had.
            meet(worker);
            if (driver != null) {
                if (worker == 0) {
                    driveFirst();
                }
                meet(worker);
            }
        }
        agreement.begins(worker);
        int turn = 0;
        for (int t = first; t <= steps; ) {
            if (active.length == 1 || shared.isAlone()) {
                t = alone(worker, t);
                if (t <= steps) {
                    shared.reset();
                    agreement.begins(worker);
                }
                continue;
            }
            own.step(t, window);
            workerTimes.step(worker, t, own);
            readout.read(worker, t, cores);
            boolean unwatched = unwatched();
            int next = agreement.agree(worker, turn++, unwatched ? own.next(t, window) : t + 1, own.hostNs(), shared);
            next = Math.min(steps + 1, unwatched ? next : watched(worker, t));
            skip(worker, t + 1, next - 1);
            t = next;
        }
        own.countUpTo(steps);
        meet(worker);
    }

    private boolean unwatched() {
        return listener == null && driver == null && clock == null;
    }

    private void driveFirst() {
        if (driver != null && driver.nextStep(1) <= 1) {
            drive(1);
        }
    }

    /** Worker 0 runs all workers' cores, and the others wait for it. @return the first step that it did not run */
    private int alone(int worker, int from) {
        if (worker == 0) {
            resumed = runAlone(from);
        }
        meet(worker);
        return resumed;
    }

    private int runAlone(int from) {
        StepSharing shared = sharing[0];
        int t = from;
        long start = System.nanoTime();
        do {
            long all = 0;
            long longest = 0;
            for (int w = 0; w < active.length; w++) {
                active[w].step(t, window);
                workerTimes.step(w, t, active[w]);
                readout.read(w, t, cores);
                all += active[w].hostNs();
                longest = Math.max(longest, active[w].hostNs());
            }
            long end = System.nanoTime();
            agreement.alone(all, end - start);
            shared.noteAlone(all, longest, end - start);
            int next = Math.min(steps + 1, between(t));
            for (int w = 0; w < active.length; w++) {
                skip(w, t + 1, next - 1);
            }
            t = next;
            start = unwatched() ? end : System.nanoTime();
        } while (t <= steps && (active.length == 1 || shared.isAlone()));
        return t;
    }

    private void meet(int worker) {
        if (active.length > 1 && worker > 0) {
            barrier.await(worker);
        } else if (active.length > 1) {
            long before = System.nanoTime();
            barrier.await(0);
            agreement.waited(System.nanoTime() - before);
        }
    }

    private void skip(int worker, int from, int to) {
        if (from <= to) {
            workerTimes.rest(worker, from, to, active[worker]);
        }
        for (int t = from; t <= to; t++) {
            readout.read(worker, t, cores);
        }
    }

    private int watched(int worker, int t) {
        if (worker == 0) {
            nextStep = between(t);
        }
        barrier.await(worker);
        agreement.begins(worker);
        return nextStep;
    }

    /** Between two steps, when no core moves. @return the step that comes, before which the driver was called if it wanted to */
    private int between(int t) {
        if (clock != null) {
            clock.step(t, cores);
            times.step(clock.computePs(), clock.receivePs(), clock.waitedForNetwork(), timing);
        }
        if (listener != null) {
            countUpTo(t);
            listener.stepEnded(t, cores);
        }
        int next = t + 1;
        // The clock follows messages from step to step.
        if (clock == null && (listener == null || !listener.hearsSilence())) {
            next = Integer.MAX_VALUE;
            for (ActiveCores a : active) {
                next = Math.min(next, a.next(t, window));
            }
        }
        if (driver != null) {
            int wanted = Math.max(t + 1, driver.nextStep(t + 1));
            next = Math.min(next, wanted);
            if (wanted == next && next <= steps) {
                drive(next);
            }
        }
        return next;
    }

    private void drive(int step) {
        drivenStep = step;
        driver.beforeStep(step);
        drivenStep = 0;
    }

    /** Counts the steps through which cores slept, up to the one before that which the driver is called before. */
    void countWhenDriven() {
        countUpTo(drivenStep - 1);
    }

    private void countUpTo(int t) {
        for (ActiveCores a : active) {
            a.countUpTo(t);
        }
    }
}
