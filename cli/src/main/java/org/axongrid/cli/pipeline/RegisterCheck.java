package org.axongrid.cli.pipeline;

import java.util.List;
import java.util.Locale;
import org.axongrid.cli.data.DataSet;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.IntegerOracle;

/**
 * Refuses networks whose sums the chip's registers do not hold. Where the width bound (project reference on conversion, section 3.5) stays inside the
 * registers nothing can overflow. Real networks stay far below the bound, so where it does not, the first images are tried on the plain simulator:
 * an overflow there is one on the chip.
 */
final class RegisterCheck {
    private static final int IMAGES = 16;

    private RegisterCheck() { }

    /**
     * @param spiking   in real numbers
     * @param quantised the same in integers
     * @param chip      whose registers they are made for
     * @param steps     T
     * @param data      the images
     * @param images    how many of them will run
     * @throws InvalidInputException if a layer's sums overflow
     */
    static void check(SpikingNetwork spiking, QuantisedNetwork quantised, ChipSpec chip, int steps, DataSet data, int images) {
        int longest = Math.max(steps, quantised.schedule().phases().stream().mapToInt(p -> p.steps()).max().orElse(0));
        List<LayerExplanation> layers = LayerExplanation.of(spiking, quantised, longest);
        if (layers.stream().noneMatch(l -> l.canWrap() || l.canSaturate())) {
            return;
        }
        IntegerOracle oracle = new IntegerOracle(quantised);
        InputEncoder encoder = new InputEncoder(quantised, spiking.kernels(), (1 << chip.get(ChipParameter.BIAS_BITS) - 1) - 1);
        double[] image = new double[spiking.network().input().shape().size()];
        int run = Math.max(steps, quantised.schedule().stepsMin());
        for (int i = 0; i < Math.min(IMAGES, images); i++) {
            data.image(i, image);
            oracle.reset(encoder.encode(image));
            oracle.run(run, null);
            for (int p = 1; p < quantised.network().populations().size(); p++) {
                if (oracle.saturationsOf(p) > 0 || oracle.accumulatorWrapsOf(p) > 0) {
                    throw refused(quantised.network().populations().get(p).name(), oracle.saturationsOf(p) > 0, i, layers, chip.name(), longest);
                }
            }
        }
    }

    private static InvalidInputException refused(String layer, boolean membrane, int image, List<LayerExplanation> layers, String chip, int steps) {
        LayerExplanation of = layers.stream().filter(l -> l.name().equals(layer)).findFirst().orElseThrow();
        String what = membrane
            ? String.format(Locale.ROOT, "potentials can reach %,d in %d steps, the membrane register of %s holds %,d weight units and saturates",
                of.potentialMax(), steps, chip, of.potentialLimit())
            : String.format(Locale.ROOT, "inputs of a step can reach %,d, the accumulator of %s holds %,d weight units and wraps",
                Math.max(of.inputMax(), -of.inputMin()), chip, of.inputLimit());
        return new InvalidInputException("layer " + layer + ": " + what + " on image " + image
            + "; take fewer steps or weight bits or a chip with wider registers, or run and count it with --allow-saturation");
    }
}
