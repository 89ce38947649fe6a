package org.axongrid.emulator.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.axongrid.isa.cost.EvidenceGrade;

/**
 * Energy of a run under one cost profile.
 *
 * @param profile            name of the profile, to be printed next to every joule
 * @param totalJ             dynamic and static energy, J; without what is not estimated
 * @param dynamicJ           energy of the counted events, J
 * @param staticJ            energy of time: powered chips and management processors, J
 * @param byComponent        J by component, in the order of {@link EnergyModel}; components whose constant is unknown are absent
 * @param notEstimated       what happened but has no known price
 * @param weakest            weakest evidence grade of the constants that were used; empty if none was
 * @param seconds            emulated time of the run, s
 * @param synapticOperations synaptic operations of all kinds
 */
public record EnergyReport(String profile, double totalJ, double dynamicJ, double staticJ, LinkedHashMap<String, Double> byComponent,
                           List<NotEstimated> notEstimated, Optional<EvidenceGrade> weakest, double seconds, long synapticOperations) {
    /**
     * A component without a price.
     *
     * @param component its name
     * @param count     how often it happened; for powers the number of chips
     * @param reason    why there is no price, one sentence
     */
    public record NotEstimated(String component, long count, String reason) {
        @Override
        public String toString() {
            return component + ": " + reason;
        }
    }

    /** @return average power in W; NaN for a run without time */
    public double averagePowerW() {
        return seconds > 0 ? totalJ / seconds : Double.NaN;
    }

    /** @return synaptic operations per J of the total, the same as per second and watt; NaN if nothing was priced or not all of these operations */
    public double synapticOperationsPerJoule() {
        boolean all = notEstimated.stream().noneMatch(m -> m.component().startsWith("synapses_"));
        return all && totalJ > 0 ? synapticOperations / totalJ : Double.NaN;
    }

    /** @return energy-delay product of the whole run, J s */
    public double energyDelayJs() {
        return totalJ * seconds;
    }

    /**
     * @param inferences inferences that the run held, at least 1
     * @return energy per inference times time per inference, J s
     */
    public double energyDelayPerInferenceJs(long inferences) {
        return totalJ / inferences * (seconds / inferences);
    }
}
