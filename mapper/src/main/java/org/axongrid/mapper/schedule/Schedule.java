package org.axongrid.mapper.schedule;

import java.util.List;

/**
 * The phases of a run and how populations go through them.
 *
 * @param order  whether populations run together or one after the other
 * @param phases at least one; the last is open and gives the result, the others prepare it
 */
public record Schedule(Order order, List<Phase> phases) {
    /** How populations go through the phases. */
    public enum Order {
        /** All populations make a step together, in topological order; they change phase together. */
        LOCKSTEP,
        /**
         * A population goes through all phases before the next begins. What it sends in the last phase is kept and is the input of each phase
         * of those behind it, from the first step on.
         */
        LAYER_SERIAL
    }

    /** One run of T steps. */
    public static final Schedule PLAIN = new Schedule(Order.LOCKSTEP, List.of(Phase.run()));

    /** Checks that just the last phase is open. */
    public Schedule {
        phases = List.copyOf(phases);
        for (int i = 0; i < phases.size(); i++) {
            if ((phases.get(i).steps() == Phase.OPEN) != (i == phases.size() - 1)) {
                throw new IllegalArgumentException("the last phase and no other is open");
            }
        }
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a schedule without phases");
        }
    }

    /** @return steps of the phases before the last */
    public int preparation() {
        return phases.stream().mapToInt(Phase::steps).sum();
    }

    /** @return steps of a phase in a run of T steps */
    public int steps(int phase, int steps) {
        return phase == phases.size() - 1 ? steps : phases.get(phase).steps();
    }

    /** @return the smallest T: a layer-serial preparation reads inputs that are recorded in a run of T steps */
    public int stepsMin() {
        return order == Order.LOCKSTEP ? 1 : Math.max(1, phases.stream().mapToInt(Phase::steps).max().orElse(1));
    }

    /**
     * The time-steps from the first input to the last readout on a chip where a spike takes effect one step after it was sent. In lockstep
     * layers follow each other by one step, and so do their phases. Layer-serial, a layer prepares itself on the first steps of its input
     * while these arrive, and then runs T steps on the recording: a chain of d layers takes d preparations and one run. Published step
     * counts leave all but T out.
     *
     * @param steps T
     * @param depth spiking populations on the longest way from the input to the readout
     * @return time-steps, preparation included
     */
    public int chipSteps(int steps, int depth) {
        return steps + depth + (order == Order.LOCKSTEP ? preparation() : preparation() * depth);
    }
}
