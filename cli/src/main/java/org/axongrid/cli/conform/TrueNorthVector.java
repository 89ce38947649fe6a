package org.axongrid.cli.conform;

import java.nio.file.Path;
import org.axongrid.cli.corelet.TickInput;
import org.axongrid.isa.image.ChipImage;

/**
 * A TrueNorth case as what the engine runs, with what must come out, for others who replay it without comparing each tick.
 *
 * @param name           its name
 * @param image          its network, validated, as read back from the bytes of an image file
 * @param input          its input spikes, for the image's port
 * @param ticks          number of ticks
 * @param spikes         number of spikes
 * @param synapticEvents pairs of active axon and connected neuron in use
 */
public record TrueNorthVector(String name, ChipImage image, TickInput input, int ticks, long spikes, long synapticEvents) {
    /**
     * @param file a case, {@code .json} or {@code .json.gz}, with its table of potentials beside it or not
     * @return the case
     * @throws org.axongrid.isa.InvalidInputException with place and cause if it is no case, or not whole and sound
     */
    public static TrueNorthVector read(Path file) {
        return of(TrueNorthFiles.read(file));
    }

    static TrueNorthVector of(TrueNorthCase c) {
        TickInput input = TrueNorthReplay.input(c);
        ChipImage image = TrueNorthReplay.coded(TrueNorthReplay.image(c, input.ports()));
        return new TrueNorthVector(c.name(), image, input, c.ticks(), c.spikes().length / 3, c.synapticEvents());
    }
}
