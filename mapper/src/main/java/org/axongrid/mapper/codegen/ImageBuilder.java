package org.axongrid.mapper.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SharedArrays;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.neuron.StartSteps;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.RowLayout;
import org.axongrid.mapper.partition.SynapseBlock;
import org.axongrid.mapper.partition.SynapseBlocks;
import org.axongrid.mapper.partition.WeightStorage;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Writes the chip image of a mapped network.
 *
 * <p>Time: {@link StartSteps} says when populations start and what delays axons have; a replayed projection has its axons twice, with the same synapse
 * lists. A population's synapses onto itself have no delay: they act in the next step.
 */
public final class ImageBuilder {
    private final QuantisedNetwork net;
    private final Network network;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final Partition partition;
    private final Placement placement;
    private final StartSteps starts;
    private final List<CoreBuilder> cores = new ArrayList<>();
    private final List<List<CoreBuilder>> coresOf = new ArrayList<>();
    /** By projection: the port through which an input of spikes drives it, else null. */
    private final List<PortBuilder> inputs = new ArrayList<>();

    private ImageBuilder(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Partition partition, Placement placement) {
        this.net = net;
        this.neurons = neurons;
        this.network = net.network();
        this.chip = chip;
        this.partition = partition;
        this.placement = placement;
        this.starts = neurons.starts();
    }

    /**
     * @param net       the quantised network
     * @param chip      the chip
     * @param neurons   what its neurons run
     * @param partition what each core holds
     * @param placement where each core is
     * @return the image
     */
    public static ChipImage build(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Partition partition, Placement placement) {
        return new ImageBuilder(net, chip, neurons, partition, placement).build();
    }

    private ChipImage build() {
        for (int p = 0; p < network.populations().size(); p++) {
            coresOf.add(new ArrayList<>());
        }
        for (int i = 0; i < partition.cores().size(); i++) {
            CorePiece piece = partition.cores().get(i);
            CoreBuilder core = new CoreBuilder(piece, placement.coreOf()[i], chip);
            cores.add(core);
            coresOf.get(piece.population()).add(core);
            compartments(core);
        }
        for (int p = 0; p < network.projections().size(); p++) {
            boolean fromOutside = network.projections().get(p).source() == 0 && network.eventInput();
            inputs.add(fromOutside ? new PortBuilder(network.input().shape()) : null);
        }
        SharedArrays shared = new SharedArrays();
        for (CoreBuilder core : cores) {
            for (int p : network.into(core.piece.population())) {
                if (!network.isAnalog(network.projections().get(p))) {
                    project(p, core);
                }
            }
            core.seal(shared);
        }
        List<CoreImage> images = cores.stream().sorted(Comparator.comparingInt(c -> c.core)).<CoreImage>map(CoreBuilder::build).toList();
        int depth = starts.depth();
        return new ChipImage(network.name(), chip, placement.chips(), images, regions(), ports(), depth, Arithmetic.NENGO_LOIHI);
    }

    private void compartments(CoreBuilder core) {
        int p = core.piece.population();
        int shift = chip.get(ChipParameter.WEIGHT_SHIFT);
        NeuronProgram program = neurons.program(p);
        int channels = network.populations().get(p).shape().channels();
        core.run(program);
        int biasExponent = shift + Integer.numberOfTrailingZeros(net.biasStep()[p]);
        for (int k = 0; k < core.piece.channels(); k++) {
            int c = core.piece.firstChannel() + k;
            byte number = core.profile(neurons.profile(p, c, 0, biasExponent, starts.start(p)));
            for (int rank = 0; rank < core.piece.positions().length; rank++) {
                int at = rank * core.piece.channels() + k;
                int neuron = core.piece.positions()[rank] * channels + c;
                core.profileOf[at] = number;
                core.bias[at] = net.bias()[p][c] / net.biasStep()[p];
                core.initialV[at] = neurons.initial(p, 0, neuron);
                for (int w = 1; program != null && w < program.state().size(); w++) {
                    core.initialState(w, at, neurons.initial(p, w, neuron));
                }
            }
        }
    }

