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

    /** Weights from which on running layer by layer is faster: LeNet-5, with 60,000, runs 1.2 times as fast on its cores. */
    private static final long WORTH_LAYERS = 100_000;

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
     * @return the fastest: layer by layer where the network and the timing mode allow it, unless all weights are in a core's caches anyway; else what suits
     *         images and threads
     */
    static HostUse choose(Preparation prepared, int images, int threads, Timing timing) {
        if (timing.network() == null && prepared.layersRefused() == null && weights(prepared) >= WORTH_LAYERS) {
            return LAYERS;
        }
        return DataSetRunner.choose(prepared.loaded(), images, threads) == DataSetRunner.Parallelism.IMAGES ? IMAGES : CORES;
    }

    private static long weights(Preparation prepared) {
        return prepared.quantised().kernels().stream().filter(k -> k != null).mapToLong(k -> k.length).sum();
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
