package org.axongrid.cli.pipeline;

import java.util.List;
import org.axongrid.mapper.diagnose.Diagnosis;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Where accuracy went.
 *
 * @param network   the trained network
 * @param data      the data set's name
 * @param options   how
 * @param chip      the chip's name
 * @param diagnosis by stage and layer
 * @param rounding  what became of each layer's numbers
 * @param rules     by population
 * @param onChip    the last stage, {@code null} if it was left out or the network does not run there
 * @param notes     what was left out or assumed
 * @param seconds   host time
 */
public record DiagnosisResult(Network network, String data, DiagnosisOptions options, String chip, Diagnosis diagnosis,
                              List<LayerExplanation> rounding, List<NeuronRule> rules, OnChip onChip, List<String> notes, double seconds) {
    /**
     * The emulated chip.
     *
     * @param right      images with the right class
     * @param different  images whose readout is not the integer simulator's
     * @param difference the first neuron and step that differs on the first images, {@code null} if none does
     */
    public record OnChip(int right, int different, String difference) {
        /** @return whether it is the integer simulator, bit for bit */
        public boolean exact() {
            return different == 0 && difference == null;
        }
    }
}
