package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.List;

/** The section of an image file that holds one TrueNorth core; {@link ChipImageCodec} describes it. */
final class TrueNorthSection {
    private static final int NEURON_BYTES = 43;
    private static final int STOCHASTIC_LEAK = 1;
    private static final int LEAK_REVERSAL = 2;
    private static final int SATURATES = 4;

    private TrueNorthSection() { }

    static void write(TrueNorthCoreImage core, SectionWriter out) {
        TrueNorthRules rules = core.rules();
        out.i32(core.core()).i32(core.seed());
        out.u8(rules.zeroCrossing().ordinal()).u8(rules.overflow().ordinal()).u8(rules.negativeCompare().ordinal());
        out.bytes(core.axonType()).longs(core.crossbar());
        out.i32(core.parameters().size());
        for (TrueNorthNeuron p : core.parameters()) {
            out.i32(p.weight0()).i32(p.weight1()).i32(p.weight2()).i32(p.weight3()).u8(p.stochasticWeights()).i32(p.leak());
            out.u8((p.stochasticLeak() ? STOCHASTIC_LEAK : 0) | (p.leakReversal() ? LEAK_REVERSAL : 0) | (p.saturates() ? SATURATES : 0));
            out.i32(p.threshold()).i32(p.negativeThreshold()).i32(p.maskBits()).u8(p.reset().ordinal()).i32(p.resetValue())
                .i32(p.initialV());
        }
        out.ints(core.parameterOf()).ints(core.destCore()).ints(core.destAxon()).ints(core.destDelay());
    }

    static TrueNorthCoreImage read(SectionReader in) {
        int number = in.i32("core number");
        int seed = in.i32("seed");
        TrueNorthRules rules = new TrueNorthRules(in.constant(TrueNorthRules.ZeroCrossing.values(), "zero crossing"),
            in.constant(TrueNorthRules.Overflow.values(), "overflow"),
            in.constant(TrueNorthRules.NegativeCompare.values(), "negative compare"));
        byte[] types = in.bytes("axon types");
        long[] crossbar = in.longs("crossbar rows");
        int count = in.count(NEURON_BYTES, "neuron parameters");
        List<TrueNorthNeuron> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parameters.add(neuron(in, i));
        }
        return new TrueNorthCoreImage(number, seed, rules, types, crossbar, parameters, in.ints("parameters of neurons"),
            in.ints("destination cores"), in.ints("destination axons"), in.ints("delays"));
    }

    private static TrueNorthNeuron neuron(SectionReader in, int number) {
        int w0 = in.i32("weight 0");
        int w1 = in.i32("weight 1");
        int w2 = in.i32("weight 2");
        int w3 = in.i32("weight 3");
        int stochastic = in.u8("stochastic weights");
        int leak = in.i32("leak");
        int flags = in.u8("flags");
        if (stochastic >> TrueNorthNeuron.AXON_TYPES != 0 || flags > (STOCHASTIC_LEAK | LEAK_REVERSAL | SATURATES)) {
            throw in.error("neuron parameters " + number + ": unknown flags", null);
        }
        int threshold = in.i32("threshold");
        int negative = in.i32("negative threshold");
        int mask = in.i32("mask bits");
        TrueNorthNeuron.Reset reset = in.constant(TrueNorthNeuron.Reset.values(), "reset mode");
        int value = in.i32("reset value");
        return new TrueNorthNeuron(w0, w1, w2, w3, stochastic, leak, (flags & STOCHASTIC_LEAK) != 0, (flags & LEAK_REVERSAL) != 0, threshold,
            negative, mask, reset, (flags & SATURATES) != 0, value, in.i32("initial v"));
    }
}
