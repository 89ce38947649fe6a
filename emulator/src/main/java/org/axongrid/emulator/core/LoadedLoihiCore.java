package org.axongrid.emulator.core;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.microcode.KernelCompiler;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.microcode.NeuronKernel;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.Opcode;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * A Loihi-style core's image, decoded: packed synapse lists become runs of effective weights, tables become flat arrays. A line selects a
 * <em>row</em> (a decoded list; axons that share a list share the row) and a base compartment.
 */
final class LoadedLoihiCore extends LoadedCore {
    private static final int LINES_PER_MESSAGE = 16;

    /** Compartments. */
    final int compartments;
    /** Compartments with native arithmetic, rounded up to the update group. */
    final int updatedCompartments;
    /** Whether each soft reset is done by a second compartment. */
    final boolean twoCompartments;
    /** Compartments with native arithmetic before each compartment; one element more. */
    final int[] nativeBefore;

    /** By line: row and base, side by side; null if each line has the row of its own number and base 0. */
    final int[] lineTo;
    /** By line: factor of its synapses; null if all are 1. */
    final int[] lineFactor;
    /** By input axon: its first line; one element more. */
    final int[] axonLine;

    /** Decoded synapse lists. */
    final SynapseRows rows;
    /** Which loops run. */
    final Kernels kernels;
    /** Accumulator slots: longest synaptic delay + 1. */
    final int slots;

    /** By compartment: effective bias from the image. */
    final int[] bias;
    /** By compartment. */
    final int[] initialV;
    /** By state word after the first and compartment: initial values. */
    final int[][] initialState;
    /** Dendritic accumulators per compartment. */
    final int inputs;
    /** Accumulators per delay slot: compartments times inputs. */
    final int slotSize;
    /** By range: what runs its program, null if it is native. */
    final NeuronKernel[] rangeKernel;
    /** By range: constants of its program, null if it is native. */
    final int[][] rangeConstants;
    /** Whether any program shows anything on a probe channel. */
    final boolean probes;
    /** Start of the random generator, not 0. */
    final int seed;
    /** Largest magnitude of a payload. */
    final int payloadMax;
    /** By compartment: threshold in register steps. */
    final int[] threshold;
    /** Consecutive compartments whose profiles differ at most in the threshold: first compartment; one element more. */
    final int[] rangeFirst;
    /** By range: the profile of its first compartment. */
    final NeuronProfile[] rangeProfile;

    /** By compartment: axon group, -1 if it sends nothing. */
    final int[] groupOf;
    /** By group. */
    final int[] groupFirst;
    /** By group: compartments. */
    private final int[] groupSize;
    private final long weight;
    /** By group: first output axon; one element more. */
    final int[] groupOut;
    /** What a spike puts on the network. */
    final SpikeTraffic traffic;
    /** By group: its record of {@link SpikeTraffic#byGroup}. */
    final int[] groupTraffic;
    final int accumulatorBits;
    final int currentBits;
    final Arithmetic arithmetic;
    /** Bits by which a step's sums are shifted right before they enter the accumulator; 0 if weights enter as they are. */
    final int sumShift;
    /** Low bits of a shifted sum that are cut off. */
    final int sumMask;

