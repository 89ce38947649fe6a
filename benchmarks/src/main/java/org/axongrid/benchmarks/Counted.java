package org.axongrid.benchmarks;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.Simulation;

/** What a simulation counted so far, read without an object, so that {@code -prof gc} shows what steps allocate and not what asking does. */
final class Counted {
    private Counted() { }

    /** @return synaptic operations of all cores */
    static long synapticOperations(Simulation simulation) {
        long sum = 0;
        for (EventCounters core : simulation.coreCounters()) {
            sum += core.synapticOperationsTotal();
        }
        return sum;
    }

    /** @return spikes of all cores */
    static long spikes(Simulation simulation) {
        long sum = 0;
        for (EventCounters core : simulation.coreCounters()) {
            sum += core.spikes;
        }
        return sum;
    }
}
