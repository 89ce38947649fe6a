package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.IntArrayList;
import org.axongrid.cli.conform.LifNetwork.Layer;
import org.axongrid.cli.conform.LifNetwork.Link;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListWriter;

/**
 * Puts the network of a case on cores and writes its chip image. Layers are cut where a core is full; input lines become a spike port.
 *
 * <p>Activations from the host are a spike port too: each neuron has lines of weights 1, 2, 4 ... and -1, -2, -4 ..., and the host sends an
 * activation's bits. That needs nothing that the chip does not have.
 */
final class CaseMapper {
    /** Zeros between two weights of a dense run that are cheaper to store than a new entry. */
    private static final int GAP_STORED = 2;
    private static final int HIGH_EXPONENT = 7;

    private final LifNetwork net;
    private final ChipSpec chip;
    private final int most;
    private final int atoms;
    private final SynapseListWriter writer;
    private final List<CoreDraft> cores = new ArrayList<>();
    private final List<SpikePort> ports = new ArrayList<>();

    private CaseMapper(LifNetwork net, ChipSpec chip, int most, int atoms) {
        this.net = net;
        this.chip = chip;
        this.most = most;
        this.atoms = atoms;
        this.writer = new SynapseListWriter(chip.get(ChipParameter.SYNAPSES_PER_ENTRY));
    }

    /**
     * @param net   a network
     * @param chip  the chip
     * @param most  compartments per core at most, on top of the chip's own limits
     * @param atoms compartments that share output axons; 1 for discrete axons
     * @return a valid image: a region per layer, in their order; a port {@code in} if there are input lines, then a port per driven layer
     */
    static ChipImage map(LifNetwork net, ChipSpec chip, int most, int atoms) {
        return new CaseMapper(net, chip, most, atoms).image();
    }

    private ChipImage image() {
        for (int l = 0; l < net.layers().size(); l++) {
            cut(l);
        }
        List<IntArrayList> inputs = new ArrayList<>();
        for (int i = 0; i < net.inputs(); i++) {
            inputs.add(new IntArrayList());
        }
        for (Link link : net.links()) {
            for (CoreDraft target : cores) {
                if (target.layer == link.target()) {
                    connect(link, target, inputs);
                }
            }
        }
        if (net.inputs() > 0) {
            ports.add(port("in", inputs));
        }
        for (int l = 0; l < net.layers().size(); l++) {
            if (net.layers().get(l).driven()) {
                ports.add(drive(l));
            }
        }
        int chips = (cores.size() + chip.coresPerChip() - 1) / chip.coresPerChip();
        ChipImage image = new ChipImage(net.name(), chip, chips, cores.stream().<CoreImage>map(CoreDraft::build).toList(), regions(), ports, 0,
            net.arithmetic());
        ChipImageValidator.validate(image);
        return image;
    }

    private void cut(int l) {
        Layer layer = net.layers().get(l);
        int delayBits = net.links().stream().filter(k -> k.target() == l).mapToInt(Link::delayBits).max().orElse(0);
        int room = Math.min(Math.min(most, chip.get(ChipParameter.COMPARTMENTS)), chip.get(ChipParameter.DELAY_ACCUMULATORS) >> delayBits);
        if (layer.driven()) {
            // Its lines are discrete axons, many to a compartment.
            room = Math.min(room, Math.min(chip.get(ChipParameter.DISCRETE_AXON_BASE_MAX) + 1,
                chip.get(ChipParameter.INPUT_AXONS) / (2 * LifNetwork.DRIVE_BITS)));
        }
        Set<NeuronProfile> profiles = new HashSet<>();
        Set<Integer> thresholds = new HashSet<>();
        int from = 0;
        for (int i = 0; i < layer.size(); i++) {
            profiles.add(layer.profiles()[i]);
            thresholds.add(layer.profiles()[i].thresholdMantissa());
            if (i - from == room || profiles.size() > Math.min(127, chip.get(ChipParameter.COMPARTMENT_PROFILES))
                || thresholds.size() > chip.get(ChipParameter.THRESHOLD_PROFILES)) {
                cores.add(new CoreDraft(cores.size(), l, layer, from, i, atoms));
                from = i;
                profiles.clear();
                profiles.add(layer.profiles()[i]);
                thresholds.clear();
                thresholds.add(layer.profiles()[i].thresholdMantissa());
            }
        }
        cores.add(new CoreDraft(cores.size(), l, layer, from, layer.size(), atoms));
    }

    private void connect(Link link, CoreDraft target, List<IntArrayList> inputs) {
        if (link.source() == LifNetwork.INPUT) {
            for (int i = 0; i < link.mantissas().length; i += atoms) {
                int size = Math.min(atoms, link.mantissas().length - i);
                int axon = axon(link, target, i, size);
                for (int a = 0; axon >= 0 && a < size; a++) {
                    destination(inputs.get(i + a), target.number, axon, a);
                }
            }
            return;
        }
        for (CoreDraft source : cores) {
            if (source.layer != link.source()) {
                continue;
            }
            for (int g = 0; g < source.groups(); g++) {
                int axon = axon(link, target, source.groupFirst(g), source.groupSize(g));
                if (axon >= 0) {
                    source.connect(g, target.number, axon);
                }
            }
        }
    }

