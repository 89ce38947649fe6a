package org.axongrid.mapper.reference;

import java.util.Arrays;

/** By neuron, what the correction of v(0) needs to know of a phase; in integers where the simulator's are (exact up to 2^53 either way). */
final class CosStatistics {
    final boolean[] spiked;
    final boolean[] silent;
    /** Lowest potential after a step with a spike. */
    final double[] lowestSpiking;
    /** Highest potential after a step without one. */
    final double[] highestSilent;
    private final boolean[] now;

    CosStatistics(int size) {
        spiked = new boolean[size];
        silent = new boolean[size];
        lowestSpiking = new double[size];
        highestSilent = new double[size];
        now = new boolean[size];
    }

    void clear() {
        Arrays.fill(spiked, false);
        Arrays.fill(silent, false);
        Arrays.fill(lowestSpiking, Double.POSITIVE_INFINITY);
        Arrays.fill(highestSilent, Double.NEGATIVE_INFINITY);
    }

    /** Says who spikes in the step that is noted next. */
    void begin(SpikeList sent) {
        Arrays.fill(now, false);
        for (int i = 0; i < sent.count(); i++) {
            now[sent.neurons()[i]] = true;
        }
    }

    /** Notes a neuron's potential after the step. */
    void note(int neuron, double v) {
        if (now[neuron]) {
            spiked[neuron] = true;
            lowestSpiking[neuron] = Math.min(lowestSpiking[neuron], v);
        } else {
            silent[neuron] = true;
            highestSilent[neuron] = Math.max(highestSilent[neuron], v);
        }
    }
}
