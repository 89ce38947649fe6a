package org.axongrid.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;

/**
 * Wall and processor time of the recurrent network's steps with one and with two threads, with nothing else to do and with busy loops beside: two threads must
 * never be the slower choice. Threads take turns, so that both see the same minutes; what is printed are medians over the turns.
 */
final class BusyMachine {
    private static final int NEURONS = 16_384;
    private static final int FAN_OUT = 128;
    private static final int CORES = 4;
    private static final int STEPS = 200;
    private static final int WARM_UP = 40;
    private static final int TURNS = 60;
    private static final int[] LOOPS = {0, 2};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private BusyMachine() { }

    /** Measures and prints. */
    static void print() {
        ChipImage image = RecurrentNet.image(NEURONS, FAN_OUT, CORES);
        LoadedSystem system = new LoadedSystem(image);
        Timing timing = new Timing(StepCostsOf.profile(CostProfiles.open(image.chip().timingProfile())), 0);
        System.out.printf(Locale.ROOT, "Java %s, %d processors; recurrent, N = %,d, fan-out %d, %d cores; %d turns of %d steps each, medians%n%n"
            + "%-20s %8s %14s %14s%n", Runtime.version(), Runtime.getRuntime().availableProcessors(), NEURONS, FAN_OUT, CORES, TURNS, STEPS,
            "Beside it", "Threads", "wall us/step", "CPU us/step");
        for (int loops : LOOPS) {
            List<Thread> busy = start(loops);
            try (Simulation one = new Simulation(system, timing, 1); Simulation two = new Simulation(system, timing, 2)) {
                long[] workers = Arrays.stream(THREADS.dumpAllThreads(false, false)).filter(t -> t.getThreadName().startsWith("axongrid-worker"))
                    .mapToLong(t -> t.getThreadId()).toArray();
                double[][] wall = new double[2][TURNS];
                double[][] cpu = new double[2][TURNS];
                for (int turn = -WARM_UP; turn < TURNS; turn++) {
                    for (int threads = 1; threads <= 2; threads++) {
                        long processor = processor(workers);
                        long start = System.nanoTime();
                        (threads == 1 ? one : two).runSteps(STEPS);
                        if (turn >= 0) {
                            wall[threads - 1][turn] = (System.nanoTime() - start) * 1e-3 / STEPS;
                            cpu[threads - 1][turn] = (processor(workers) - processor) * 1e-3 / STEPS;
                        }
                    }
                }
                for (int threads = 1; threads <= 2; threads++) {
                    System.out.printf(Locale.ROOT, "%-20s %8d %14.0f %14.0f%n", loops == 0 ? "nothing of ours" : loops + " busy loops", threads,
                        median(wall[threads - 1]), median(cpu[threads - 1]));
                }
            }
            busy.forEach(Thread::interrupt);
        }
    }

    /** @return processor time of this thread and of these, ns */
    private static long processor(long[] workers) {
        return THREADS.getCurrentThreadCpuTime() + Arrays.stream(workers).map(THREADS::getThreadCpuTime).filter(ns -> ns > 0).sum();
    }

    private static List<Thread> start(int loops) {
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            Thread thread = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }, "busy-" + i);
            thread.setDaemon(true);
            thread.start();
            busy.add(thread);
        }
        return busy;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
