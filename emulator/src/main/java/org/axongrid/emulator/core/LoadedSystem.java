package org.axongrid.emulator.core;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SharedArrays;
import org.axongrid.isa.image.TrueNorthCoreImage;

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
        CorePlaces places = new CorePlaces(image.chip(), image.highestCore());
        SharedArrays shared = new SharedArrays();
        Kernels kernels = Kernels.chosen();
        SharedRows rows = new SharedRows(shared, image.chip(), image.arithmetic(), kernels);
        Int2IntHashMap indexOfCore = new Int2IntHashMap(-1);
        for (int i = 0; i < cores.length; i++) {
            indexOfCore.put(image.cores().get(i).core(), i);
            cores[i] = load(image.cores().get(i), i, places, shared, rows);
        }
        int longest = 1;
        for (LoadedCore core : cores) {
            core.link(indexOfCore, cores);
            longest = Math.max(longest, Arrays.stream(core.outSteps).max().orElse(1));
        }
        horizon = longest;
        if (image.chip().coreModel() == CoreModel.TRUENORTH) {
            route();
        }
        mostMessages = new int[cores.length];
        for (LoadedCore core : cores) {
            for (int o = 0; o < core.outCore.length; o++) {
                // Not the destination's lines: several sources may share an input axon.
                mostMessages[core.outCore[o]] += core.sources(o);
            }
        }
    }

    /** Numbers the lines of crossbar cores through all of them. */
    private void route() {
        LoadedTrueNorthCore[] crossbars = Arrays.copyOf(cores, cores.length, LoadedTrueNorthCore[].class);
        int words = 0;
        for (LoadedTrueNorthCore core : crossbars) {
            core.firstWord = words;
            words += core.words;
        }
        for (LoadedTrueNorthCore core : crossbars) {
            core.route(crossbars);
        }
    }

    private LoadedCore load(CoreImage core, int index, CorePlaces places, SharedArrays shared, SharedRows rows) {
        String place = image.name() + ": core " + core.core();
        if (core instanceof LoihiCoreImage loihi) {
            return new LoadedLoihiCore(loihi, index, image.chip(), places, image.arithmetic(), rows, place);
        }
        return new LoadedTrueNorthCore((TrueNorthCoreImage) core, index, image.chip(), places, shared);
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

    /** @return about how long a step of core {@code i} at a usual activity takes the host, ns; good for comparing cores */
    public long weightOf(int i) {
        return cores[i].weight();
    }

    /** @return synapses that Loihi-style core {@code i} keeps: a list that several axons share counts once; 0 for other cores */
    public long storedSynapses(int i) {
        return cores[i] instanceof LoadedLoihiCore core ? core.rows.stored : 0;
    }

    /** @return exponent of the bias registers of a region's element, by which a mantissa is shifted */
    public int biasExponent(Region region, int element) {
        return cores[region.core()[element]].biasExponent(region.compartment()[element]);
    }

    /** @return first step, from 1, in which a region's compartments run */
    public int startStep(Region region) {
        return cores[region.core()[0]].startStep(region.compartment()[0]);
    }

    /**
     * Makes running cores.
     *
     * @param workerOf by core: the worker that runs it
     * @param workers  number of workers
     * @param counters by core
     * @param costs    times of operations
     * @return the cores
     */
    public RunningCores instantiate(int[] workerOf, int workers, EventCounters[] counters, StepCosts costs) {
        CoreWakes wakes = new CoreWakes(workerOf, workers, horizon);
        Neurocore[] running = image.chip().coreModel() == CoreModel.TRUENORTH ? crossbars(wakes, counters, costs) : loihis(wakes, counters, costs);
        return new RunningCores(running, wakes.activeCores(running));
    }

    private Neurocore[] loihis(CoreWakes wakes, EventCounters[] counters, StepCosts costs) {
        int workers = wakes.workers;
        ServiceTimes services = new ServiceTimes(cores, costs);
        boolean ports = !image.ports().isEmpty();
        boolean graded = image.chip().hasGradedSpikes();
        MessageQueue[][] inbox = new MessageQueue[cores.length][ports ? workers + 1 : workers];
        // Sender by sender, so that what a thread writes to lies together.
        for (int w = 0; w < (ports ? workers + 1 : workers); w++) {
            int longest = w < workers ? horizon : 1;
            for (int c = 0; c < cores.length; c++) {
                inbox[c][w] = new MessageQueue(longest, w < workers ? mostMessages[c] : Integer.MAX_VALUE, graded, wakes.maps[w], wakes.bit[c]);
            }
        }
        Neurocore[] running = new Neurocore[cores.length];
        for (int c = 0; c < cores.length; c++) {
            int worker = wakes.workerOf[c];
            MessageQueue[] out = new MessageQueue[cores[c].outCore.length];
            for (int o = 0; o < out.length; o++) {
                out[o] = inbox[cores[c].outCore[o]][worker];
            }
            running[c] = ((LoadedLoihiCore) cores[c]).instantiate(inbox[c], ports ? inbox[c][workers] : null, out, counters[c], costs, services);
        }
        return running;
    }

    private Neurocore[] crossbars(CoreWakes wakes, EventCounters[] counters, StepCosts costs) {
        int workers = wakes.workers;
        int words = 0;
        int neurons = 0;
        for (LoadedCore core : cores) {
            words += ((LoadedTrueNorthCore) core).words;
            neurons = Math.max(neurons, ((LoadedTrueNorthCore) core).neurons);
        }
        AxonSlots[] inbox = new AxonSlots[image.ports().isEmpty() ? workers : workers + 1];
        TrueNorthScratch[] scratch = new TrueNorthScratch[workers];
        for (int w = 0; w < inbox.length; w++) {
            inbox[w] = new AxonSlots(w < workers ? horizon : 1, words, cores.length);
            wakes.maps[w].follow(inbox[w].arrivals(), wakes.bit);
        }
        for (int w = 0; w < workers; w++) {
            scratch[w] = new TrueNorthScratch(neurons);
        }
        Neurocore[] running = new Neurocore[cores.length];
        for (int c = 0; c < cores.length; c++) {
            int w = wakes.workerOf[c];
            running[c] = new TrueNorthCore((LoadedTrueNorthCore) cores[c], inbox, inbox.length > workers ? inbox[workers] : null, inbox[w], scratch[w],
                counters[c], costs);
        }
        return running;
    }
}
