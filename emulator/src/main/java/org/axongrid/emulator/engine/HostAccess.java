package org.axongrid.emulator.engine;

import java.util.List;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.image.Region;

/** What the host reads and writes in cores between runs, counted word by word. */
final class HostAccess {
    private final Neurocore[] cores;
    private final EventCounters counters;
    private final List<Region> inputs;
    private final RegionRuns[] inputRuns;
    private long initialWritten;

    /** @param counters where reads and writes are counted */
    HostAccess(LoadedSystem system, Neurocore[] cores, EventCounters counters) {
        this.cores = cores;
        this.counters = counters;
        inputs = system.image().regions(Region.Role.BIAS_INPUT);
        inputRuns = inputs.stream().map(r -> new RegionRuns(system, r)).toArray(RegionRuns[]::new);
    }

    List<Region> inputs() {
        return inputs;
    }

    void writeBiases(int input, int[] mantissas) {
        Region region = inputs.get(input);
        if (mantissas.length != region.size()) {
            throw new IllegalArgumentException(mantissas.length + " biases for the " + region.size() + " compartments of " + region.name());
        }
        inputRuns[input].writeBiases(cores, mantissas);
        counters.hostBiasWrites += mantissas.length;
    }

    void setInitial(Region region, int word, int[] values) {
        for (int i = 0; i < values.length; i++) {
            cores[region.core()[i]].setInitial(word, region.compartment()[i], values[i]);
        }
        counters.hostStateWrites += values.length;
        initialWritten += values.length;
    }

    void restoreInitial() {
        counters.hostStateWrites += initialWritten;
        initialWritten = 0;
        for (Neurocore c : cores) {
            c.restoreInitial();
        }
    }

    int[] readState(Region region, int word) {
        int[] values = new int[region.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cores[region.core()[i]].state(word, region.compartment()[i]);
        }
        counters.hostReads += values.length;
        return values;
    }
}
