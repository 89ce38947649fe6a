package org.axongrid.emulator.layer;

import org.axongrid.emulator.core.StepCosts;
import org.axongrid.isa.layer.LayerInputs;

/** What cores with equal input axons receive from one layer: counts and times follow from the spikes at each source position. */
final class ReceivePart {
    private final LayerInputs inputs;
    private final int sourceChannels;
    private final boolean whole;
    /** By entry: time of receiving a message, ps. */
    private final long[] ps;

    ReceivePart(LayerInputs inputs, int sourceChannels, StepCosts costs) {
        this.inputs = inputs;
        this.sourceChannels = sourceChannels;
        boolean all = inputs.from().length == inputs.position().length;
        for (int e = 0; e < inputs.from().length && all; e++) {
            all = inputs.from()[e] == 0 && inputs.to()[e] == sourceChannels && inputs.entryFirst()[e] == e;
        }
        whole = all;
        ps = new long[inputs.from().length];
        for (int e = 0; e < ps.length; e++) {
            ps[e] = costs.servicePs(inputs.words()[e], inputs.synapses()[e], inputs.kind().ordinal());
        }
    }

    /** @return whether it counts spikes of ranges of channels */
    boolean countsRanges() {
        return !whole;
    }

    /** @return time of receiving on an axon from a channel, ps */
    long ps(int axon, int channel) {
        return ps[whole ? inputs.slot()[axon] : inputs.entry(axon, channel)];
    }

    /** @return whether all channels {@code from .. to - 1} take the same on an axon */
    boolean isUniform(int axon, int from, int to) {
        return whole || inputs.to()[inputs.entry(axon, from)] >= to;
    }

    /** What one such core counted; of all of them the same. */
    static final class Totals {
        long messages;
        long words;
        long synapses;
    }

    /** Counts what a time-step's spikes bring. @return time of receiving it, ps */
    long receive(SpikeFrame frame, Totals totals) {
        final int[] position = inputs.position();
        final int[] words = inputs.words();
        final int[] synapses = inputs.synapses();
        long messages = 0;
        long read = 0;
        long operations = 0;
        long time = 0;
        if (whole) {
            final int[] count = frame.count;
            for (int e = 0; e < position.length; e++) {
                long n = count[position[e]];
                messages += n;
                read += n * words[e];
                operations += n * synapses[e];
                time += n * ps[e];
            }
        } else {
            for (int s = 0; s < position.length; s++) {
                int all = frame.count[position[s]];
                for (int e = inputs.entryFirst()[s]; e < inputs.entryFirst()[s + 1] && all > 0; e++) {
                    boolean every = inputs.from()[e] == 0 && inputs.to()[e] == sourceChannels;
                    long n = every ? all : frame.count(position[s], inputs.from()[e], inputs.to()[e]);
                    messages += n;
                    read += n * words[e];
                    operations += n * synapses[e];
                    time += n * ps[e];
                }
            }
        }
        totals.messages += messages;
        totals.words += read;
        totals.synapses += operations;
        return time;
    }

    /** @return kind of its synaptic operations */
    int kind() {
        return inputs.kind().ordinal();
    }
}
