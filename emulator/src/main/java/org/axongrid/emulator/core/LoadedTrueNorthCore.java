package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * A TrueNorth core's image, decoded. A line is an axon.
 *
 * <p>The crossbar is kept three ways. As columns for counting: axons are sorted by type and each type starts a new word of 64 bits, so that all
 * axons of a <em>block</em> have one type, and the sum that a block brings a neuron is the number of common bits of the active axons and the
 * neuron's column, times one weight. As rows for walking, when few axons are active. And, for neurons with stochastic synapses, as columns in
 * the order of axons, in which random words are drawn.
 */
final class LoadedTrueNorthCore extends LoadedCore {
    /** Kinds of neurons: how they are updated. */
    static final byte UNUSED = 0;
    static final byte DETERMINISTIC = 1;
    static final byte GENERAL = 2;
    /** Taking a word of a row costs as much as this many synapses of it; measured. */
    private static final int WORD_COST = 10;

    /** Neurons, unused ones included. */
    final int neurons;
    /** Axons. */
    final int axons;
    final int seed;
    final TrueNorthRules rules;
    final int vMin;
    final int vMax;
    /** Bits of an int that a potential does not have. */
    final int unusedBits;

    /** By axon: type. */
    final byte[] axonType;
    /** By axon: connected neurons in use. */
    final int[] fanOut;
    /** By axon: what it costs to walk its row, as synapses. */
    final int[] walkCost;
    /** By axon: its block. */
    final int[] blockOf;
    /** By axon: its bit in the block. */
    final long[] bitOf;
    /** By block: type of its axons. */
    final byte[] blockType;
    /** By block and neuron: connected axons. */
    final long[] columns;
    /** Words of a row. */
    final int rowWords;
    /** By block and bit: axon. */
    final int[] axonAt;
    /** By axon, {@link #rowWords} each: connected neurons in use whose synapses of that axon are not stochastic. */
    final long[] rows;
    /** By type and neuron: weight; 0 where it is stochastic. */
    final int[][] weights;

    /** Consecutive neurons of one kind: first neuron; one element more. */
    final int[] rangeFirst;
    /** By range: its kind. */
    final byte[] rangeKind;
    /** By neuron. */
    final int[] initialV;

    // What only general neurons have.

    /** By type and neuron: stochastic weight. */
    final int[][] stochasticWeights;
    /** By neuron: whether the leak is stochastic. */
    final boolean[] stochasticLeak;
    /** By neuron: mask of the threshold noise. */
    final int[] noiseMask;
    /** By neuron: -1 if a crossing subtracts the noise too, else 0. */
    final int[] linear;
    /** By neuron: -1 if the noise moves the negative threshold too, else 0. */
    final int[] lowerNoise;
    /** By neuron with stochastic synapses: its connected axons with such, in the order of axons; else null. */
    final long[][] stochasticColumns;

    // What parameters come to: sums and bit operations, so that the loop over deterministic neurons has no branches.

    /** By neuron: leak that is always added. */
    final int[] leakPlain;
    /** By neuron: leak that is added times the sign of V. */
    final int[] leakReversed;
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

    /** By neuron: output axon, -1 if it sends nothing to a core. */
    final int[] outputOf;
    /** By output axon: its neuron. */
    final int[] source;
    /** By neuron: output pin, -1 for none. */
    final int[] pinOf;

    /**
     * @param image validated core image
     * @param index its position among the cores in use
     * @param chip  the chip
     */
    LoadedTrueNorthCore(TrueNorthCoreImage image, int index, ChipSpec chip) {
        this(image, index, chip, IntStream.range(0, image.compartments()).filter(j -> image.uses(j) && image.destCore()[j] >= 0).toArray());
    }

    private LoadedTrueNorthCore(TrueNorthCoreImage image, int index, ChipSpec chip, int[] senders) {
        super(index, image.core(), chip, Arrays.stream(senders).map(j -> image.destCore()[j]).toArray(),
            Arrays.stream(senders).map(j -> image.destAxon()[j]).toArray(), Arrays.stream(senders).map(j -> image.destDelay()[j]).toArray());
        neurons = image.compartments();
        axons = image.inputAxons();
        seed = image.seed();
        rules = image.rules();
        vMax = (int) ((1L << chip.get(ChipParameter.MEMBRANE_BITS) - 1) - 1);
        vMin = -vMax - 1;
        unusedBits = 32 - chip.get(ChipParameter.MEMBRANE_BITS);
        source = senders;
        outputOf = new int[neurons];
        pinOf = new int[neurons];
        Arrays.fill(outputOf, -1);
        for (int o = 0; o < senders.length; o++) {
            outputOf[senders[o]] = o;
        }
        TrueNorthNeuron[] parameters = new TrueNorthNeuron[neurons];
        initialV = new int[neurons];
        for (int j = 0; j < neurons; j++) {
            parameters[j] = image.uses(j) ? image.parameters().get(image.parameterOf()[j]) : null;
            initialV[j] = image.uses(j) ? parameters[j].initialV() : 0;
            pinOf[j] = image.uses(j) && image.destCore()[j] == TrueNorthCoreImage.OUTPUT_PIN ? image.destAxon()[j] : -1;
        }

        axonType = image.axonType().clone();
        blockOf = new int[axons];
        bitOf = new long[axons];
        blockType = blocks();
        axonAt = new int[64 * blockType.length];
        for (int a = 0; a < axons; a++) {
            axonAt[64 * blockOf[a] + Long.numberOfTrailingZeros(bitOf[a])] = a;
        }
        columns = new long[blockType.length * neurons];
        rowWords = TrueNorthCoreImage.rowWords(neurons);
        rows = new long[axons * rowWords];
        fanOut = new int[axons];
        stochasticColumns = new long[neurons][];
        crossbar(image, parameters);
        walkCost = Arrays.stream(fanOut).map(n -> n + WORD_COST * rowWords).toArray();
        weights = new int[TrueNorthNeuron.AXON_TYPES][neurons];
        stochasticWeights = new int[TrueNorthNeuron.AXON_TYPES][neurons];
        stochasticLeak = new boolean[neurons];
        noiseMask = new int[neurons];
        linear = new int[neurons];
        lowerNoise = new int[neurons];
        leakPlain = new int[neurons];
        leakReversed = new int[neurons];
        stopAtZero = new int[neurons];
        upper = new int[neurons];
        lower = new int[neurons];
        upperKeep = new int[neurons];
        upperAdd = new int[neurons];
        lowerKeep = new int[neurons];
        lowerAdd = new int[neurons];
        byte[] kind = new byte[neurons];
        for (int j = 0; j < neurons; j++) {
            kind[j] = image.uses(j) ? neuron(j, parameters[j]) : UNUSED;
        }
        int[] firsts = IntStream.range(0, neurons).filter(j -> j == 0 || kind[j] != kind[j - 1]).toArray();
        rangeFirst = Arrays.copyOf(firsts, firsts.length + 1);
        rangeFirst[firsts.length] = neurons;
        rangeKind = new byte[firsts.length];
        for (int r = 0; r < firsts.length; r++) {
            rangeKind[r] = kind[firsts[r]];
        }
    }

