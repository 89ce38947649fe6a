package org.axongrid.emulator.engine;

import java.util.stream.IntStream;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.Region;

/** Reads an image's readout in each step of its window; each worker reads its own cores. */
final class ReadoutReader {
    private static final Region NONE = new Region("", Region.Role.READOUT, new int[0], new int[0]);

    private static final int[] NO_VALUES = {};

    private final Region region;
    private final int startStep;
    private final int[][] own;
    private int window;
    private int[] values = NO_VALUES;

    /**
     * @param system   a loaded image
     * @param workerOf by core: the worker that runs it
     * @param workers  number of workers
     */
    ReadoutReader(LoadedSystem system, int[] workerOf, int workers) {
        region = system.image().regions(Region.Role.READOUT).isEmpty() ? NONE : system.image().readout();
        // Neurons of TrueNorth have no start step; the readout is behind all others.
        startStep = region.size() == 0 ? 1 : system.image().chip().coreModel() == CoreModel.TRUENORTH ? system.image().depth() + 1
            : system.startStep(region);
        own = new int[workers][];
        for (int w = 0; w < workers; w++) {
            int worker = w;
            own[w] = IntStream.range(0, region.size()).filter(i -> workerOf[region.core()[i]] == worker).toArray();
        }
    }

    /** @return whether the image has one */
    boolean exists() {
        return region.size() > 0;
    }

    /** Begins a run of so many steps in all, of which each compartment runs a window. */
    void begin(int ownWindow, int steps) {
        window = Math.max(0, Math.min(ownWindow, steps - startStep + 1));
        int size = window * region.size();
        values = size == 0 ? NO_VALUES : new int[size];
    }

    /** Reads what step {@code t} of the system left in a worker's cores. */
    void read(int worker, int t, Neurocore[] cores) {
        int step = t - startStep;
        if (step >= 0 && step < window) {
            for (int i : own[worker]) {
                values[step * region.size() + i] = cores[region.core()[i]].readout(region.compartment()[i]);
            }
        }
    }

    /** @return voltages of the run, or spikes on output pins, by step and element */
    int[] values() {
        return values;
    }
}
