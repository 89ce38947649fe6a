package org.axongrid.cli.pipeline;

import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.expand.MemberNeurons;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;

/**
 * A converted network in a chip's integers, rewritten where the chip lacks what the method needs.
 *
 * @param network   as trained
 * @param converted in real numbers, as the method has it
 * @param spiking   in real numbers, as the chip runs it
 * @param graded    in integers, as the method has it; the same as {@code quantised} if nothing was rewritten
 * @param quantised in integers, as the chip runs it
 * @param notes     what was rewritten, one sentence each
 */
public record ChipNetwork(Network network, SpikingNetwork converted, SpikingNetwork spiking, QuantisedNetwork graded, QuantisedNetwork quantised,
                          List<String> notes) {
    /** @return largest magnitude of a bias that a host can write, in a neuron's units or multiples of its bias step */
    public static int biasLimit(ChipSpec chip) {
        return Preparation.isCrossbar(chip) ? DigitQuantiser.leakMax(chip) : (1 << chip.get(ChipParameter.BIAS_BITS) - 1) - 1;
    }

    /**
     * @param imported   the model
     * @param converted  in real numbers
     * @param chip       the chip
     * @param weightBits 2..9
     * @param scales     how many scales a population has
     * @return in integers; those that the model's file has as they are
     */
    public static ChipNetwork of(ImportedModel imported, SpikingNetwork converted, ChipSpec chip, int weightBits, Scales scales) {
        if (!imported.whole() || converted != imported.own()) {
            return of(imported.network(), converted, chip, weightBits, scales);
        }
        QuantisedNetwork quantised = imported.quantise(converted, Quantiser.Options.forChip(chip, weightBits, scales));
        return new ChipNetwork(imported.network(), converted, converted, quantised, quantised, List.of());
    }

    /**
     * @param network    as trained
     * @param converted  in real numbers
     * @param chip       the chip
     * @param weightBits 2..9
     * @param scales     how many scales a population has
     * @return in integers
     */
    public static ChipNetwork of(Network network, SpikingNetwork converted, ChipSpec chip, int weightBits, Scales scales) {
        if (Preparation.isCrossbar(chip)) {
            QuantisedNetwork quantised = DigitQuantiser.quantise(converted, chip, weightBits);
            return new ChipNetwork(network, converted, converted, quantised, quantised, List.of("synapses of chip " + chip.name()
                + " are bits: a source has " + weightBits + " axons a core, one for each digit of weights " + -(1 << weightBits - 1) + ".."
                + ((1 << weightBits - 1) - 1) + " or their negatives, with a scale for each channel"));
        }
        Quantiser.Options options = Quantiser.Options.forChip(chip, weightBits, scales);
        if (!MemberNeurons.needed(converted, chip)) {
            QuantisedNetwork quantised = Quantiser.quantise(converted, options);
            return new ChipNetwork(network, converted, converted, quantised, quantised, List.of());
        }
        MemberNeurons.Expanded members = MemberNeurons.of(converted, options);
        return new ChipNetwork(network, converted, members.spiking(), members.graded(), members.quantised(), List.of("spikes of chip " + chip.name()
            + " are binary: each neuron of " + converted.method() + " is a group of "
            + converted.rules().stream().mapToInt(r -> r.maxPayload()).max().orElse(1)
            + " member neurons, which send a spike for each unit and are wired to share their reset"));
    }
}
