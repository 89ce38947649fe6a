package org.axongrid.emulator.trace;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.axongrid.emulator.cycle.CycleClock;
import org.axongrid.emulator.probe.Probe;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ChipImage;

/**
 * What a trace has signals and tracks for: chosen cores, the routers of these, and probed registers.
 *
 * @param name    of what runs
 * @param cores   indices of the traced cores in the image, ascending
 * @param numbers by traced core: its number in the system
 * @param routers routers of the traced cores, ascending
 * @param width   routers in a row, all chips side by side
 * @param probes  registers to show; may be empty
 */
public record TraceLayout(String name, int[] cores, int[] numbers, int[] routers, int width, List<Probe> probes) {
    /** @return the layout of a running system */
    static TraceLayout of(ChipImage image, CycleClock clock, TraceSelection selection, List<Probe> probes) {
        int[] cores = IntStream.range(0, image.cores().size()).filter(c -> selection.hasCore(image.cores().get(c).core())).toArray();
        int[] numbers = Arrays.stream(cores).map(c -> image.cores().get(c).core()).toArray();
        int[] routers = Arrays.stream(cores).map(clock::routerOf).distinct().sorted().toArray();
        return new TraceLayout(image.name(), cores, numbers, routers, image.chip().get(ChipParameter.MESH_WIDTH) * image.chips(), probes);
    }

    /** @return a router's name: its column and row */
    public String routerName(int router) {
        return router % width + "_" + router / width;
    }

    /** @return position of a core among the traced ones, negative if it is not traced */
    int indexOf(int core) {
        return Arrays.binarySearch(cores, core);
    }
}
