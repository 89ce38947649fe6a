package org.axongrid.cli.data;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

/**
 * Recordings of an ATIS event camera as N-MNIST has them (Orchard et al., Frontiers in Neuroscience 9, 2015, 437): five bytes an event: column, row, then
 * the polarity's bit and 23 bits of time in microseconds, big-endian. An event in row 240 stands for 2^13 us that have passed without one.
 */
final class AtisFile {
    private static final int EVENT = 5;
    private static final int OVERFLOW_ROW = 240;
    private static final int OVERFLOW_US = 1 << 13;
    /** Above any recording that can be meant; also limits what a damaged one can ask for. */
    private static final int STEPS_MAX = 100_000;

    private AtisFile() { }

    /**
     * @param place for messages
     * @param bytes the recording
     * @param shape the network's input: a channel for each polarity (off first), or one for both; rows, columns
     * @param bin   microseconds of a step
     * @param steps steps at most, 0 for no limit; later events are left out
     * @return by step the neurons that spike
     */
    static int[][] bins(String place, byte[] bytes, Shape shape, int bin, int steps) {
        if (bytes.length == 0 || bytes.length % EVENT != 0) {
            throw new InvalidInputException(place + ": " + bytes.length + " bytes, expected " + EVENT + " for each event");
        }
        if (shape.channels() > 2) {
            throw new InvalidInputException(place + ": recordings have two polarities, the network's input has " + shape.channels() + " channels");
        }
        int events = bytes.length / EVENT;
        int[] step = new int[events];
        int[] neuron = new int[events];
        int n = 0;
        long passed = 0;
        int most = 0;
        for (int i = 0; i < events; i++) {
            int at = i * EVENT;
            int x = bytes[at] & 0xff;
            int y = bytes[at + 1] & 0xff;
            if (y == OVERFLOW_ROW) {
                passed += OVERFLOW_US;
                continue;
            }
            int polarity = (bytes[at + 2] & 0x80) >> 7;
            long time = passed + ((bytes[at + 2] & 0x7f) << 16 | (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff);
            if (x >= shape.width() || y >= shape.height()) {
                throw new InvalidInputException(place + ", event " + i + ": at column " + x + ", row " + y + ", the network's input is " + shape);
            }
            long bins = time / bin;
            if (steps > 0 && bins >= steps) {
                continue;
            }
            if (bins >= STEPS_MAX) {
                throw new InvalidInputException(place + ", event " + i + ": at " + time + " us, which is step " + (bins + 1) + "; at most " + STEPS_MAX
                    + " are possible (--bin)");
            }
            step[n] = (int) bins;
            neuron[n++] = shape.index(shape.channels() == 1 ? 0 : polarity, y, x);
            most = Math.max(most, (int) bins + 1);
        }
        return byStep(step, neuron, n, most);
    }

    private static int[][] byStep(int[] step, int[] neuron, int n, int steps) {
        int[] count = new int[steps];
        for (int i = 0; i < n; i++) {
            count[step[i]]++;
        }
        int[][] out = new int[steps][];
        for (int t = 0; t < steps; t++) {
            out[t] = new int[count[t]];
        }
        for (int i = 0; i < n; i++) {
            out[step[i]][--count[step[i]]] = neuron[i];
        }
        for (int[] o : out) {
            Arrays.sort(o);
        }
        return out;
    }
}