    /** Writes the synapse lists, input axons and output axons of one projection into one core. */
    private void project(int projection, CoreBuilder target) {
        Projection p = network.projections().get(projection);
        SynapseBlocks blocks = new SynapseBlocks(p.targetShape().positions(), target.piece);
        RowLayout layout = new RowLayout(p, target.piece);
        int width = p.sourceShape().width();
        SynapseBlock[] blockAt = new SynapseBlock[p.sourceShape().positions()];
        Map<SynapseBlock.Key, SynapseBlock> distinct = new HashMap<>();
        boolean discrete = CoreBudget.anyDiscrete(p.sourceShape().channels(), partition.chunk()[p.source()], chip);
        boolean shared = false;
        for (int position = 0; position < blockAt.length; position++) {
            SynapseBlock block = blocks.of(p, position / width, position % width);
            blockAt[position] = block;
            if (block != null) {
                SynapseBlock listed = discrete ? block.absolute() : block;
                shared |= distinct.put(listed.key(), listed) != null;
            }
        }
        int indexBits = CoreBudget.indexBits(p, layout, distinct.values());
        RowEncoder encoder = new RowEncoder(WeightStorage.of(net.weightBits()), net.weightShift()[projection], indexBits, shared, chip);
        int delay = starts.delay(p);
        int again = starts.replayDelay(p);
        if (delay + again > chip.get(ChipParameter.AXON_DELAY_MAX)) {
            throw new InvalidInputException("layer " + network.populations().get(p.target()).name() + ": its shortcut from "
                + network.populations().get(p.source()).name() + " needs an axon delay of " + (delay + again) + " steps, limit "
                + chip.get(ChipParameter.AXON_DELAY_MAX));
        }
        Map<List<Object>, int[]> written = new HashMap<>();
        int[] kernel = kernel(projection);
        if (inputs.get(projection) != null) {
            fromOutside(inputs.get(projection), target, layout, encoder, blockAt, kernel);
            return;
        }
        for (CoreBuilder source : coresOf.get(p.source())) {
            for (int group = 0; group < source.groupsPerPosition(); group++) {
                int first = source.piece.firstChannel() + source.groupFirstChannel(group);
                int channels = source.groupChannels(group);
                if (!CoreBudget.reaches(layout, first, first + channels)) {
                    continue;
                }
                for (int rank = 0; rank < source.piece.positions().length; rank++) {
                    SynapseBlock block = blockAt[source.piece.positions()[rank]];
                    if (block == null) {
                        continue;
                    }
                    // A discrete axon's base register is too short for every compartment: its lists name targets from compartment 0.
                    SynapseBlock placed = channels > 1 ? block : block.absolute();
                    int[] at = written.computeIfAbsent(List.of(first, placed.key()), k -> {
                        List<long[]> lists = new ArrayList<>();
                        for (int ci = first; ci < first + channels; ci++) {
                            lists.add(encoder.encode(target, layout, placed, ci, kernel));
                        }
                        return target.lists(lists);
                    });
                    int axon = target.axon(at[0], at[1], channels, placed.firstRank() * target.piece.channels(),
                        memberOf(p, source.piece.positions()[rank]));
                    source.connect(rank, group, target.core, axon, delay);
                    if (again > 0) {
                        source.connect(rank, group, target.core,
                            target.axon(at[0], at[1], channels, placed.firstRank() * target.piece.channels(), 1), delay + again);
                    }
                }
            }
        }
    }

    /** Input axons for the neurons of an input of spikes: one for the channels of each position, as if one core held all of them. */
    private void fromOutside(PortBuilder port, CoreBuilder target, RowLayout layout, RowEncoder encoder, SynapseBlock[] blockAt, int[] kernel) {
        int all = network.input().shape().channels();
        int atoms = chip.get(ChipParameter.POPULATION_ATOMS_MAX);
        Map<List<Object>, int[]> written = new HashMap<>();
        for (int first = 0; first < all; first += atoms) {
            int from = first;
            int channels = Math.min(atoms, all - first);
            if (!CoreBudget.reaches(layout, first, first + channels)) {
                continue;
            }
            for (int position = 0; position < blockAt.length; position++) {
                if (blockAt[position] == null) {
                    continue;
                }
                SynapseBlock placed = channels > 1 ? blockAt[position] : blockAt[position].absolute();
                int[] at = written.computeIfAbsent(List.of(first, placed.key()), k -> {
                    List<long[]> lists = new ArrayList<>();
                    for (int ci = from; ci < from + channels; ci++) {
                        lists.add(encoder.encode(target, layout, placed, ci, kernel));
                    }
                    return target.lists(lists);
                });
                int axon = target.axon(at[0], at[1], channels, placed.firstRank() * target.piece.channels(), 0);
                for (int atom = 0; atom < channels; atom++) {
                    port.connect(position * all + first + atom, target.core, axon, atom);
                }
            }
        }
    }

    /** A port for each projection that an input of spikes drives, in the projections' order. */
    private List<SpikePort> ports() {
        int[] byNumber = cores.stream().mapToInt(c -> c.core).sorted().toArray();
        List<SpikePort> ports = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) != null) {
                ports.add(inputs.get(i).build("input " + i + " of " + network.populations().get(network.projections().get(i).target()).name(),
                    byNumber));
            }
        }
        return ports;
    }

    /** A max pool counts what arrives. */
    private int[] kernel(int projection) {
        int[] kernel = net.kernels().get(projection);
        if (kernel == null) {
            kernel = new int[network.projections().get(projection).kernelSize()];
            Arrays.fill(kernel, 1);
        }
        return kernel;
    }

    /** @return the accumulator that a source position's spikes go to: its place in the window of a max pool, else 0 */
    private int memberOf(Projection p, int position) {
        if (net.rules().get(p.target()).kind() != NeuronRule.Kind.MAX_POOL) {
            return 0;
        }
        int width = p.sourceShape().width();
        int[] member = {0};
        p.forEachTap(position / width, position % width, (target, ky, kx) -> member[0] = ky * p.kernelW() + kx);
        return member[0];
    }

    private List<Region> regions() {
        int[] byNumber = cores.stream().mapToInt(c -> c.core).sorted().toArray();
        List<Region> regions = new ArrayList<>();
        for (int p = 1; p < network.populations().size(); p++) {
            Population population = network.populations().get(p);
            Shape shape = population.shape();
            int[] core = new int[shape.size()];
            int[] compartment = new int[shape.size()];
            for (CoreBuilder builder : coresOf.get(p)) {
                CorePiece piece = builder.piece;
                int index = Arrays.binarySearch(byNumber, builder.core);
                for (int rank = 0; rank < piece.positions().length; rank++) {
                    for (int k = 0; k < piece.channels(); k++) {
                        int neuron = piece.positions()[rank] * shape.channels() + piece.firstChannel() + k;
                        core[neuron] = index;
                        compartment[neuron] = rank * piece.channels() + k;
                    }
                }
            }
            if (net.isReadout(p)) {
                regions.add(new Region(population.name(), Region.Role.READOUT, core, compartment));
                if (net.isAnalog(p)) {
                    regions.add(new Region(population.name() + ".input", Region.Role.BIAS_INPUT, core, compartment));
                }
            } else {
                regions.add(new Region(population.name(), net.isAnalog(p) ? Region.Role.BIAS_INPUT : Region.Role.HIDDEN, core,
                    compartment));
            }
        }
        return regions;
    }
}