    /** @return the input axon for the sources {@code first..}, -1 if none of them has a synapse here */
    private int axon(Link link, CoreDraft target, int first, int size) {
        List<long[]> lists = new ArrayList<>();
        boolean any = false;
        for (int s = first; s < first + size; s++) {
            writer.clear();
            if (link.mantissas()[s] != null) {
                encode(link, s, target);
            }
            any |= writer.bits() > 0;
            lists.add(writer.toWords());
        }
        return any ? target.axon(target.lists(lists), size, 0) : -1;
    }

    private void encode(Link link, int source, CoreDraft target) {
        int[] row = Arrays.copyOfRange(link.mantissas()[source], target.from, target.to);
        SynapseFormat format = new SynapseFormat(link.delays() == null ? Compression.DENSE : Compression.SPARSE, link.signs(), link.bits(),
            link.exponent(), link.delayBits(), SynapseFormat.indexBitsFor(target.compartments() - 1), false);
        if (link.delays() == null) {
            dense(row, format, target);
            return;
        }
        int[] targets = new int[row.length];
        int[] mantissas = new int[row.length];
        int[] delays = new int[row.length];
        int n = 0;
        for (int i = 0; i < row.length; i++) {
            if (row[i] != 0) {
                targets[n] = i;
                mantissas[n] = row[i];
                delays[n++] = link.delays()[source][target.from + i];
            }
        }
        if (n > 0) {
            writer.sparse(target.format(format), format, targets, mantissas, delays, n);
        }
    }

    private void dense(int[] row, SynapseFormat format, CoreDraft target) {
        int i = 0;
        while (i < row.length) {
            if (row[i] == 0) {
                i++;
                continue;
            }
            int last = i;
            for (int k = i + 1; k < row.length && k - last <= GAP_STORED + 1; k++) {
                if (row[k] != 0) {
                    last = k;
                }
            }
            writer.dense(target.format(format), format, i, row, i, last - i + 1, 0);
            i = last + 1;
        }
    }

    /** The lines of a driven layer: neuron by neuron, positive weights, then negative ones, each ascending. */
    private SpikePort drive(int l) {
        List<IntArrayList> lines = new ArrayList<>();
        for (CoreDraft core : cores) {
            if (core.layer != l) {
                continue;
            }
            List<int[]> lists = new ArrayList<>();
            for (int k = 0; k < 2 * LifNetwork.DRIVE_BITS; k++) {
                lists.add(core.lists(List.of(driveList(core, k % LifNetwork.DRIVE_BITS, k >= LifNetwork.DRIVE_BITS))));
            }
            for (int c = 0; c < core.compartments(); c++) {
                for (int[] list : lists) {
                    IntArrayList line = new IntArrayList();
                    destination(line, core.number, core.axon(list, 1, c), 0);
                    lines.add(line);
                }
            }
        }
        return port("drive." + net.layers().get(l).name(), lines);
    }

    /** A list with one synapse of weight 2^bit. */
    private long[] driveList(CoreDraft core, int bit, boolean negative) {
        boolean high = bit > HIGH_EXPONENT;
        SynapseFormat format = new SynapseFormat(Compression.DENSE, negative ? SignMode.INHIBITORY : SignMode.EXCITATORY, 8,
            high ? HIGH_EXPONENT : 0, 0, SynapseFormat.indexBitsFor(0), false);
        int magnitude = 1 << (high ? bit - HIGH_EXPONENT : bit);
        writer.clear();
        writer.dense(core.format(format), format, 0, new int[] {negative ? -magnitude : magnitude}, 0, 1, 0);
        return writer.toWords();
    }

    private static void destination(IntArrayList line, int core, int axon, int atom) {
        line.addInt(core);
        line.addInt(axon);
        line.addInt(atom);
    }

    private static SpikePort port(String name, List<IntArrayList> lines) {
        int[] first = new int[lines.size() + 1];
        IntArrayList core = new IntArrayList();
        IntArrayList axon = new IntArrayList();
        IntArrayList atom = new IntArrayList();
        for (int i = 0; i < lines.size(); i++) {
            for (int d = 0; d < lines.get(i).size(); d += 3) {
                core.addInt(lines.get(i).getInt(d));
                axon.addInt(lines.get(i).getInt(d + 1));
                atom.addInt(lines.get(i).getInt(d + 2));
            }
            first[i + 1] = core.size();
        }
        return new SpikePort(name, first, core.toIntArray(), axon.toIntArray(), atom.toIntArray());
    }

    private List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        for (int l = 0; l < net.layers().size(); l++) {
            int size = net.layers().get(l).size();
            int[] core = new int[size];
            int[] compartment = new int[size];
            for (CoreDraft d : cores) {
                if (d.layer == l) {
                    for (int i = d.from; i < d.to; i++) {
                        core[i] = d.number;
                        compartment[i] = i - d.from;
                    }
                }
            }
            regions.add(new Region(net.layers().get(l).name(), Region.Role.HIDDEN, core, compartment));
        }
        return regions;
    }
}
