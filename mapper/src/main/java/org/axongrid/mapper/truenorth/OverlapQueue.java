package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * What is left of a stage while cores are filled by overlap. A bundle is gates with the same lines; for each the number of its lines that the core being
 * filled has is kept up to date line by line. The axons of all cores are the copies that the sources take, so fewer axons are fewer neurons everywhere.
 */
final class OverlapQueue {
    private static final long ABSENT = -1;
    /** Bundles in order that are looked at where none shares a line with the core. */
    private static final int AHEAD = 200;
    /** Part of a core that must be free for a bundle to be split over it and the next. */
    private static final double SPLIT = 0.25;

    private final int axonsMax;
    private final int neuronsMax;
    private final List<List<Gate>> bundles = new ArrayList<>();
    /** By bundle: its lines, and copies that are not placed yet. */
    private final int[] lines;
    private final int[] left;
    private final int[] placedOf;
    private final int firstId;
    private final Long2LongHashMap numberOf = new Long2LongHashMap(ABSENT);
    /** By line number: bundles that have it. */
    private final int[] start;
    private final int[] users;
    private final int[] overlap;
    private final int[] touched;
    private int touchedCount;
    private int head;

    OverlapQueue(Stage stage, int axonsMax, int neuronsMax) {
        this.axonsMax = axonsMax;
        this.neuronsMax = neuronsMax;
        Gate last = null;
        int lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (Gate gate : stage.gates) {
            if (gate.destinations() == 0 && stage.role != Stage.Role.NEURON && stage.role != Stage.Role.READOUT) {
                continue;
            }
            if (last == null || gate.lines != last.lines || gate.more != last.more || gate.lines.length == 0) {
                bundles.add(new ArrayList<>(2));
            }
            bundles.get(bundles.size() - 1).add(gate);
            last = gate;
            lowest = Math.min(lowest, gate.id);
            highest = Math.max(highest, gate.id);
        }
        firstId = lowest;
        placedOf = new int[bundles.isEmpty() ? 0 : highest - lowest + 1];
        lines = new int[bundles.size()];
        left = new int[bundles.size()];
        overlap = new int[bundles.size()];
        touched = new int[bundles.size()];
        int pins = 0;
        for (int b = 0; b < left.length; b++) {
            Gate gate = bundles.get(b).get(0);
            lines[b] = gate.lines.length + (gate.more == null ? 0 : gate.more.length);
            pins += lines[b];
            left[b] = bundles.get(b).stream().mapToInt(OverlapQueue::copies).sum();
        }
        int[] number = new int[pins];
        int at = 0;
        for (List<Gate> bundle : bundles) {
            at = number(bundle.get(0).lines, number, at);
            at = number(bundle.get(0).more, number, at);
        }
        start = new int[numberOf.size() + 2];
        for (int n : number) {
            start[n + 2]++;
        }
        for (int n = 2; n < start.length; n++) {
            start[n] += start[n - 1];
        }
        users = new int[pins];
        at = 0;
        for (int b = 0; b < left.length; b++) {
            for (int i = 0; i < lines[b]; i++) {
                users[start[number[at++] + 1]++] = b;
            }
        }
    }

    private int number(long[] of, int[] number, int at) {
        int next = at;
        for (int i = 0; of != null && i < of.length; i++) {
            long known = numberOf.get(of[i]);
            if (known == ABSENT) {
                known = numberOf.size();
                numberOf.put(of[i], known);
            }
            number[next++] = (int) known;
        }
        return next;
    }

    /** @return neurons that a gate takes: one for each destination, at least one */
    static int copies(Gate gate) {
        return Math.max(1, gate.destinations());
    }

    boolean hasNext() {
        while (head < left.length && left[head] == 0) {
            head++;
        }
        return head < left.length;
    }

    /** Begins an empty core. */
    void open() {
        for (int i = 0; i < touchedCount; i++) {
            overlap[touched[i]] = 0;
        }
        touchedCount = 0;
    }

    /** @return the first bundle that is left */
    int first() {
        return hasNext() ? head : -1;
    }

    List<Gate> gates(int bundle) {
        return bundles.get(bundle);
    }

    /** @return copies of a gate that have their place */
    int placed(Gate gate) {
        return placedOf[gate.id - firstId];
    }

    /** Notes that so many more copies of a bundle's gate have their place. */
    void place(int bundle, Gate gate, int n) {
        placedOf[gate.id - firstId] += n;
        left[bundle] -= n;
    }

    /** The core has got another line. */
    void added(long line) {
        int n = (int) numberOf.get(line);
        for (int i = start[n]; i < start[n + 1]; i++) {
            int b = users[i];
            if (left[b] > 0) {
                if (overlap[b]++ == 0) {
                    touched[touchedCount++] = b;
                }
            }
        }
    }

    /** @return the bundle to put next on a core with so many axons and neurons, or -1 if none fits it well */
    int next(int axons, int neurons) {
        int best = -1;
        double least = Double.MAX_VALUE;
        int split = -1;
        double leastSplit = Double.MAX_VALUE;
        int free = neuronsMax - neurons;
        if (free == 0) {
            return -1;
        }
        int kept = 0;
        for (int i = 0; i < touchedCount; i++) {
            int b = touched[i];
            if (left[b] == 0) {
                overlap[b] = 0;
                continue;
            }
            touched[kept++] = b;
            int missing = lines[b] - overlap[b];
            if (axons + missing > axonsMax) {
                continue;
            }
            double cost = (double) missing / left[b];
            if (left[b] <= free) {
                if (cost < least) {
                    least = cost;
                    best = b;
                }
            } else if (cost < leastSplit) {
                leastSplit = cost;
                split = b;
            }
        }
        touchedCount = kept;
        if (best >= 0) {
            return best;
        }
        hasNext();
        for (int b = head, n = 0; b < left.length && n < AHEAD; b++) {
            if (left[b] == 0) {
                continue;
            }
            n++;
            if (axons + lines[b] - overlap[b] <= axonsMax) {
                double cost = (double) (lines[b] - overlap[b]) / left[b];
                if (left[b] <= free && cost < least) {
                    least = cost;
                    best = b;
                } else if (left[b] > free && cost < leastSplit) {
                    leastSplit = cost;
                    split = b;
                }
            }
        }
        return best >= 0 ? best : free >= SPLIT * neuronsMax ? split : -1;
    }
}
