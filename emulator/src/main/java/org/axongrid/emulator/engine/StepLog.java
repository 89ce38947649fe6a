package org.axongrid.emulator.engine;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.Stage;
import org.axongrid.emulator.cycle.CycleClock;

/**
 * What bounded each step of a simulation, and what the cores that bounded it spent the time on. To be told of each step with
 * {@link Simulation#listen}; its times are those of {@link StepTimes}, step by step.
 */
public final class StepLog implements Simulation.StepListener {
    /**
     * One step.
     *
     * @param run          number of the run that it belongs to, from 0: step 1 begins a run
     * @param step         its number in the run, from 1
     * @param totalPs      time that passed, barrier included
     * @param bound        what bounded it
     * @param computePs    longest compute of a core
     * @param networkPs    fast: when the last message is received if nothing is in its way; cycle: when the last message came to its core
     * @param receivePs    fast: longest receiving of a core; cycle: when the last core had received all, waits included
     * @param barrierPs    the barrier
     * @param computeCore  index of the core that computed longest
     * @param receiveCore  index of the core that received longest (fast) or last (cycle)
     * @param stagesPs     by {@link Stage}: those of computing of the first of these cores, those of receiving of the other
     * @param overrun      whether the work took longer than the fixed period
     * @param late         messages that came after the start of the step in which they take effect; cycle with a fixed period only
     */
    public record Row(int run, int step, long totalPs, StepTimes.Bound bound, long computePs, long networkPs, long receivePs, long barrierPs,
                      int computeCore, int receiveCore, long[] stagesPs, boolean overrun, long late) { }

    private static final Stage[] STAGES = Stage.values();

    private final Timing timing;
    private final CycleClock clock;
    private final List<Row> rows = new ArrayList<>();
    private int run = -1;
    /** The step before, whose receiving shows in the next one: fast mode. */
    private Row waiting;

    private final boolean keeps;
    private Row last;

    /** @param simulation whose steps it will be told of */
    public StepLog(Simulation simulation) {
        this(simulation, true);
    }

    /**
     * @param simulation whose steps it will be told of
     * @param keeps      whether it keeps all of them, rather than the last one only
     */
    public StepLog(Simulation simulation, boolean keeps) {
        this.keeps = keeps;
        timing = simulation.timing();
        clock = simulation.clock();
    }

    @Override
    public void stepEnded(int step, Neurocore[] cores) {
        if (step == 1) {
            finish();
            run++;
        }
        int busiest = 0;
        int receiver = 0;
        long drain = 0;
        for (int c = 0; c < cores.length; c++) {
            busiest = cores[c].computePs() > cores[busiest].computePs() ? c : busiest;
            receiver = cores[c].receivePs() > cores[receiver].receivePs() ? c : receiver;
            drain = Math.max(drain, cores[c].drainPs());
        }
        long compute = cores[busiest].computePs();
        long[] stages = new long[STAGES.length];
        for (Stage s : STAGES) {
            stages[s.ordinal()] = s.isReceiving() ? clock == null ? 0 : clock.receivedPs(s) : cores[busiest].stagePs(s);
        }
        if (clock != null) {
            StepTimes.Bound bound = StepTimes.bound(compute, clock.receivePs(), clock.waitedForNetwork());
            add(row(step, bound, compute, clock.networkPs(), clock.receivePs(), Math.max(compute, clock.receivePs()), busiest,
                clock.lastReceiver(), stages, clock.lateInStep()));
            return;
        }
        if (waiting != null) {
            close(cores, receiver);
        }
        waiting = row(step, StepTimes.Bound.COMPUTE, compute, drain, 0, Math.max(compute, drain), busiest, 0, stages, 0);
    }

    /** What takes effect in a step was received while the step before was running. */
    private void close(Neurocore[] cores, int receiver) {
        Row w = waiting;
        long receive = cores == null ? 0 : cores[receiver].receivePs();
        for (Stage s : STAGES) {
            w.stagesPs()[s.ordinal()] += cores != null && s.isReceiving() ? cores[receiver].stagePs(s) : 0;
        }
        long work = Math.max(receive, Math.max(w.computePs(), w.networkPs()));
        add(row(w.step(), StepTimes.bound(w.computePs(), receive, w.networkPs()), w.computePs(), w.networkPs(), receive, work, w.computeCore(),
            receiver, w.stagesPs(), 0));
        waiting = null;
    }

    private void add(Row row) {
        last = row;
        if (keeps) {
            rows.add(row);
        }
    }

    private Row row(int step, StepTimes.Bound bound, long compute, long network, long receive, long work, int computeCore, int receiveCore,
                    long[] stages, long late) {
        return new Row(run, step, StepTimes.totalPs(work, timing), bound, compute, network, receive, timing.barrierPs(), computeCore, receiveCore,
            stages, isOverrun(work), late);
    }

    private boolean isOverrun(long work) {
        return timing.periodPs() > 0 && work + timing.barrierPs() > timing.periodPs();
    }

    private void finish() {
        if (waiting != null) {
            close(null, 0);
        }
    }

    /** @return the step that ended last; {@code cycle} mode only */
    public Row last() {
        return last;
    }

    /** @return the steps so far, in order; the log goes on with an empty list */
    public List<Row> take() {
        finish();
        List<Row> taken = List.copyOf(rows);
        rows.clear();
        return taken;
    }
}
