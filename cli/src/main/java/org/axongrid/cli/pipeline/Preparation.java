package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.mapper.DefaultStrategy;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.network.PlacedNetwork;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.truenorth.CrossbarPartition;
import org.axongrid.mapper.truenorth.CrossbarPlacer;
import org.axongrid.mapper.truenorth.TrueNorthMapping;

/**
 * Everything that comes before the first image: import, conversion, quantisation, mapping, loading.
 *
 * @param network   as imported
 * @param converted in real numbers, as the method has it
 * @param spiking   in real numbers, as the chip runs it
 * @param quantised the same in integers
 * @param chip      the chip
 * @param mapping   partition, placement and image
 * @param crossbar  more of the mapping where cores have a binary crossbar, else {@code null}
 * @param emulation the image, decoded
 * @param rateCoded whether a network of activations stands behind the spiking one
 * @param notes     what the importer left out or assumed, one sentence each
 * @param seconds   host time of all that
 */
public record Preparation(Network network, SpikingNetwork converted, SpikingNetwork spiking, QuantisedNetwork quantised, ChipSpec chip, Mapper.Mapping mapping,
                          TrueNorthMapping crossbar, Emulation emulation, boolean rateCoded, List<String> notes, double seconds) {
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
        if (instead != null && isCrossbar(chip)) {
            throw new InvalidInputException("--neuron: neurons of chip " + chip.name() + " run no programs");
        }
        List<String> notes = new ArrayList<>(imported.notes());
        SpikingNetwork spiking = imported.convert(options.method(), options.steps(), CalibrationData.open(options.calibration(),
            imported.network(), options.calibrationImages(), options.seed()));
        if (options.steps() < spiking.schedule().stepsMin()) {
            throw new InvalidInputException("method " + options.method() + " needs at least " + spiking.schedule().stepsMin() + " steps, --steps is "
                + options.steps());
        }
        ChipNetwork made = ChipNetwork.of(imported, spiking, chip, options.weightBits(), options.scales());
        MemoryNeed.of(made.quantised(), options).require(made.network().name());
        return of(made, chip, instead, mapperOptions(chip, options), notes, start).withRateCoded(imported.rateCoded());
    }

    /**
     * @param made      the network in the chip's integers
     * @param chip      the chip
     * @param instead   program of the spiking neurons instead of what the method needs, or {@code null}
     * @param options   how to map
     * @param notes     what is known so far
     * @param start     when preparing began, by {@link System#nanoTime}
     * @return ready to run
     * @throws InvalidInputException if it does not fit
     */
    static Preparation of(ChipNetwork made, ChipSpec chip, NeuronProgram instead, Mapper.Options options, List<String> notes, long start) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(made.notes());
        TrueNorthMapping crossbar = isCrossbar(chip) ? crossbar(made.quantised(), chip, options) : null;
        Mapper.Mapping mapping = crossbar == null
            ? map(made.quantised(), chip, NeuronModel.of(made.quantised(), chip, instead), options, all)
            : new Mapper.Mapping(new Partition(crossbar.strategy(), List.of(), new int[crossbar.depths().length]), crossbar.placement(), crossbar.image());
        ChipImageValidator.validateTables(mapping.image());
        if (crossbar != null) {
            TrueNorthMapping.Use use = crossbar.use();
            all.add(String.format(Locale.ROOT, "of %,d neurons on the chip %,d are the network's, %,d compare partial sums, %,d the readout's currents, %,d are"
                + " splitters (%,d copies, %,d relays)", use.all(), use.neurons(), use.partial(), use.readout(), use.splitters(), use.copies(), use.relays()));
        }
        return new Preparation(made.network(), made.converted(), made.spiking(), made.quantised(), chip, mapping, crossbar,
            new Emulation(mapping.image(), made.quantised()).load(), true, List.copyOf(all), (System.nanoTime() - start) * 1e-9);
    }

    /** Maps by the strategy that was asked for, or by the first that fits; which one and why is among the notes. */
    private static Mapper.Mapping map(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Mapper.Options options, List<String> notes) {
        if (!options.strategy().equals(DefaultStrategy.ID)) {
            try {
                return Mapper.map(net, chip, neurons, options);
            } catch (InvalidInputException e) {
                throw new InvalidInputException(e.getMessage() + whatFits(net, chip, neurons, options));
            }
        }
        DefaultStrategy.Fit fit = DefaultStrategy.fit(net, chip, neurons, options.search().seed());
        if (fit.note() != null) {
            notes.add(fit.note());
        }
        return Mapper.map(net, chip, neurons, fit.partition(), options);
    }

    private static String whatFits(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Mapper.Options options) {
        try {
            String strategy = DefaultStrategy.fit(net, chip, neurons, options.search().seed()).partition().strategy();
            return strategy.equals(options.strategy()) ? "" : "; without --mapping it fits by " + strategy;
        } catch (InvalidInputException none) {
            return "";
        }
    }

    /** @return the cores, decoded */
    public LoadedSystem loaded() {
        return emulation.cores();
    }

    /** @return why the network cannot be run layer by layer, a clause; {@code null} if it can */
    public String layersRefused() {
        return emulation.refused();
    }

    private Preparation withRateCoded(boolean rates) {
        return new Preparation(network, converted, spiking, quantised, chip, mapping, crossbar, emulation, rates, notes, seconds);
    }

    private static ChipSpec chip(RunOptions options) {
        ChipSpec chip = ChipSpecs.open(options.chip());
        if (!options.twoCompartments()) {
            return chip;
        }
        if (isCrossbar(chip)) {
            throw new InvalidInputException("--soft-reset two-compartment: neurons of chip " + chip.name() + " have a reset by subtraction");
        }
        if (chip.get(ChipParameter.NATIVE_NEURONS) == 0) {
            throw new InvalidInputException("--soft-reset two-compartment: neurons of chip " + chip.name()
                + " are programs; take --neuron soft-two-compartment");
        }
        return chip.with(ChipParameter.SOFT_RESET_COMPARTMENTS, 2);
    }

    /** @return whether the cores of a chip have a binary crossbar, as TrueNorth's */
    public static boolean isCrossbar(ChipSpec chip) {
        return chip.coreModel() == CoreModel.TRUENORTH;
    }

    private static TrueNorthMapping crossbar(QuantisedNetwork net, ChipSpec chip, Mapper.Options options) {
        String strategy = options.strategy().equals(DefaultStrategy.ID) ? DefaultStrategy.ORDER.get(0) : options.strategy();
        CrossbarPartition partition = CrossbarPartition.of(net, chip, strategy, options.chips(), options.search().seed());
        Placement placement = options.byTraffic() == null
            ? options.placer().place(partition.cores(), chip, options.chips(), options.search().seed())
            : CrossbarPlacer.place(partition, partition.traffic(null), chip, options.chips(), options.byTraffic().id(), PlacedNetwork.CROSSING_DEFAULT,
                options.search().seed(), options.placing().seconds());
        TrueNorthMapping mapping = partition.on(placement);
        if (mapping.beyondReach() != null) {
            throw new InvalidInputException(mapping.beyondReach());
        }
        return mapping;
    }

    private static Mapper.Options mapperOptions(ChipSpec chip, RunOptions options) {
        int chips = options.chips() == 0 ? chip.get(ChipParameter.CHIPS_MAX) : options.chips();
        Mapper.Options chosen = Mapper.Options.of(options.mapping(), options.seed(), chips);
        if (options.placement() == null) {
            return chosen;
        }
        return Placer.names().contains(options.placement()) ? chosen.with(Placer.of(options.placement())) : chosen.with(CorePlacer.of(options.placement()));
    }
}
