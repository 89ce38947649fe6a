package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.SharedArrays;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * A TrueNorth core's image, decoded. A line is an axon, in another order: axons are sorted by type and each type starts a new word of 32 lines, so that
 * all lines of a word have one type.
 *
 * <p>The crossbar is kept as rows, for walking; they are the image's own where no synapse is stochastic. Columns for counting, a word of lines for each
 * neuron, are made when a core first needs them. Neurons with stochastic synapses have columns in the order of axons, in which random
 * words are drawn.
 */
final class LoadedTrueNorthCore extends LoadedCore {
    /** Far from any potential, so that an unused neuron never crosses it, and differences do not overflow. */
    private static final int NEVER = 1 << 30;

    /** Neurons, unused ones included. */
    final int neurons;
    /** Axons. */
    final int axons;
    /** Which loops it runs. */
    final Kernels kernels;
    /** Words of 32 lines. */
    final int words;
    final int seed;
    final boolean nemo;
    final int vMin;
    final int vMax;

    /** By axon: type. */
    final byte[] axonType;
    /** By line: connected neurons in use. */
    final int[] fanOut;
    /** By word: all of its lines that have an axon. */
    final int[] full;
    /** By word: sum of the fan-outs. */
    final int[] fullFanOut;
    /** By word: type of its lines. */
    final byte[] wordType;
    /** By line: axon. */
    final int[] axonAt;
    private final int[] lineOf;
    /** Words of 64 neurons in a row. */
    final int rowWords;
    /** By axon, {@link #rowWords} each: connected neurons in use whose synapses of that axon are not stochastic. */
    final long[] rows;
    private volatile int[][] columns;
    /** By type and neuron: weight; 0 where it is stochastic. */
    final int[][] weights;
    /** Largest magnitude of what an active axon brings a neuron. */
    final int largestWeight;
    /** By neuron. */
    final int[] initialV;

    // What only neurons with chance have.

    /** Neurons that draw random words, ascending. */
    final int[] drawing;
    /** Whether thresholds have noise. */
    final boolean noisy;
    /** Whether those of all neurons have. */
    final boolean allNoisy;
    /** Whether leaks are stochastic. */
    final boolean chanceLeaks;
    /** Whether synapses are stochastic. */
    final boolean chanceSynapses;
    /** By neuron and type: magnitude of the stochastic weight; null if there are none. */
    final int[] stochasticMagnitude;
    /** By neuron and type: its sign. */
    final int[] stochasticSign;
    /** By neuron: whether the leak is stochastic. */
    final boolean[] stochasticLeak;
    /** By neuron: mask of the threshold noise. */
    final int[] noiseMask;
    /** By neuron: -1 if a crossing subtracts the noise too, else 0. */
    final int[] linear;
    /** By neuron: -1 if the noise moves the negative threshold too, else 0. */
    final int[] lowerNoise;
    /** By neuron with stochastic synapses: its connected axons with such, in the order of axons, 64 to a word; else null. */
    final long[][] stochasticColumns;
    /** The same for loops over all neurons; null if there are none, or kernels are to be plain. */
    final ChanceColumns chance;

    // What parameters come to: sums and bit operations, so that loops over neurons have no branches.

    /** By neuron: leak that is always added. */
    final int[] leakPlain;
    /** By neuron: leak that is added times the sign of V. */
    final int[] leakReversed;
    /** Whether any of them is not 0. */
    final boolean reversing;
    /** Largest magnitude of a leak. */
    final int largestLeak;
    /** By neuron: -1 if a leak that takes V through 0 stops there, else 0. */
    final int[] stopAtZero;
    /** By neuron: fires at or above. */
    final int[] upper;
    /** By neuron: turns back below. */
    final int[] lower;
    /** By neuron: bits of V that stay after a spike. */
    final int[] upperKeep;
    /** By neuron: what is added to them. */
    final int[] upperAdd;
    /** By neuron: bits of V that stay after a negative crossing. */
    final int[] lowerKeep;
    /** By neuron: what is added to them. */
    final int[] lowerAdd;
    /** Largest magnitude that a reset writes. */
    final int largestReset;

    /** By neuron: output axon, -1 if it sends nothing to a core. */
    final int[] outputOf;
    /** By neuron: output pin, -1 for none. */
    final int[] pinOf;
    /** Whether any message crosses a border between chips. */
    final boolean crosses;
    /** Whether it may rest while nothing changes. */
    final boolean rests = Kernels.chosen() != Kernels.PLAIN;
    /** First word among those of all cores. */
    int firstWord;
    /** By neuron: where its spike goes, as {@link CrossbarRoute} packs it. */
    long[] route;
    /** By neuron: the hops of its spike, as {@link CrossbarRoute} packs them. */
    long[] hops;

