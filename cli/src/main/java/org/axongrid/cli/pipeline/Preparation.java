package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * Everything that comes before the first image: import, conversion, quantisation, mapping, loading.
 *
 * @param network   as imported
 * @param converted in real numbers, as the method has it
 * @param spiking   in real numbers, as the chip runs it
 * @param quantised the same in integers
 * @param chip      the chip
 * @param mapping   partition, placement and image
 * @param loaded    the image, decoded
 * @param rateCoded whether a network of activations stands behind the spiking one
 * @param notes     what the importer left out or assumed, one sentence each
 * @param seconds   host time of all that
 */
public record Preparation(Network network, SpikingNetwork converted, SpikingNetwork spiking, QuantisedNetwork quantised, ChipSpec chip, Mapper.Mapping mapping,
                          LoadedSystem loaded, boolean rateCoded, List<String> notes, double seconds) {
    /**
     * @param model   file of the model
     * @param options how
     * @return ready to run
     * @throws InvalidInputException if the model cannot be read or does not fit
     */
    public static Preparation of(Path model, RunOptions options) {
        return of(ImportedModel.read(model, options.importing()), options);
    }

    /**
     * @param imported the model
     * @param options  how
     * @return ready to run
     * @throws InvalidInputException if the model does not fit
     */
    static Preparation of(ImportedModel imported, RunOptions options) {
        long start = System.nanoTime();
        ChipSpec chip = chip(options);
        NeuronProgram instead = options.neuron() == null ? null : NeuronPrograms.open(options.neuron());
        List<String> notes = new ArrayList<>(imported.notes());
        SpikingNetwork spiking = imported.convert(options.method(), options.steps(), CalibrationData.open(options.calibration(),
            imported.network(), options.calibrationImages(), options.seed()));
        if (options.steps() < spiking.schedule().stepsMin()) {
            throw new InvalidInputException("method " + options.method() + " needs at least " + spiking.schedule().stepsMin() + " steps, --steps is "
                + options.steps());
        }
        ChipNetwork made = ChipNetwork.of(imported, spiking, chip, options.weightBits(), options.scales());
        return of(made, chip, NeuronModel.of(made.quantised(), chip, instead), mapperOptions(chip, options), notes, start)
            .withRateCoded(imported.rateCoded());
    }

    /**
     * @param made      the network in the chip's integers
     * @param chip      the chip
     * @param neurons   what its neurons run
     * @param options   how to map
     * @param notes     what is known so far
     * @param start     when preparing began, by {@link System#nanoTime}
     * @return ready to run
     * @throws InvalidInputException if it does not fit
     */
    static Preparation of(ChipNetwork made, ChipSpec chip, NeuronModel neurons, Mapper.Options options, List<String> notes, long start) {
        Mapper.Mapping mapping = Mapper.map(made.quantised(), chip, neurons, options);
        ChipImageValidator.validate(mapping.image());
        List<String> all = new ArrayList<>(notes);
        all.addAll(made.notes());
        return new Preparation(made.network(), made.converted(), made.spiking(), made.quantised(), chip, mapping, new LoadedSystem(mapping.image()),
            true, List.copyOf(all), (System.nanoTime() - start) * 1e-9);
    }

    private Preparation withRateCoded(boolean rates) {
        return new Preparation(network, converted, spiking, quantised, chip, mapping, loaded, rates, notes, seconds);
    }

    private static ChipSpec chip(RunOptions options) {
        ChipSpec chip = ChipSpecs.open(options.chip());
        requireMappable(chip);
        if (!options.twoCompartments()) {
            return chip;
        }
        if (chip.get(ChipParameter.NATIVE_NEURONS) == 0) {
            throw new InvalidInputException("--soft-reset two-compartment: neurons of chip " + chip.name()
                + " are programs; take --neuron soft-two-compartment");
        }
        return chip.with(ChipParameter.SOFT_RESET_COMPARTMENTS, 2);
    }

    /**
     * @param chip a chip
     * @throws InvalidInputException if networks cannot be mapped onto its cores
     */
    public static void requireMappable(ChipSpec chip) {
        if (chip.coreModel() != CoreModel.LOIHI) {
            throw new InvalidInputException("chip " + chip.name() + " has cores of the model " + chip.coreModel().key()
                + "; networks are mapped onto those of the model " + CoreModel.LOIHI.key());
        }
    }

    private static Mapper.Options mapperOptions(ChipSpec chip, RunOptions options) {
        int chips = options.chips() == 0 ? chip.get(ChipParameter.CHIPS_MAX) : options.chips();
        Mapper.Options chosen = Mapper.Options.of(options.mapping(), options.seed(), chips);
        return options.placement() == null ? chosen
            : chosen.with(Placer.of(options.placement()));
    }
}
