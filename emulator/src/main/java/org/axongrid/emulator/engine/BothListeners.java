package org.axongrid.emulator.engine;

import org.axongrid.emulator.core.Neurocore;

/** Two listeners, told one after the other. */
record BothListeners(Simulation.StepListener first, Simulation.StepListener second) implements Simulation.StepListener {
    @Override
    public void stepEnded(int step, Neurocore[] cores) {
        first.stepEnded(step, cores);
        second.stepEnded(step, cores);
    }

    @Override
    public boolean hearsSilence() {
        return first.hearsSilence() || second.hearsSilence();
    }
}