    /**
     * @param image core image
     * @param index its position among the cores in use
     * @param chip  the chip
     * @param places where all cores are
     * @param arithmetic what its registers do
     * @param shared decoded synapse memories of the system
     * @param place for messages
     */
    LoadedLoihiCore(LoihiCoreImage image, int index, ChipSpec chip, CorePlaces places, Arithmetic arithmetic, SharedRows shared, String place) {
        super(index, image.core(), places, image.outCore(), image.outAxon(), Arrays.stream(image.outDelay()).map(d -> d + 1).toArray());
        this.compartments = image.compartments();
        int group = chip.get(ChipParameter.UPDATE_GROUP);
        this.nativeBefore = new int[compartments + 1];
        for (int c = 0; c < compartments; c++) {
            nativeBefore[c + 1] = nativeBefore[c] + (image.profiles().get(image.profileOf()[c]).isProgrammed() ? 0 : 1);
        }
        int second = image.secondCompartments(chip);
        this.twoCompartments = second > 0;
        this.updatedCompartments = (nativeBefore[compartments] + second + group - 1) / group * group;
        this.accumulatorBits = chip.get(ChipParameter.ACCUMULATOR_BITS);
        this.currentBits = chip.get(ChipParameter.CURRENT_BITS);
        int shift = chip.get(ChipParameter.WEIGHT_SHIFT);
        this.arithmetic = arithmetic;
        this.sumShift = arithmetic.shiftsSums()
            ? -image.formats().stream().mapToInt(SynapseFormat::weightExponent).filter(e -> e < 0).min().orElse(0) : 0;
        this.sumMask = -1 << shift;

        int axons = image.inputAxons();
        axonLine = new int[axons + 1];
        for (int a = 0; a < axons; a++) {
            axonLine[a + 1] = axonLine[a] + image.axonAtoms()[a];
        }
        int[] to = new int[2 * axonLine[axons]];
        lineFactor = image.atomFactor().length == 0 ? null : image.atomFactor().clone();
        kernels = Kernels.chosen();
        SharedRows.Decoded decoded = shared.of(image, place);
        rows = decoded.rows();
        boolean own = true;
        for (int a = 0; a < axons; a++) {
            for (int atom = 0; atom < image.axonAtoms()[a]; atom++) {
                int line = axonLine[a] + atom;
                int row = decoded.lineRow()[line];
                to[2 * line] = row;
                to[2 * line + 1] = image.axonBase()[a] + image.inputOf(a) * compartments;
                own &= row == line && to[2 * line + 1] == 0;
                if (image.axonBase()[a] + decoded.extent()[row] > compartments) {
                    throw new InvalidInputException(place + ": input axon " + a + " atom " + atom + " reaches beyond compartment "
                        + (compartments - 1));
                }
            }
        }
        lineTo = own ? null : to;
        weight = expectedNs(axonLine[axons]);
        slots = Arrays.stream(rows.runDelay).max().orElse(0) + 1;

        bias = new int[compartments];
        for (int c = 0; c < compartments; c++) {
            bias[c] = image.biasMantissa()[c] << image.profiles().get(image.profileOf()[c]).biasExponent();
        }
        initialV = image.initialV().clone();
        inputs = image.inputs();
        slotSize = compartments * inputs;
        probes = image.programs().stream().flatMap(p -> p.code().stream()).anyMatch(i -> i.opcode() == Opcode.PROBE);
        seed = seed(image);
        payloadMax = chip.hasGradedSpikes() ? (int) ((1L << chip.get(ChipParameter.SPIKE_PAYLOAD_BITS) - 1) - 1) : 1;
        initialState = initialState(image);
        threshold = new int[compartments];
        IntArrayList firsts = new IntArrayList();
        for (int c = 0; c < compartments; c++) {
            NeuronProfile p = image.profiles().get(image.profileOf()[c]);
            threshold[c] = p.thresholdMantissa() << shift;
            if (c == 0 || image.profileOf()[c] != image.profileOf()[c - 1]
                && !p.withThreshold(0).equals(image.profiles().get(image.profileOf()[c - 1]).withThreshold(0))) {
                firsts.addInt(c);
            }
        }
        firsts.addInt(compartments);
        rangeFirst = firsts.toIntArray();
        rangeProfile = new NeuronProfile[rangeFirst.length - 1];
        for (int r = 0; r < rangeProfile.length; r++) {
            rangeProfile[r] = image.profiles().get(image.profileOf()[rangeFirst[r]]);
        }
        rangeKernel = Arrays.stream(rangeProfile).map(image::programOf).map(p -> p == null ? null : KernelCompiler.kernel(p))
            .toArray(NeuronKernel[]::new);
        rangeConstants = Arrays.stream(rangeProfile).map(p -> p.isProgrammed() ? p.constants().stream().mapToInt(c -> c).toArray() : null)
            .toArray(int[][]::new);

        groupOf = new int[compartments];
        Arrays.fill(groupOf, -1);
        for (int g = 0; g < image.groups(); g++) {
            Arrays.fill(groupOf, image.groupFirst()[g], image.groupFirst()[g] + image.groupSize()[g], g);
        }
        groupFirst = image.groupFirst().clone();
        groupSize = image.groupSize().clone();
        groupOut = image.groupOut().clone();
        traffic = SpikeTraffic.of(chip, places, image.core(), image.outCore(), outSteps, groupOut);
        groupTraffic = traffic.byGroup(groupFirst, groupOut, outSteps);
    }

