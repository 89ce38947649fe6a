package org.axongrid.cli.conform;

import org.axongrid.cli.pipeline.ChipAgainstOracle;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * Runs an integer conversion case on emulated cores, once the reference simulator has met the file: on cores as full as they can be, and on small
 * ones of several chips. The chip is loihi2 with registers as wide as the case's, whose input currents and thresholds no published register holds.
 */
final class ConversionOnChip {
    private static final int SMALL = 12;

    private ConversionOnChip() { }

    /**
     * @param net    the case's network
     * @param biases the input's currents
     * @param steps  T
     * @throws CaseFailure for the first difference
     */
    static void run(QuantisedNetwork net, int[][] biases, int steps) {
        ChipAgainstOracle oracle = new ChipAgainstOracle(net, biases, steps);
        ChipSpec wide = ChipSpecs.preset("loihi2").with(ChipParameter.ACCUMULATOR_BITS, 32).with(ChipParameter.MEMBRANE_BITS, 32)
            .with(ChipParameter.BIAS_BITS, 30).with(ChipParameter.THRESHOLD_BITS, 30);
        ChipSpec small = wide.with(ChipParameter.COMPARTMENTS, SMALL).with(ChipParameter.MESH_WIDTH, 2).with(ChipParameter.MESH_HEIGHT, 2);
        PositionOrder[] orders = {PositionOrder.HILBERT, PositionOrder.RANDOM};
        for (int i = 0; i < orders.length; i++) {
            ChipImage image = Mapper.map(net, i == 0 ? wide : small, new Mapper.Options(orders[i], i == 0 ? Placer.HILBERT : Placer.RANDOM, 1,
                1 << 10)).image();
            ChipImageValidator.validate(image);
            String difference = oracle.difference(image, biases, i + 1);
            if (difference != null) {
                throw new CaseFailure(difference);
            }
        }
    }
}