    /** Deals axons to blocks of one type each. */
    private byte[] blocks() {
        byte[] types = new byte[(axons + 63) / 64 + TrueNorthNeuron.AXON_TYPES];
        int blocks = 0;
        for (byte type = 0; type < TrueNorthNeuron.AXON_TYPES; type++) {
            int inBlock = 64;
            for (int a = 0; a < axons; a++) {
                if (axonType[a] == type) {
                    if (inBlock == 64) {
                        types[blocks++] = type;
                        inBlock = 0;
                    }
                    blockOf[a] = blocks - 1;
                    bitOf[a] = 1L << inBlock++;
                }
            }
        }
        return Arrays.copyOf(types, blocks);
    }

    private void crossbar(TrueNorthCoreImage image, TrueNorthNeuron[] parameters) {
        for (int a = 0; a < axons; a++) {
            for (int j = 0; j < neurons; j++) {
                if (image.connects(a, j) && image.uses(j)) {
                    fanOut[a]++;
                    if (parameters[j].isStochastic(axonType[a])) {
                        if (stochasticColumns[j] == null) {
                            stochasticColumns[j] = new long[(axons + 63) / 64];
                        }
                        stochasticColumns[j][a / 64] |= 1L << a % 64;
                    } else {
                        columns[blockOf[a] * neurons + j] |= bitOf[a];
                        rows[a * rowWords + j / 64] |= 1L << j % 64;
                    }
                }
            }
        }
    }

    /** @return the neuron's kind */
    private byte neuron(int j, TrueNorthNeuron p) {
        for (int g = 0; g < TrueNorthNeuron.AXON_TYPES; g++) {
            (p.isStochastic(g) ? stochasticWeights : weights)[g][j] = p.weight(g);
        }
        stochasticLeak[j] = p.stochasticLeak();
        noiseMask[j] = (1 << p.maskBits()) - 1;
        linear[j] = p.reset() == TrueNorthNeuron.Reset.LINEAR ? -1 : 0;
        lowerNoise[j] = p.saturates() ? 0 : -1;
        (p.leakReversal() ? leakReversed : leakPlain)[j] = p.leak();
        stopAtZero[j] = p.leakReversal() && rules.zeroCrossing() == TrueNorthRules.ZeroCrossing.CLAMP ? -1 : 0;
        upper[j] = p.threshold();
        lower[j] = -p.negativeThreshold() + (rules.negativeCompare() == TrueNorthRules.NegativeCompare.AT_OR_BELOW ? 1 : 0);
        switch (p.reset()) {
            case TO_VALUE -> {
                upperAdd[j] = p.resetValue();
                lowerAdd[j] = -p.resetValue();
            }
            case LINEAR -> {
                upperKeep[j] = -1;
                upperAdd[j] = -p.threshold();
                lowerKeep[j] = -1;
                lowerAdd[j] = p.negativeThreshold();
            }
            case NONE -> {
                upperKeep[j] = -1;
                lowerKeep[j] = -1;
            }
        }
        if (p.saturates()) {
            lowerKeep[j] = 0;
            lowerAdd[j] = -p.negativeThreshold();
        }
        return p.draws() || rules.overflow() == TrueNorthRules.Overflow.NEMO ? GENERAL : DETERMINISTIC;
    }

    @Override
    int firstLine(int axon) {
        return axon;
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
        for (int f : fanOut) {
            synapses += f;
        }
        return synapses / 64 + 4L * neurons;
    }

    @Override
    Neurocore instantiate(MessageQueue[] inbox, MessageQueue host, MessageQueue[] out, EventCounters counters, StepCosts costs,
                          ServiceTimes services) {
        return new TrueNorthCore(this, inbox, host, out, counters, costs);
    }
}
