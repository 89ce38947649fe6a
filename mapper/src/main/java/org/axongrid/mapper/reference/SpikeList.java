package org.axongrid.mapper.reference;

import java.util.Arrays;

/** What one population sends in one step: neurons in ascending order with their payloads, none of which is 0. */
public final class SpikeList {
    private int[] neurons;
    private int[] payloads;
    private int count;
    private boolean ones = true;

    /** @param most how many neurons there are */
    SpikeList(int most) {
        neurons = new int[most];
        payloads = new int[most];
    }

    private SpikeList(SpikeList o) {
        neurons = Arrays.copyOf(o.neurons, o.count);
        payloads = Arrays.copyOf(o.payloads, o.count);
        count = o.count;
        ones = o.ones;
    }

    /** @return a copy as long as it needs to be */
    SpikeList copy() {
        return new SpikeList(this);
    }

    void clear() {
        count = 0;
        ones = true;
    }

    void add(int neuron, int payload) {
        neurons[count] = neuron;
        payloads[count++] = payload;
        ones &= payload == 1;
    }

    /** Takes a list in place of its own: neurons in ascending order, with a payload of 1 each; one may come several times. */
    void take(int[] list) {
        neurons = list;
        count = list.length;
        ones = true;
        if (payloads.length < count) {
            payloads = new int[count];
        }
        Arrays.fill(payloads, 0, count, 1);
    }

    /** Takes out what the mask rules out. */
    void keep(boolean[] mask) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (mask[neurons[i]]) {
                neurons[kept] = neurons[i];
                payloads[kept++] = payloads[i];
            }
        }
        count = kept;
    }

    /** @return number of messages */
    public int count() {
        return count;
    }

    /** @return who sends, live; only the first {@link #count} are valid */
    public int[] neurons() {
        return neurons;
    }

    /** @return the payloads, live; only the first {@link #count} are valid */
    public int[] payloads() {
        return payloads;
    }

    /** @return whether all payloads are 1 */
    public boolean ones() {
        return ones;
    }

    /** @return the sum of the payloads' magnitudes: spikes where one message is many */
    long units() {
        if (ones) {
            return count;
        }
        long units = 0;
        for (int i = 0; i < count; i++) {
            units += Math.abs(payloads[i]);
        }
        return units;
    }
}
