package org.axongrid.cli.pipeline;

import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.cost.PaperStyleEstimate;
import org.axongrid.mapper.schedule.Schedule;

/**
 * All that a run found.
 *
 * @param model         name of the model
 * @param data          name of the data
 * @param options       how it was run
 * @param prepared      the mapped network
 * @param labels        right classes by image, null if recordings have none
 * @param ann           what the trained network says, null if there is none behind the spiking one
 * @param chip          what the emulated chip did
 * @param references    the simulators beside it, null if left out
 * @param energy        energy of all images
 * @param breakdown     the same by core and layer
 * @param paperStyle    arithmetic of one inference, as papers price it
 * @param timing        what the times are from
 * @param parallelism   how threads were used
 * @param probed        recordings, null if there are no probes
 * @param steps         the first images step by step, null if nobody asked
 * @param prepareSeconds host time from the model's file to the first step of the first image
 * @param wallSeconds   host time of everything
 * @param peakHeapBytes largest heap in use
 */
public record RunResult(String model, String data, RunOptions options, Preparation prepared, int[] labels, TrainedNetwork ann, ChipRun chip,
                        References references, EnergyReport energy, EnergyBreakdown breakdown, PaperStyleEstimate paperStyle,
                        ChipTiming timing, HostUse parallelism, ProbeRun probed, TraceRun steps, double prepareSeconds, double wallSeconds, long peakHeapBytes) {
    /** @return number of images */
    public int images() {
        return chip.readouts().length;
    }

    /** @return fraction of images that the trained network gets right */
    public double annAccuracy() {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += ann.classes()[i] == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /**
     * @return whether chip and oracle agree in every readout of every step, and in spikes, operations and saturations unless layers are prepared one
     *         after the other: then the chip runs those before and behind a layer again, and the oracle does not; nor does the oracle have the
     *         copies and partial sums of crossbar cores
     */
    public boolean chipEqualsOracle() {
        if (prepared.crossbar() != null || prepared.quantised().schedule().order() == Schedule.Order.LAYER_SERIAL) {
            return references.readoutMismatches() == 0;
        }
        return references.readoutMismatches() == 0 && references.oracleSpikes() == chip.counters().spikes
            && references.oracleOperations() == chip.counters().synapticOperationsTotal() - chip.counters().resetMessages
            && references.oracleSaturations() == chip.counters().saturations;
    }

    /** @return emulated time per inference in seconds */
    public double latencySeconds() {
        return chip.latencySeconds();
    }

    /** @return time-steps of the chip per inference */
    public int chipSteps() {
        return ScheduledInference.chipSteps(prepared.quantised(), prepared.mapping().image(), options.steps());
    }
}