    /** Where one line in so many gets a message in a step; a synapse of a scattered row takes five times as long as one of a dense row. */
    private long expectedNs(int lines) {
        long fifths = 0;
        for (int line = 0; line < lines; line++) {
            int row = row(line);
            fifths += rows.synapses(row) * (rows.isScattered(row) ? 5L : 1L) + 5L * HostCosts.MESSAGE_NS;
        }
        int programmed = compartments - nativeBefore[compartments];
        return fifths / (5 * LINES_PER_MESSAGE) + compartments + (HostCosts.PROGRAM_NS - 1L) * programmed;
    }

    /** Cores of one image must not draw the same numbers. */
    private static int seed(LoihiCoreImage image) {
        int mixed = (image.seed() ^ image.core() * 0x9E3779B9) * 0x85EBCA6B;
        mixed ^= mixed >>> 16;
        return mixed == 0 ? 1 : mixed;
    }

    private static int[][] initialState(LoihiCoreImage image) {
        int n = image.compartments();
        int[][] words = new int[image.stateWords() - 1][n];
        for (int w = 0; w < words.length; w++) {
            if (image.initialState().length > 0) {
                System.arraycopy(image.initialState(), w * n, words[w], 0, n);
                continue;
            }
            for (int c = 0; c < n; c++) {
                NeuronProgram program = image.programOf(image.profiles().get(image.profileOf()[c]));
                words[w][c] = program == null || program.state().size() <= w + 1 ? 0 : program.state().get(w + 1).initial();
            }
        }
        return words;
    }

    @Override
    int firstLine(int axon) {
        return axonLine[axon];
    }

    @Override
    long[] servicePs(StepCosts costs) {
        long[] ps = new long[rows.count()];
        for (int r = 0; r < ps.length; r++) {
            ps[r] = costs.servicePs(rows.words(r), rows.synapses(r), rows.kind(r));
        }
        return ps;
    }

    @Override
    int serviceOf(int line) {
        return row(line);
    }

    /** @return the row that a line selects */
    int row(int line) {
        return lineTo == null ? line : lineTo[2 * line];
    }

    @Override
    int sources(int output) {
        int g = Arrays.binarySearch(groupOut, output);
        if (g < 0) {
            g = -g - 2;
        }
        // Of groups without output axons that start at the same place, the last one has it.
        while (groupOut[g + 1] <= output) {
            g++;
        }
        return groupSize[g];
    }

    @Override
    int biasExponent(int compartment) {
        return rangeProfile[range(compartment)].biasExponent();
    }

    @Override
    int startStep(int compartment) {
        return rangeProfile[range(compartment)].startStep();
    }

    private int range(int compartment) {
        int r = Arrays.binarySearch(rangeFirst, compartment);
        return r >= 0 ? r : -r - 2;
    }

    @Override
    long weight() {
        return weight;
    }

    /**
     * @param inbox    its queues, by sending worker
     * @param host     the one of them that the host writes, or null
     * @param out      by output axon, the destination's queue for the worker that runs this core
     * @param counters the core's own
     * @param costs    times of its operations
     * @param services what receiving its messages takes at their destinations
     * @return a running core
     */
    Neurocore instantiate(MessageQueue[] inbox, MessageQueue host, MessageQueue[] out, EventCounters counters, StepCosts costs,
                          ServiceTimes services) {
        return new LoihiCore(this, inbox, host, out, counters, costs, services);
    }
}
