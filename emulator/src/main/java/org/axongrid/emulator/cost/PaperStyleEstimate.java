package org.axongrid.emulator.cost;

import java.util.Optional;
import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;

/**
 * The "energy" that papers on conversion print: arithmetic alone, an accumulate (AC) for each synaptic operation that a spike causes and a
 * multiply-accumulate (MAC) for the first layer, which takes the analog input (project reference on energy, section 3.6: T x rate x FLOPs x 0.9 pJ +
 * first layer x 4.6 pJ). No memory, no routing, no leakage: not what a chip takes, and never a part of our sums.
 *
 * @param profile  where the two constants are from
 * @param acs      accumulates of one inference: spikes of each neuron times its synapses, those of pooled cells each
 * @param macs     multiply-accumulates of the first layer in one inference
 * @param annMacs  multiply-accumulates of the whole trained network in one inference
 * @param joules   acs and macs priced, J
 * @param annJoules annMacs priced, J
 */
public record PaperStyleEstimate(String profile, double acs, double macs, double annMacs, double joules, double annJoules) {
    /** What a reader must be told beside the figure. */
    public static final String LABEL = "arithmetic only, as papers print it: no memory, routing or leakage";

    /**
     * @param profile constants
     * @param acs     accumulates of one inference
     * @param macs    multiply-accumulates of its first layer
     * @param annMacs multiply-accumulates of the trained network
     * @return the estimate; nothing if the profile does not know what an AC or a MAC takes
     */
    public static Optional<PaperStyleEstimate> of(CostProfile profile, double acs, double macs, double annMacs) {
        if (!profile.knows(CostConstant.ARITHMETIC_AC_ENERGY) || !profile.knows(CostConstant.ARITHMETIC_MAC_ENERGY)) {
            return Optional.empty();
        }
        double ac = profile.constants().get(CostConstant.ARITHMETIC_AC_ENERGY).value();
        double mac = profile.constants().get(CostConstant.ARITHMETIC_MAC_ENERGY).value();
        return Optional.of(new PaperStyleEstimate(profile.name(), acs, macs, annMacs, acs * ac + macs * mac, annMacs * mac));
    }
}
