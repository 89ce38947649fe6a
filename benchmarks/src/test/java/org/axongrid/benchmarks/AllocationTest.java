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
    private static final int MANY_TICKS = 120;
    private static final int FEW_TICKS = 20;

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

    @ParameterizedTest(name = "TrueNorth, {0}, {1} ticks between spikes")
    @CsvSource({"nothing, 1", "nothing, 10", "thresholds, 2", "synapses, 50"})
    void ticksAllocateNothing(String stochastic, int period) {
        TrueNorthCoreTick.Ring ring = new TrueNorthCoreTick.Ring();
        ring.period = period;
        ring.density = 0.5;
        ring.stochastic = stochastic;
        ChipImage image = ring.image();
        // With times of events and rows, so that when each spike is sent is computed too.
        Timing timing = new Timing(StepCostsOf.profile(CostProfiles.open(image.chip().timingProfile())), 0);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), timing, 1)) {
            simulation.runSteps(MANY_TICKS);
            simulation.runSteps(MANY_TICKS);
            assertTrue(simulation.counters().spikes > MANY_TICKS, "nothing fires");
            long few = allocated(simulation, FEW_TICKS);
            long many = allocated(simulation, MANY_TICKS);
            assertTrue(many - few < MANY_TICKS - FEW_TICKS, few + " bytes in " + FEW_TICKS + " ticks, " + many + " in " + MANY_TICKS);
        }
    }

    private static long allocated(Simulation simulation, int steps) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        simulation.runSteps(steps);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
