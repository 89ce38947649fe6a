package org.axongrid.emulator.trace;

import java.util.BitSet;

/**
 * What of a run is traced.
 *
 * @param firstStep first step of each run, from 1
 * @param lastStep  last step of each run
 * @param cores     numbers of cores in the system; null for all
 * @param events    a trace ends with the step in which it comes to so many events
 */
public record TraceSelection(int firstStep, int lastStep, BitSet cores, long events) {
    /** @return whether a step is traced */
    public boolean hasStep(int step) {
        return step >= firstStep && step <= lastStep;
    }

    /** @return whether a core is traced */
    public boolean hasCore(int number) {
        return cores == null || cores.get(number);
    }
}
