package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.Region;

/** A chip image decoded for running; shared, read-only, by all simulations of it. */
public final class LoadedSystem {
    private final ChipImage image;
    private final LoadedCore[] cores;
    private final int horizon;
    private final int[] mostMessages;

    /** @param image a validated chip image */
    public LoadedSystem(ChipImage image) {
        this.image = image;
        cores = new LoadedCore[image.cores().size()];
        Int2IntHashMap indexOfCore = new Int2IntHashMap(-1);
        for (int i = 0; i < cores.length; i++) {
            indexOfCore.put(image.cores().get(i).core(), i);
            cores[i] = new LoadedCore(image.cores().get(i), i, image.chip(), image.arithmetic(),
                image.name() + ": core " + image.cores().get(i).core());
        }
        int longest = 1;
        for (int i = 0; i < cores.length; i++) {
            cores[i].link(image.cores().get(i), indexOfCore, cores);
            longest = Math.max(longest, Arrays.stream(cores[i].outSteps).max().orElse(1));
        }
        horizon = longest;
        mostMessages = new int[cores.length];
        for (int i = 0; i < cores.length; i++) {
            CoreImage core = image.cores().get(i);
            for (int g = 0; g < core.groups(); g++) {
                for (int o = core.groupOut()[g]; o < core.groupOut()[g + 1]; o++) {
                    // Not the destination's lines: several sources may share an input axon.
                    mostMessages[cores[i].outCore[o]] += core.groupSize()[g];
                }
            }
        }
    }

    /** @return the image it was loaded from; its synapse memories are not needed any more but kept */
    public ChipImage image() {
        return image;
    }

    /** @return longest time from sending a message to its effect, in steps */
    public int horizon() {
        return horizon;
    }

    /** @return number of cores in use */
    public int cores() {
        return cores.length;
    }

    /** @return synapses of core {@code i}'s decoded rows, a measure of its work */
    public long weightOf(int i) {
        return cores[i].weights.length + 4L * cores[i].compartments;
    }

    /** @return exponent of the bias registers of a region's element, by which a mantissa is shifted */
    public int biasExponent(Region region, int element) {
        LoadedCore core = cores[region.core()[element]];
        int r = Arrays.binarySearch(core.rangeFirst, region.compartment()[element]);
        return core.rangeProfile[r >= 0 ? r : -r - 2].biasExponent();
    }

    /** @return first step, from 1, in which a region's compartments run */
    public int startStep(Region region) {
        LoadedCore core = cores[region.core()[0]];
        int r = Arrays.binarySearch(core.rangeFirst, region.compartment()[0]);
        return core.rangeProfile[r >= 0 ? r : -r - 2].startStep();
    }

    /**
     * Makes running cores.
     *
     * @param workerOf by core: the worker that runs it
     * @param counters by worker
     * @param costs    times of operations
     * @return the cores, in image order
     */
    public Neurocore[] instantiate(int[] workerOf, List<EventCounters> counters, StepCosts costs) {
        int workers = counters.size();
        boolean ports = !image.ports().isEmpty();
        MessageQueue[][] inbox = new MessageQueue[cores.length][ports ? workers + 1 : workers];
        for (int c = 0; c < cores.length; c++) {
            for (int w = 0; w < workers; w++) {
                inbox[c][w] = new MessageQueue(horizon, mostMessages[c]);
            }
            if (ports) {
                inbox[c][workers] = new MessageQueue(1, Integer.MAX_VALUE);
            }
        }
        Neurocore[] running = new Neurocore[cores.length];
        for (int c = 0; c < cores.length; c++) {
            int worker = workerOf[c];
            MessageQueue[] out = new MessageQueue[cores[c].outCore.length];
            for (int o = 0; o < out.length; o++) {
                out[o] = inbox[cores[c].outCore[o]][worker];
            }
            running[c] = new Neurocore(cores[c], inbox[c], ports ? inbox[c][workers] : null, out, counters.get(worker), costs);
        }
        return running;
    }
}
