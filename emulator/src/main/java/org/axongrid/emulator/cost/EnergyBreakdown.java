package org.axongrid.emulator.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.Region;

/**
 * Energy of a run by core and by layer. A message's sending and its hops are its sender's, its reception and its synaptic operations its
 * receiver's. What no core did alone (barriers, the host, resets) is the system's; dynamic energies of cores and system add up to that of the
 * run. Static energy has no owner: {@link #staticPerCoreJ} is the share of one core if all cores of the chips have the same.
 *
 * @param cores          in image order
 * @param layers         regions of the image, in its order; a core counts for the first region that it holds
 * @param system         barriers, host and resets
 * @param staticPerCoreJ static energy of the run divided by all cores of its chips, J
 */
public record EnergyBreakdown(List<Part> cores, List<Part> layers, EnergyReport system, double staticPerCoreJ) {
    /**
     * A core or a layer.
     *
     * @param name     the layer's name
     * @param core     number of the core in the system; of a layer the number of its cores
     * @param counters what happened there
     * @param energy   its dynamic energy
     */
    public record Part(String name, int core, EventCounters counters, EnergyReport energy) { }

    /**
     * @param image   what ran
     * @param cores   counts by core, in image order
     * @param all     all counts, the host's too
     * @param profile prices
     * @param run     the energy of the whole run under the same profile
     * @param resets  as {@link EnergyModel#price(EventCounters, CostProfile, int, double, long)} was told
     * @return the energy by core and layer
     */
    public static EnergyBreakdown of(ChipImage image, EventCounters[] cores, EventCounters all, CostProfile profile, EnergyReport run, long resets) {
        String[] layerOf = layers(image);
        List<Part> parts = new ArrayList<>();
        Map<String, EventCounters> sums = new LinkedHashMap<>();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (int c = 0; c < cores.length; c++) {
            parts.add(new Part(layerOf[c], image.cores().get(c).core(), cores[c], EnergyModel.price(cores[c], profile, 1, 0)));
            sums.computeIfAbsent(layerOf[c], name -> new EventCounters()).add(cores[c]);
            sizes.merge(layerOf[c], 1, Integer::sum);
        }
        List<Part> layers = new ArrayList<>();
        sums.forEach((name, sum) -> layers.add(new Part(name, sizes.get(name), sum, EnergyModel.price(sum, profile, 1, 0))));
        EventCounters system = new EventCounters();
        system.steps = all.steps;
        system.hostBiasWrites = all.hostBiasWrites;
        system.hostReads = all.hostReads;
        system.hostStateWrites = all.hostStateWrites;
        return new EnergyBreakdown(parts, layers, EnergyModel.price(system, profile, image.chips(), 0, resets),
            run.staticJ() / ((double) image.chips() * image.chip().coresPerChip()));
    }

    private static String[] layers(ChipImage image) {
        String[] names = new String[image.cores().size()];
        for (Region r : image.regions()) {
            for (int c : r.core()) {
                names[c] = names[c] == null ? r.name() : names[c];
            }
        }
        for (int c = 0; c < names.length; c++) {
            names[c] = names[c] == null ? "core" + image.cores().get(c).core() : names[c];
        }
        return names;
    }
}
