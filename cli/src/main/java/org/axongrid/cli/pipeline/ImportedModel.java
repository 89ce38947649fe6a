package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingModel;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hdf.HdfReader;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.netx.NetxImporter;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.nir.NirImporter;
import org.axongrid.mapper.onnx.OnnxImporter;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.WholeNumbers;
import org.axongrid.mapper.synthetic.SyntheticNetworks;

/**
 * A model from a file: a trained network that a method converts (ONNX), or one that its file describes with spiking neurons (NIR, lava-dl netx), which
 * runs as it is, or, if its neurons are plain integrate-and-fire, by a method, too.
 *
 * @param name      of the file, for messages
 * @param network   populations and weights
 * @param own       with the neurons that the file describes; {@code null} for a trained network
 * @param rateCoded whether methods can convert it
 * @param whole     whether the file's numbers are a chip's integers
 * @param notes     what was left out or assumed
 */
public record ImportedModel(String name, Network network, SpikingNetwork own, boolean rateCoded, boolean whole, List<String> notes) {
    /** What methods are called that take a file's neurons as they are. */
    public static final List<String> OWN_METHODS = List.of(NirImporter.METHOD, NetxImporter.METHOD);

    /**
     * @param model   a file, or the name of a synthetic network
     * @param options how to read it
     * @return the model
     * @throws InvalidInputException if it cannot be read or used
     */
    public static ImportedModel read(Path model, ImportOptions options) {
        if (model.toString().startsWith(SyntheticNetworks.PREFIX)) {
            return new ImportedModel(model.toString(), SyntheticNetworks.of(model.toString()), null, true, false, List.of("synthetic: random weights"));
        }
        String format = format(model);
        String name = model.getFileName() == null ? model.toString() : model.getFileName().toString();
        if (format == null) {
            if (Boolean.TRUE.equals(options.events())) {
                throw new InvalidInputException(name + ": a trained network takes images; recordings of events go to NIR and netx models");
            }
            List<String> notes = new ArrayList<>();
            return new ImportedModel(name, OnnxImporter.read(model, notes), null, true, false, notes);
        }
        SpikingModel own = format.equals(NirImporter.METHOD) ? NirImporter.read(model, options.nir(), Boolean.TRUE.equals(options.events()))
            : NetxImporter.read(model, options.events());
        if (options.events() == null && format.equals(NirImporter.METHOD) && !isTrained(own)) {
            own = NirImporter.read(model, options.nir(), true);
        }
        return new ImportedModel(name, own.spiking().network(), own.spiking(), own.rateCoded(), own.whole(), own.notes());
    }

    /** Whether a network of activations stands behind the neurons: such a one reads images. */
    private static boolean isTrained(SpikingModel model) {
        return model.spiking().network().populations().stream().anyMatch(p -> p.activation().kind() == Activation.Kind.QCFS);
    }

    /** @return the format's name if a file describes spiking neurons, else {@code null}; by its first bytes and its name */
    public static String format(Path model) {
        if (model.toString().startsWith(SyntheticNetworks.PREFIX)) {
            return null;
        }
        String name = model.toString().toLowerCase(Locale.ROOT);
        boolean netx = name.endsWith(".net");
        return name.endsWith(".nir") ? NirImporter.METHOD : netx ? NetxImporter.METHOD : HdfReader.matches(model) ? NirImporter.METHOD : null;
    }

    /** @return the method that goes with a file if none is asked for */
    public static String methodOf(Path model) {
        String own = format(model);
        return own == null ? "qcfs" : own;
    }

    /** @return the trained network, for methods */
    public Network trained() {
        if (!rateCoded) {
            throw new InvalidInputException(name + ": conversion methods take networks of integrate-and-fire neurons with soft reset that read images; this"
                + " one runs as it is (run, convert and map with --method " + own.method() + ")");
        }
        return network;
    }

    /**
     * @param spiking this model, converted
     * @param options what the target can hold
     * @return in integers; those that the file has as they are
     */
    public QuantisedNetwork quantise(SpikingNetwork spiking, Quantiser.Options options) {
        return whole && spiking == own ? WholeNumbers.of(spiking, options) : Quantiser.quantise(spiking, options);
    }

    /**
     * @param method      a conversion method, or {@link #methodOf} this file
     * @param steps       T
     * @param calibration images, or {@code null}
     * @return the spiking network
     */
    public SpikingNetwork convert(String method, int steps, Calibration calibration) {
        if (OWN_METHODS.contains(method)) {
            if (own == null || !own.method().equals(method)) {
                throw new InvalidInputException(name + ": method " + method + " takes the neurons of a " + method + " file");
            }
            return own;
        }
        return Methods.named(method).convert(trained(), steps, calibration);
    }
}
