package org.axongrid.cli.conform;

import java.nio.file.Path;
import java.util.List;
import org.axongrid.isa.image.TrueNorthCoreImage;

/**
 * A TrueNorth case: a network, its input, and what came out of other programs.
 *
 * @param file           where it is from
 * @param name           its name
 * @param ticks          number of ticks, from 0
 * @param cores          its cores, numbered from 0
 * @param inputs         tick, core, axon of each input spike, three integers each; the axon is active in that tick
 * @param spikes         tick, core, neuron of each spike, ascending
 * @param outputs        tick and pin of each output event, or null if the case holds none
 * @param synapticEvents pairs of active axon and connected neuron in use
 * @param merged         arrivals that met another one of the same tick at their axon
 * @param words          by core: the random words it draws, or the first of them; null if the case has no random words
 * @param consumed       by core: how many it draws; null as above
 */
record TrueNorthCase(Path file, String name, int ticks, List<TrueNorthCoreImage> cores, int[] inputs, int[] spikes, int[] outputs,
                     long synapticEvents, long merged, List<int[]> words, long[] consumed) {
    /** @return the table of membrane potentials beside the case's file */
    Path potentials() {
        String file = file().getFileName().toString();
        String stem = file.replaceFirst("\\.json(\\.gz)?$", "");
        return file().resolveSibling(stem + ".v.csv" + (file.endsWith(".gz") ? ".gz" : ""));
    }
}
