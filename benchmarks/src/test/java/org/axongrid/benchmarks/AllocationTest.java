package org.axongrid.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step allocates nothing once queues have grown: a run of many steps allocates as much as a run of few. */
class AllocationTest {
    private static final int MANY = 600;
    private static final int FEW = 100;

    @ParameterizedTest(name = "{0} neurons, fan-out {1}, {2} cores")
    @CsvSource({"256, 256, 1", "512, 16, 4"})
    void stepsAllocateNothing(int neurons, int fanOut, int cores) {
        ChipImage image = RecurrentNet.image(neurons, fanOut, cores);
        Timing timing = new Timing(StepCostsOf.profile(CostProfiles.open(image.chip().timingProfile())), 0);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), timing, 1)) {
            simulation.runSteps(MANY);
            simulation.runSteps(MANY);
            assertTrue(simulation.counters().spikes > MANY, "nothing fires");
            long few = allocated(simulation, FEW);
            long many = allocated(simulation, MANY);
            // The JVM itself allocates a few bytes now and then, when it compiles; the smallest object has 16.
            assertTrue(many - few < MANY - FEW, few + " bytes in " + FEW + " steps, " + many + " in " + MANY);
        }
    }

    private static long allocated(Simulation simulation, int steps) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        simulation.runSteps(steps);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
