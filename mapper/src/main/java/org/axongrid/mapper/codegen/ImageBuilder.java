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
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.neuron.StartSteps;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.RowLayout;
import org.axongrid.mapper.partition.TapTable;
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
    private final Map<Integer, NeuronProfile[]> profiles = new HashMap<>();
    private final List<CoreBuilder> cores = new ArrayList<>();
    private final List<List<CoreBuilder>> coresOf = new ArrayList<>();
    /** By projection: the port through which an input of spikes drives it, else null. */
    private final List<PortBuilder> inputs = new ArrayList<>();
    /** By projection; null where the analog input is the source, which cores get as biases. */
    private final List<InputsBuilder> builders = new ArrayList<>();

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
            inputs.add(isFromOutside(p) ? new PortBuilder(network.input().shape()) : null);
            builders.add(network.isAnalog(network.projections().get(p)) ? null : builder(p));
        }
        for (CoreBuilder core : cores) {
            for (int p : network.into(core.piece.population())) {
                if (builders.get(p) != null) {
                    InputsBuilder b = builders.get(p);
                    core.add(new KernelMemory.Part(b.of(core.piece, core.formats), new RowLayout(network.projections().get(p), core.piece), b.kernel()));
                }
            }
        }
        List<CoreImage> images = images();
        return new ChipImage(network.name(), chip, placement.chips(), images, regions(), ports(), starts.depth(), Arithmetic.NENGO_LOIHI,
            LayerPlanner.plan(net, neurons, coresOf, builders, byNumber()));
    }

    private boolean isFromOutside(int projection) {
        return network.projections().get(projection).source() == 0 && network.eventInput();
    }

    private InputsBuilder builder(int projection) {
        Projection p = network.projections().get(projection);
        int delay = starts.delay(p) + starts.replayDelay(p);
        if (delay > chip.get(ChipParameter.AXON_DELAY_MAX)) {
            throw new InvalidInputException("layer " + network.populations().get(p.target()).name() + ": its shortcut from "
                + network.populations().get(p.source()).name() + " needs an axon delay of " + delay + " steps, limit "
                + chip.get(ChipParameter.AXON_DELAY_MAX));
        }
        return new InputsBuilder(p, TapTable.of(p), partition.chunk()[p.source()], WeightStorage.of(net.weightBits()), net.weightShift()[projection],
            kernel(projection), isFromOutside(projection) ? lines() : groups(p.source()), starts.replayDelay(p) > 0,
            net.rules().get(p.target()).kind() == NeuronRule.Kind.MAX_POOL, chip);
    }

    /** The groups of a population's neurons: by core, group of channels and position. */
    private InputsBuilder.SourceGroups groups(int population) {
        int all = coresOf.get(population).stream().mapToInt(CoreBuilder::groups).sum();
        int[][] columns = new int[3][all];
        int at = 0;
        for (CoreBuilder source : coresOf.get(population)) {
            for (int group = 0; group < source.groupsPerPosition(); group++) {
                for (int position : source.piece.positions()) {
                    columns[0][at] = position;
                    columns[1][at] = source.piece.firstChannel() + source.groupFirstChannel(group);
                    columns[2][at++] = source.groupChannels(group);
                }
            }
        }
        return new InputsBuilder.SourceGroups(columns[0], columns[1], columns[2]);
    }

    /** The neurons of an input of spikes: the channels of each position together, as if one core held all of them. */
    private InputsBuilder.SourceGroups lines() {
        Shape shape = network.input().shape();
        int atoms = chip.get(ChipParameter.POPULATION_ATOMS_MAX);
        int groups = (shape.channels() + atoms - 1) / atoms;
        int[][] columns = new int[3][groups * shape.positions()];
        for (int at = 0; at < columns[0].length; at++) {
            columns[0][at] = at % shape.positions();
            columns[1][at] = at / shape.positions() * atoms;
            columns[2][at] = Math.min(atoms, shape.channels() - columns[1][at]);
        }
        return new InputsBuilder.SourceGroups(columns[0], columns[1], columns[2]);
    }

    /** The cores in the order of their numbers, with their output axons. */
    private List<CoreImage> images() {
        List<OutputTable> outputs = new ArrayList<>();
        for (int p = 0; p < network.populations().size(); p++) {
            outputs.add(new OutputTable(coresOf.get(p).stream().mapToInt(CoreBuilder::groups).sum()));
        }
        forEachAxon((projection, source, target, axon, delay) -> outputs.get(network.projections().get(projection).source()).count(source));
        outputs.forEach(OutputTable::allocate);
        forEachAxon((projection, source, target, axon, delay) ->
            outputs.get(network.projections().get(projection).source()).add(source, target, axon, delay));
        boolean splits = WeightStorage.of(net.weightBits()).splitsSigns();
        List<CoreImage> images = new ArrayList<>();
        for (int p = 0; p < network.populations().size(); p++) {
            int from = 0;
            for (CoreBuilder core : coresOf.get(p)) {
                OutputTable.Outputs in = outputs.get(p).of(from, from + core.groups());
                images.add(core.build(byRank(in, core), splits));
                from += core.groups();
            }
        }
        images.sort(Comparator.comparingInt(CoreImage::core));
        return images;
    }

    /** Receives an input axon with its source. */
    @FunctionalInterface
    private interface AxonVisitor {
        void axon(int projection, int sourceGroup, int targetCore, int axon, int delay);
    }

    /** Visits the axons between cores in the order of targets; those from outside are connected to their ports on the way, once. */
    private void forEachAxon(AxonVisitor visitor) {
        for (CoreBuilder core : cores) {
            int axon = 0;
            int part = 0;
            for (int p : network.into(core.piece.population())) {
                if (builders.get(p) == null) {
                    continue;
                }
                Projection projection = network.projections().get(p);
                int[] sources = core.parts().get(part++).inputs().source();
                int delay = starts.delay(projection);
                int again = starts.replayDelay(projection);
                for (int i = 0; i < sources.length && inputs.get(p) == null; i++) {
                    visitor.axon(p, sources[i], core.core, axon + i, again > 0 && i % 2 == 1 ? delay + again : delay);
                }
                axon += sources.length;
            }
        }
    }

    /** Input axons come by group of channels, then position; the groups of a core's image by position first. */
    private static OutputTable.Outputs byRank(OutputTable.Outputs in, CoreBuilder core) {
        int groups = core.groupsPerPosition();
        if (groups == 1) {
            return in;
        }
        int ranks = core.piece.positions().length;
        int[] first = new int[groups * ranks + 1];
        int[][] columns = new int[3][in.core().length];
        for (int rank = 0; rank < ranks; rank++) {
            for (int group = 0; group < groups; group++) {
                int from = in.first()[group * ranks + rank];
                int count = in.first()[group * ranks + rank + 1] - from;
                int g = rank * groups + group;
                System.arraycopy(in.core(), from, columns[0], first[g], count);
                System.arraycopy(in.axon(), from, columns[1], first[g], count);
                System.arraycopy(in.delay(), from, columns[2], first[g], count);
                first[g + 1] = first[g] + count;
            }
        }
        return new OutputTable.Outputs(first, columns[0], columns[1], columns[2]);
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
            byte number = core.profile(profile(p, c, biasExponent));
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

    /** A port for each projection that an input of spikes drives, in the projections' order. */
    private List<SpikePort> ports() {
        List<SpikePort> ports = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) != null) {
                connect(i);
                ports.add(inputs.get(i).build("input " + i + " of " + network.populations().get(network.projections().get(i).target()).name(),
                    byNumber()));
            }
        }
        return ports;
    }

    private void connect(int projection) {
        InputsBuilder.SourceGroups lines = lines();
        int all = network.input().shape().channels();
        int[] into = network.into(network.projections().get(projection).target());
        for (CoreBuilder core : coresOf.get(network.projections().get(projection).target())) {
            int axon = 0;
            int part = 0;
            for (int p : into) {
                if (builders.get(p) == null) {
                    continue;
                }
                int[] sources = core.parts().get(part++).inputs().source();
                for (int i = 0; i < sources.length && p == projection; i++) {
                    for (int atom = 0; atom < lines.channels()[sources[i]]; atom++) {
                        int line = lines.position()[sources[i]] * all + lines.firstChannel()[sources[i]] + atom;
                        inputs.get(p).connect(line, core.core, axon + i, atom);
                    }
                }
                axon += sources.length;
            }
        }
    }

    /** @return numbers of the cores, ascending */
    private int[] byNumber() {
        return cores.stream().mapToInt(c -> c.core).sorted().toArray();
    }

    /** @return the profile of a channel, made once */
    private NeuronProfile profile(int population, int channel, int biasExponent) {
        NeuronProfile[] known = profiles.computeIfAbsent(population, p -> new NeuronProfile[network.populations().get(p).shape().channels()]);
        if (known[channel] == null) {
            known[channel] = neurons.profile(population, channel, 0, biasExponent, starts.start(population));
        }
        return known[channel];
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

    private List<Region> regions() {
        int[] byNumber = byNumber();
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
