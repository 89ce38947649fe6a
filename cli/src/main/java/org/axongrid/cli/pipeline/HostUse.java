package org.axongrid.cli.pipeline;

import java.util.List;
import java.util.Locale;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.Timing;

/** How the host runs a data set. Results are the same. */
public enum HostUse {
    /** Batches of images in lockstep, layer by layer, over threads. */
    LAYERS,
    /** Image by image on the cores, a thread for each. */
    IMAGES,
    /** One image after the other, its cores spread over the threads. */
    CORES;

    /** Names of all, for options. */
    public static final List<String> NAMES = List.of("layers", "images", "cores");

    /** @return the one of that name */
    public static HostUse named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * @param prepared a mapped network
     * @param images   number of images
     * @param threads  most threads to use
     * @param timing   times of operations
     * @return the fastest: layer by layer where the network and the timing mode allow it, else what suits images and threads
     */
    static HostUse choose(Preparation prepared, int images, int threads, Timing timing) {
        if (timing.network() == null && prepared.layersRefused() == null) {
            return LAYERS;
        }
        return DataSetRunner.choose(prepared.loaded(), images, threads) == DataSetRunner.Parallelism.IMAGES ? IMAGES : CORES;
    }

    /** @return as the runner of cores has it */
    DataSetRunner.Parallelism onCores() {
        return this == CORES ? DataSetRunner.Parallelism.CORES : DataSetRunner.Parallelism.IMAGES;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
