package org.axongrid.cli.pipeline;

import java.util.List;
import java.util.Locale;
import org.axongrid.cli.data.DataSet;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.RegisterModel;
import org.axongrid.mapper.reference.IntegerOracle;

/**
 * Refuses networks that decide otherwise because the chip's registers do not hold their sums. Where the width bound (project reference on conversion,
 * section 3.5) stays inside the registers nothing can overflow. Trained networks stay far below the bound, and a potential clamped at its lower end
 * mostly belongs to a neuron that would not have fired anyway; so where the bound does not hold, the first images are run on the plain simulator with
 * the chip's registers and with unlimited ones, and what counts is whether a class changes.
 */
final class RegisterCheck {
    private static final int IMAGES = 16;
    private static final int WIDEST = 63;

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
        int fraction = quantised.registers().fractionBits();
        IntegerOracle oracle = new IntegerOracle(quantised);
        IntegerOracle unlimited = null;
        InputEncoder encoder = new InputEncoder(quantised, spiking.kernels(), ChipNetwork.biasLimit(chip));
        double[] image = new double[spiking.network().input().shape().size()];
        int run = Math.max(steps, quantised.schedule().stepsMin());
        for (int i = 0; i < Math.min(IMAGES, images); i++) {
            data.image(i, image);
            if (quantised.network().eventInput()) {
                oracle.events(data.spikes(i));
            }
            int[][] biases = encoder.encode(image);
            oracle.reset(biases);
            oracle.run(run, null);
            if (oracle.saturations() + oracle.accumulatorWraps() == 0) {
                continue;
            }
            // As wide as can be, with what decays rounded as on the chip; its kernels are a copy, so it is made when it is needed.
            unlimited = unlimited != null ? unlimited
                : new IntegerOracle(quantised.with(new RegisterModel(WIDEST - fraction, WIDEST - fraction, WIDEST, fraction)));
            if (quantised.network().eventInput()) {
                unlimited.events(data.spikes(i));
            }
            unlimited.reset(biases);
            unlimited.run(run, null);
            if (oracle.prediction() != unlimited.prediction()) {
                throw refused(quantised, oracle, i, layers, chip.name(), longest);
            }
        }
    }

    private static InvalidInputException refused(QuantisedNetwork net, IntegerOracle oracle, int image, List<LayerExplanation> layers, String chip,
                                                 int steps) {
        int first = 1;
        while (oracle.saturationsOf(first) + oracle.accumulatorWrapsOf(first) == 0) {
            first++;
        }
        String name = net.network().populations().get(first).name();
        LayerExplanation of = layers.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
        String what = oracle.saturationsOf(first) > 0
            ? String.format(Locale.ROOT, "potentials can reach %,d in %d steps, the membrane register of %s holds %,d weight units and saturates",
                of.potentialMax(), steps, chip, of.potentialLimit())
            : String.format(Locale.ROOT, "inputs of a step can reach %,d, the accumulator of %s holds %,d weight units and wraps",
                Math.max(of.inputMax(), -of.inputMin()), chip, of.inputLimit());
        return new InvalidInputException("layer " + name + ": " + what + "; image " + image
            + " gets another class by it; take fewer steps or weight bits or a chip with wider registers, or run it with --allow-saturation");
    }
}
