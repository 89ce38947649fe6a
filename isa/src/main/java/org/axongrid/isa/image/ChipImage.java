package org.axongrid.isa.image;

import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.layer.LayerPlan;

/**
 * A system of one or more chips, ready to run. The emulator knows nothing else of a network.
 *
 * @param name       the network's name
 * @param chip       the chips' description
 * @param chips      number of chips
 * @param cores      the cores in use, ascending by number
 * @param regions    named compartments
 * @param ports      lines through which a host sends spikes
 * @param depth      time-steps by which the last compartments start later than the first; T steps of every compartment take T + depth
 * @param arithmetic what registers do at the edges of their widths
 * @param plan       the same layer by layer, or {@code null} if it cannot be seen so or nobody made it
 */
public record ChipImage(String name, ChipSpec chip, int chips, List<CoreImage> cores, List<Region> regions, List<SpikePort> ports, int depth,
                        Arithmetic arithmetic, LayerPlan plan) {
    /** Copies the lists. */
    public ChipImage {
        cores = List.copyOf(cores);
        regions = List.copyOf(regions);
        ports = List.copyOf(ports);
    }

    /** An image that is not seen layer by layer. */
    public ChipImage(String name, ChipSpec chip, int chips, List<CoreImage> cores, List<Region> regions, List<SpikePort> ports, int depth,
                     Arithmetic arithmetic) {
        this(name, chip, chips, cores, regions, ports, depth, arithmetic, null);
    }

    /** An image without ports and with the chip's own arithmetic. */
    public ChipImage(String name, ChipSpec chip, int chips, List<CoreImage> cores, List<Region> regions, int depth) {
        this(name, chip, chips, cores, regions, List.of(), depth, Arithmetic.NENGO_LOIHI);
    }

    /**
     * @return the cores of a chip whose core model is {@link org.axongrid.isa.chip.CoreModel#LOIHI}
     * @throws InvalidInputException if a core is of another kind
     */
    public List<LoihiCoreImage> loihiCores() {
        return cores.stream().map(c -> {
            if (c instanceof LoihiCoreImage core) {
                return core;
            }
            throw new InvalidInputException("chip image " + name + ": core " + c.core() + " is no Loihi-style core");
        }).toList();
    }

    /**
     * @return the cores of a chip whose core model is {@link org.axongrid.isa.chip.CoreModel#TRUENORTH}
     * @throws InvalidInputException if a core is of another kind
     */
    public List<TrueNorthCoreImage> trueNorthCores() {
        return cores.stream().map(c -> {
            if (c instanceof TrueNorthCoreImage core) {
                return core;
            }
            throw new InvalidInputException("chip image " + name + ": core " + c.core() + " is no TrueNorth-style core");
        }).toList();
    }

    /** @return whether any compartment runs a neuron program */
    public boolean hasPrograms() {
        return cores.stream().anyMatch(c -> c instanceof LoihiCoreImage core && core.profiles().stream().anyMatch(NeuronProfile::isProgrammed));
    }

    /** @return whether any compartment does without a program */
    public boolean hasNativeNeurons() {
        return cores.stream().anyMatch(c -> !(c instanceof LoihiCoreImage core)
            || core.profiles().stream().anyMatch(p -> !p.isProgrammed()));
    }

    /** @return the regions of that role, in image order */
    public List<Region> regions(Region.Role role) {
        return regions.stream().filter(r -> r.role() == role).toList();
    }

    /**
     * @return the one readout region
     * @throws InvalidInputException if there is none, or more than one
     */
    public Region readout() {
        List<Region> found = regions(Region.Role.READOUT);
        if (found.size() != 1) {
            throw new InvalidInputException("chip image " + name + ": " + found.size() + " readout regions, expected 1");
        }
        return found.get(0);
    }

    /** @return the highest number of a core that is in use or that an output axon leads to; -1 if there are no cores */
    public int highestCore() {
        int highest = cores.isEmpty() ? -1 : cores.get(cores.size() - 1).core();
        for (CoreImage c : cores) {
            highest = Math.max(highest, c.core());
            for (int to : c instanceof LoihiCoreImage loihi ? loihi.outCore() : ((TrueNorthCoreImage) c).destCore()) {
                highest = Math.max(highest, to);
            }
        }
        return highest;
    }

    /** @return number of compartments in use */
    public int compartments() {
        return cores.stream().mapToInt(CoreImage::compartments).sum();
    }
}
