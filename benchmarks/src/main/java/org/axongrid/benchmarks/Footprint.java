package org.axongrid.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.TrueNorthCoreImage;

/**
 * What images take: bytes of heap for the image, for what it is decoded to (shared by all simulations), and for one simulation; and the time from the
 * launch of the JVM to the end of the first step of the shipped network.
 */
final class Footprint {
    private static final int STEPS = 30;

    private Footprint() { }

    /** Measures and prints. */
    static void print() throws IOException {
        FashionCnnInference.Prepared fashion = new FashionCnnInference.Prepared();
        fashion.prepare();
        try (Simulation simulation = new Simulation(fashion.loaded, fashion.timing, 1)) {
            simulation.writeBiases(0, fashion.biases[0][1]);
            simulation.runSteps(1);
        }
        long start = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf(Locale.ROOT, "Java %s; %,d ms from launch to the end of the first step of fashion_cnn_L4 (ONNX read, converted, quantised, mapped, loaded)%n%n",
            Runtime.version(), start);
        ChipImage image = fashion.loaded.image();
        fashion = null;
        System.out.printf(Locale.ROOT, "%-22s %6s %9s %12s %9s %9s %9s %10s %10s %10s%n", "Image", "cores", "neurons", "stored syn.", "image MB", "loaded MB",
            "run MB", "B/synapse", "B/neuron", "kB/core");
        row("fashion_cnn_L4", image);
        image = null;
        row("recurrent 16384x128", RecurrentNet.image(16_384, 128, 1));
        row("recurrent 16384x1024", RecurrentNet.image(16_384, 1024, 1));
        row("recurrent 1024x1024", RecurrentNet.image(1024, 1024, 1));
        row("TrueNorth, full chip", TrueNorthChip.image());
        System.out.println("\nB/synapse: what is loaded, by stored synapse (crossbar point on TrueNorth); B/neuron: of a simulation; kB/core: both.");
    }

    private static void row(String name, ChipImage image) {
        long before = used();
        LoadedSystem loaded = new LoadedSystem(image);
        long loadedBytes = used() - before;
        Simulation simulation = new Simulation(loaded, new Timing(StepCosts.NONE, 0), 1);
        simulation.runSteps(STEPS);
        long running = used() - before - loadedBytes;
        long synapses = image.cores().stream().mapToLong(c -> c instanceof TrueNorthCoreImage t ? (long) t.inputAxons() * t.compartments()
            : loaded.storedSynapses(image.cores().indexOf(c))).sum();
        long imageBytes = image.cores().stream().mapToLong(c -> c instanceof LoihiCoreImage l
            ? 8L * l.memory().size() + 4L * (l.axonPointer().length * 4L + l.compartments() * 3L + l.outCore().length * 3L)
            : c instanceof TrueNorthCoreImage t ? 8L * t.crossbar().length + 16L * t.compartments() : 0).sum();
        System.out.printf(Locale.ROOT, "%-22s %6d %9d %12d %9.1f %9.1f %9.1f %10.2f %10.1f %10.1f%n", name, image.cores().size(), image.compartments(),
            synapses, imageBytes / 1e6, loadedBytes / 1e6, running / 1e6, (double) loadedBytes / synapses, (double) running / image.compartments(),
            (loadedBytes + running) / 1e3 / image.cores().size());
        simulation.close();
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
