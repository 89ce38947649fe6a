package org.axongrid.cli.pipeline;

import java.util.Locale;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * About how much heap a run still needs once a network is quantised: asked for before anything is built, so that too little memory is one line at the start. What the
 * network itself takes is in use by then. Terms are bytes of the arrays that matter, rounded up.
 *
 * @param mapping    cores' tables, lanes of weights: all that is there once
 * @param emulation  spikes and sums of the images that threads have at hand
 * @param references kernels of the trained network, and for each thread those of the float SNN and of the oracle; 0 where they are left out
 */
record MemoryNeed(long mapping, long emulation, long references) {
    /** Compartments: registers, biases, thresholds and places, in the image and loaded. */
    private static final long PER_NEURON = 64;
    /** Lanes of two bytes, and what packing them takes for a while. */
    private static final long PER_WEIGHT = 4;
    private static final long PER_WEIGHT_OF_REAL = 8;
    private static final long PER_WEIGHT_OF_INTEGER = 4;
    /** Time-steps that a thread has at hand, over the images of a batch. */
    private static final long FRAMES = 32;
    private static final double MEGABYTE = 1 << 20;

    /** @return what a run of a network needs */
    static MemoryNeed of(QuantisedNetwork net, RunOptions options) {
        Network network = net.network();
        long weights = network.projections().stream().mapToLong(Projection::kernelSize).sum();
        long neurons = network.populations().stream().map(Population::shape).mapToLong(s -> s.size()).sum();
        long largest = network.populations().stream().map(Population::shape).mapToLong(s -> s.size()).max().orElse(0);
        long frames = options.batch() > 0 ? (long) options.batch() * options.steps() : Math.max(FRAMES, options.steps());
        long threads = Math.min(options.threads(), options.limit());
        long ann = PER_WEIGHT_OF_REAL * weights;
        long references = options.references() ? ann + threads * (PER_WEIGHT_OF_REAL + PER_WEIGHT_OF_INTEGER) * weights : 0;
        return new MemoryNeed(PER_NEURON * neurons + PER_WEIGHT * weights, threads * (3 * neurons * frames + 4 * largest * options.steps()), references);
    }

    private long most() {
        // References run when the chip is through with its images.
        return mapping + Math.max(emulation, references);
    }

    /**
     * @param what the network, for the message
     * @throws InvalidInputException if the JVM has less left
     */
    void require(String what) {
        Runtime jvm = Runtime.getRuntime();
        long left = jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory();
        if (most() <= left) {
            return;
        }
        // What is in use may be garbage.
        System.gc();
        left = jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory();
        if (most() > left) {
            throw new InvalidInputException(String.format(Locale.ROOT, "%s needs about %,.0f MB more and the JVM has %,.0f MB left of %,.0f: fewer --threads%s or a"
                + " smaller --batch take less, AXONGRID_JAVA_OPTS=-Xmx%dm would do", what, most() / MEGABYTE, left / MEGABYTE, jvm.maxMemory() / MEGABYTE,
                references > 0 ? ", --no-oracle" : "", (long) ((most() - left + jvm.maxMemory()) / MEGABYTE) + 1));
        }
    }
}