    /**
     * @param image  validated core image
     * @param index  its position among the cores in use
     * @param chip   the chip
     * @param shared contents that other cores have too
     */
    LoadedTrueNorthCore(TrueNorthCoreImage image, int index, ChipSpec chip, CorePlaces places, SharedArrays shared) {
        this(image, index, chip, places, shared, IntStream.range(0, image.compartments()).filter(j -> image.uses(j) && image.destCore()[j] >= 0).toArray());
    }

    private LoadedTrueNorthCore(TrueNorthCoreImage image, int index, ChipSpec chip, CorePlaces places, SharedArrays shared, int[] senders) {
        super(index, image.core(), places, Arrays.stream(senders).map(j -> image.destCore()[j]).toArray(),
            Arrays.stream(senders).map(j -> image.destAxon()[j]).toArray(), shared.of(Arrays.stream(senders).map(j -> image.destDelay()[j]).toArray()));
        neurons = image.compartments();
        axons = image.inputAxons();
        kernels = Kernels.chosen();
        seed = image.seed();
        nemo = image.rules().overflow() == TrueNorthRules.Overflow.NEMO;
        vMax = (int) ((1L << chip.get(ChipParameter.MEMBRANE_BITS) - 1) - 1);
        vMin = -vMax - 1;
        crosses = Arrays.stream(outCrossings).anyMatch(n -> n != 0);
        int[] output = new int[neurons];
        int[] pin = new int[neurons];
        Arrays.fill(output, -1);
        for (int o = 0; o < senders.length; o++) {
            output[senders[o]] = o;
        }
        TrueNorthNeuron[] parameters = new TrueNorthNeuron[neurons];
        int[] start = new int[neurons];
        for (int j = 0; j < neurons; j++) {
            parameters[j] = image.uses(j) ? image.parameters().get(image.parameterOf()[j]) : null;
            start[j] = image.uses(j) ? parameters[j].initialV() : 0;
            pin[j] = image.uses(j) && image.destCore()[j] == TrueNorthCoreImage.OUTPUT_PIN ? image.destAxon()[j] : -1;
        }
        outputOf = shared.of(output);
        pinOf = shared.of(pin);
        initialV = shared.of(start);

        axonType = image.axonType();
        int[] line = new int[axons];
        wordType = lines(line);
        words = wordType.length;
        lineOf = shared.of(line);
        int[] axon = new int[32 * words];
        int[] lines = new int[words];
        for (int a = 0; a < axons; a++) {
            axon[line[a]] = a;
            lines[line[a] >> 5] |= 1 << line[a];
        }
        axonAt = shared.of(axon);
        full = shared.of(lines);
        rowWords = TrueNorthCoreImage.rowWords(neurons);
        int[] fans = new int[32 * words];
        stochasticColumns = new long[neurons][];
        rows = crossbar(image, parameters, fans);
        fanOut = shared.of(fans);
        int[] sums = new int[words];
        for (int l = 0; l < fans.length; l++) {
            sums[l >> 5] += fans[l];
        }
        fullFanOut = sums;

        drawing = shared.of(IntStream.range(0, neurons).filter(j -> parameters[j] != null && parameters[j].draws()).toArray());
        noisy = Arrays.stream(drawing).anyMatch(j -> parameters[j].maskBits() > 0);
        chanceLeaks = Arrays.stream(drawing).anyMatch(j -> parameters[j].stochasticLeak());
        chanceSynapses = Arrays.stream(stochasticColumns).anyMatch(c -> c != null);
        stochasticMagnitude = chanceSynapses ? new int[neurons * TrueNorthNeuron.AXON_TYPES] : null;
        stochasticSign = chanceSynapses ? new int[neurons * TrueNorthNeuron.AXON_TYPES] : null;
        stochasticLeak = new boolean[chanceLeaks ? neurons : 0];
        int[][] w = new int[TrueNorthNeuron.AXON_TYPES][neurons];
        TrueNorthParameters p = new TrueNorthParameters(neurons, image.rules());
        Arrays.fill(p.upper, NEVER);
        Arrays.fill(p.lower, -NEVER);
        for (int j = 0; j < neurons; j++) {
            if (parameters[j] != null) {
                p.set(j, parameters[j]);
                weigh(j, parameters[j], w);
            }
        }
        weights = new int[w.length][];
        // A stochastic one brings its sign.
        int heaviest = chanceSynapses ? 1 : 0;
        for (int g = 0; g < w.length; g++) {
            heaviest = Math.max(heaviest, largest(w[g]));
            weights[g] = shared.of(w[g]);
        }
        largestWeight = heaviest;
        largestLeak = Math.max(largest(p.leakPlain), largest(p.leakReversed));
        reversing = largest(p.leakReversed) > 0;
        largestReset = Math.max(largest(p.upperAdd), largest(p.lowerAdd));
        noiseMask = shared.of(p.noiseMask);
        allNoisy = kernels != Kernels.PLAIN && Arrays.stream(noiseMask).allMatch(m -> m != 0);
        linear = shared.of(p.linear);
        lowerNoise = shared.of(p.lowerNoise);
        leakPlain = shared.of(p.leakPlain);
        leakReversed = shared.of(p.leakReversed);
        stopAtZero = shared.of(p.stopAtZero);
        upper = shared.of(p.upper);
        lower = shared.of(p.lower);
        upperKeep = shared.of(p.upperKeep);
        upperAdd = shared.of(p.upperAdd);
        lowerKeep = shared.of(p.lowerKeep);
        lowerAdd = shared.of(p.lowerAdd);
        chance = chanceSynapses && kernels != Kernels.PLAIN ? new ChanceColumns(this, shared) : null;
    }

