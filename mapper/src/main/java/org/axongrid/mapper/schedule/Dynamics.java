package org.axongrid.mapper.schedule;

/**
 * What a neuron keeps from one step to the next.
 *
 * @param currentKeep part of the synaptic current, 0 to 1; 0 where the current is this step's input
 * @param voltageKeep part of the potential, 0 to 1; 1 where nothing leaks
 * @param refractory  steps from a spike to the next possible one, at least 1; 1 for no dead time
 */
public record Dynamics(double currentKeep, double voltageKeep, int refractory) {
    /** Nothing leaks and no current is kept: integrate and fire. */
    public static final Dynamics INTEGRATOR = new Dynamics(0, 1, 1);
    /** Registers keep multiples of 1/4096. */
    private static final int ONE = 4096;
    /** Largest refractory period: Loihi's field has 6 bits. */
    private static final int REFRACTORY_MAX = 63;

    /** Checks the ranges. */
    public Dynamics {
        if (!(currentKeep >= 0 && currentKeep <= 1 && voltageKeep >= 0 && voltageKeep <= 1) || refractory < 1 || refractory > REFRACTORY_MAX) {
            throw new IllegalArgumentException("parts kept are 0 to 1, refractory periods 1 to " + REFRACTORY_MAX + " steps; got " + currentKeep + ", "
                + voltageKeep + " and " + refractory);
        }
    }

    /** @return the current's decay as a register has it: 4096ths that are lost in a step */
    public int currentDecay() {
        return (int) Math.rint((1 - currentKeep) * ONE);
    }

    /** @return the potential's decay as a register has it */
    public int voltageDecay() {
        return (int) Math.rint((1 - voltageKeep) * ONE);
    }
}