    /** @return the largest magnitude */
    static int largest(int[] values) {
        int most = 0;
        for (int x : values) {
            most = Math.max(most, Math.abs(x));
        }
        return most;
    }

    /** Deals axons to words of one type each. */
    private byte[] lines(int[] line) {
        byte[] types = new byte[(axons + 31) / 32 + TrueNorthNeuron.AXON_TYPES];
        int count = 0;
        for (byte type = 0; type < TrueNorthNeuron.AXON_TYPES; type++) {
            int next = 32 * count;
            for (int a = 0; a < axons; a++) {
                if (axonType[a] == type) {
                    if (next == 32 * count) {
                        types[count++] = type;
                    }
                    line[a] = next++;
                }
            }
        }
        return Arrays.copyOf(types, count);
    }

    /** @return the rows: the image's own if they are the same */
    private long[] crossbar(TrueNorthCoreImage image, TrueNorthNeuron[] parameters, int[] fans) {
        long[] plain = new long[axons * rowWords];
        for (int a = 0; a < axons; a++) {
            for (int w = 0; w < rowWords; w++) {
                for (long bits = image.crossbar()[a * rowWords + w]; bits != 0; bits &= bits - 1) {
                    int j = 64 * w + Long.numberOfTrailingZeros(bits);
                    if (j >= neurons || parameters[j] == null) {
                        continue;
                    }
                    fans[lineOf[a]]++;
                    if (parameters[j].isStochastic(axonType[a])) {
                        if (stochasticColumns[j] == null) {
                            stochasticColumns[j] = new long[(axons + 63) / 64];
                        }
                        stochasticColumns[j][a >> 6] |= 1L << a;
                    } else {
                        plain[a * rowWords + w] |= 1L << j;
                    }
                }
            }
        }
        return Arrays.equals(plain, image.crossbar()) ? image.crossbar() : plain;
    }

    private void weigh(int j, TrueNorthNeuron p, int[][] plain) {
        for (int g = 0; g < TrueNorthNeuron.AXON_TYPES; g++) {
            if (!p.isStochastic(g)) {
                plain[g][j] = p.weight(g);
            } else if (chanceSynapses) {
                stochasticMagnitude[TrueNorthNeuron.AXON_TYPES * j + g] = Math.abs(p.weight(g));
                stochasticSign[TrueNorthNeuron.AXON_TYPES * j + g] = Integer.signum(p.weight(g));
            }
        }
        if (chanceLeaks) {
            stochasticLeak[j] = p.stochasticLeak();
        }
    }

    /** @return by word of lines and neuron: connected axons whose synapses are not stochastic */
    int[][] columns() {
        int[][] made = columns;
        if (made == null) {
            made = new int[words][neurons];
            for (int a = 0; a < axons; a++) {
                int line = lineOf[a];
                for (int w = 0; w < rowWords; w++) {
                    for (long bits = rows[a * rowWords + w]; bits != 0; bits &= bits - 1) {
                        made[line >> 5][64 * w + Long.numberOfTrailingZeros(bits)] |= 1 << line;
                    }
                }
            }
            // Whoever else makes them at the same time makes the same.
            columns = made;
        }
        return made;
    }

    /** Packs the ways of spikes, once all cores are linked and know their first words. */
    void route(LoadedTrueNorthCore[] all) {
        route = new long[neurons];
        hops = new long[neurons];
        for (int j = 0; j < neurons; j++) {
            int o = outputOf[j];
            if (o < 0) {
                route[j] = pinOf[j] >= 0 ? CrossbarRoute.PIN : CrossbarRoute.NOWHERE;
            } else {
                route[j] = CrossbarRoute.of(outCore[o], 32 * all[outCore[o]].firstWord + outLine[o], outSteps[o]);
                hops[j] = CrossbarRoute.hops(outHopsX[o], outHopsY[o]);
            }
        }
    }

    @Override
    int firstLine(int axon) {
        return lineOf[axon];
    }

    @Override
    long[] servicePs(StepCosts costs) {
        return new long[] {costs.messageInPs()};
    }

    @Override
    int serviceOf(int line) {
        return 0;
    }

    @Override
    int sources(int output) {
        return 1;
    }

    @Override
    int biasExponent(int compartment) {
        return 0;
    }

    @Override
    int startStep(int compartment) {
        return 1;
    }

    @Override
    long weight() {
        long synapses = 0;
        for (int f : fullFanOut) {
            synapses += f;
        }
        return synapses / 64 + 4L * neurons;
    }
}
