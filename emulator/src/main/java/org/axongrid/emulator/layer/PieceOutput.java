package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;
import org.axongrid.emulator.core.CorePlaces;
import org.axongrid.emulator.core.SpikeTraffic;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.LoihiCoreImage;

/**
 * The way out of one core: messages of a spike by its axon group, and when the last of them is received at the earliest. Of a spike's messages those that can be
 * the last are kept: a message that is ready earlier and takes less is never it.
 */
final class PieceOutput {
    /** By group: messages of a spike. */
    final int[] messages;
    /** By group: links, crossings and messages within the tile of a spike. */
    final int[] linksX;
    final int[] linksY;
    final int[] crossings;
    final int[] within;
    /** By compartment: its unit: compartments whose messages take the same; null if no message has a time. */
    private final int[] unitOf;
    /** By unit: its first message that may be the last one; one element more. */
    private final int[] unitFirst;
    /** By such message: the messages of the spike up to it, itself included. */
    private final int[] sentWith;
    /** By such message: its way and its reception, ps. */
    private final long[] takes;
    /** By unit: steps for which an axon delay holds messages back, and the longest of them; null if none does. */
    private final int[][] heldSteps;
    private final long[][] heldPs;
    private final long longestPs;
    private final StepCosts costs;

    /** Says what receiving takes at the far end of an output axon. */
    interface Services {
        /** @return time of receiving a message from a channel on a core's input axon, ps */
        long ps(int core, int axon, int channel);

        /** @return whether that is the same for channels {@code from .. to - 1} */
        boolean isUniform(int core, int axon, int from, int to);
    }

    /**
     * @param piece    what the core holds
     * @param image    its image
     * @param chip     the chip
     * @param places   where all cores are
     * @param costs    times of operations
     * @param services times at the destinations, by index of the core
     * @param indexOf  by number of a core in the system: its index in the image
     */
    PieceOutput(LoadedPiece piece, LoihiCoreImage image, ChipSpec chip, CorePlaces places, StepCosts costs, Services services, int[] indexOf) {
        this.costs = costs;
        int[] steps = Arrays.stream(image.outDelay()).map(d -> d + 1).toArray();
        SpikeTraffic traffic = SpikeTraffic.of(chip, places, image.core(), image.outCore(), steps, image.groupOut());
        int groups = image.groups();
        messages = new int[groups];
        linksX = new int[groups];
        linksY = new int[groups];
        crossings = new int[groups];
        within = new int[groups];
        for (int g = 0; g < groups; g++) {
            for (int o = image.groupOut()[g]; o < image.groupOut()[g + 1]; o++) {
                messages[g] += traffic.own[o];
                linksX[g] += traffic.linksX[o];
                linksY[g] += traffic.linksY[o];
                crossings[g] += traffic.crossings[o];
                within[g] += traffic.withinTile[o];
            }
        }
        long[] path = new long[steps.length];
        for (int o = 0; o < path.length; o++) {
            int to = image.outCore()[o];
            path[o] = costs.pathPs(places.hopsX(image.core(), to), places.hopsY(image.core(), to), places.crossings(image.core(), to));
        }
        Units units = new Units(piece, image, traffic, path, steps, services, indexOf);
        unitOf = units.unitOf;
        unitFirst = units.first.toIntArray();
        sentWith = units.sentWith.toIntArray();
        takes = units.takes.toLongArray();
        heldSteps = units.heldSteps;
        heldPs = units.heldPs;
        longestPs = units.longest + costs.quantumPs();
    }

    /** Finds the messages that may be the last of a spike. */
    private final class Units {
        final int[] unitOf;
        final IntArrayList first = new IntArrayList();
        final IntArrayList sentWith = new IntArrayList();
        final LongArrayList takes = new LongArrayList();
        int[][] heldSteps;
        long[][] heldPs;
        long longest;
        private final LoihiCoreImage image;
        private final SpikeTraffic traffic;
        private final long[] path;
        private final int[] steps;
        private final Services services;
        private final int[] indexOf;
        private final LoadedPiece piece;
        private final long[] end;

        Units(LoadedPiece piece, LoihiCoreImage image, SpikeTraffic traffic, long[] path, int[] steps, Services services, int[] indexOf) {
            this.piece = piece;
            this.image = image;
            this.traffic = traffic;
            this.path = path;
            this.steps = steps;
            this.services = services;
            this.indexOf = indexOf;
            unitOf = new int[piece.compartments];
            Arrays.fill(unitOf, -1);
            end = new long[path.length];
            boolean holds = Arrays.stream(steps).anyMatch(s -> s != 1);
            if (holds) {
                heldSteps = new int[piece.compartments][];
                heldPs = new long[piece.compartments][];
            }
            first.addInt(0);
            int unit = 0;
            for (int g = 0; g < image.groups(); g++) {
                int from = image.groupFirst()[g];
                int to = from + image.groupSize()[g];
                boolean uniform = isUniform(g, channel(from), channel(to - 1) + 1);
                for (int c = from; c < to; c = uniform ? to : c + 1) {
                    unit(g, channel(c), unit);
                    Arrays.fill(unitOf, c, uniform ? to : c + 1, unit++);
                }
            }
        }

        private int channel(int compartment) {
            return piece.firstChannel + compartment % piece.channels;
        }

        private boolean isUniform(int g, int from, int to) {
            for (int o = image.groupOut()[g]; o < image.groupOut()[g + 1]; o++) {
                if (!services.isUniform(indexOf[image.outCore()[o]], image.outAxon()[o], from, to)) {
                    return false;
                }
            }
            return true;
        }

        private void unit(int g, int channel, int unit) {
            int from = image.groupOut()[g];
            int to = image.groupOut()[g + 1];
            long last = Long.MIN_VALUE;
            int sent = 0;
            for (int o = from; o < to; o++) {
                end[o] = path[o] + services.ps(indexOf[image.outCore()[o]], image.outAxon()[o], channel);
                longest = Math.max(longest, end[o]);
                sent += traffic.own[o];
                if (steps[o] == 1) {
                    last = Math.max(last, sent * (long) costs.messageOutPs() + end[o]);
                } else {
                    hold(unit, steps[o], end[o]);
                }
            }
            sent = 0;
            for (int o = from; o < to; o++) {
                sent += traffic.own[o];
                // Messages start at whole cycles of the network: rounding can make up for less than a cycle.
                if (steps[o] == 1 && sent * (long) costs.messageOutPs() + end[o] > last - costs.quantumPs()) {
                    sentWith.addInt(sent);
                    takes.addLong(end[o]);
                }
            }
            first.addInt(takes.size());
        }

        private void hold(int unit, int after, long ps) {
            int[] known = heldSteps[unit] == null ? new int[0] : heldSteps[unit];
            for (int i = 0; i < known.length; i++) {
                if (known[i] == after) {
                    heldPs[unit][i] = Math.max(heldPs[unit][i], ps);
                    return;
                }
            }
            heldSteps[unit] = Arrays.copyOf(known, known.length + 1);
            heldPs[unit] = heldPs[unit] == null ? new long[1] : Arrays.copyOf(heldPs[unit], known.length + 1);
            heldSteps[unit][known.length] = after;
            heldPs[unit][known.length] = ps;
        }
    }

    /** @return whether axon delays hold any messages back */
    boolean holds() {
        return heldSteps != null;
    }

    /** Notes for the spikes {@code from .. to - 1} of a step when what is held back is received, by step. */
    void hold(int[] spikes, int from, int to, int base, int t, long[] drain) {
        int last = -1;
        for (int s = from; s < to; s++) {
            int unit = unitOf[spikes[s] - base];
            if (unit != last) {
                hold(unit, t, drain);
                last = unit;
            }
        }
    }

    private void hold(int unit, int t, long[] drain) {
        if (unit < 0 || heldSteps[unit] == null) {
            return;
        }
        for (int i = 0; i < heldSteps[unit].length; i++) {
            int at = t + heldSteps[unit][i] - 1;
            if (at < drain.length) {
                drain[at] = Math.max(drain[at], heldPs[unit][i]);
            }
        }
    }

    /**
     * @param state what the layer did in a step
     * @param i     number of the piece
     * @param sent  messages of the step
     * @return when the last message is received if nothing is in the way of any, ps after the step's start
     */
    long drainPs(LayerState state, int i, int sent) {
        LoadedPiece piece = state.layer.pieces[i];
        int first = state.firstSpike[i];
        long longest = 0;
        int left = sent;
        for (int s = state.firstSpike[i + 1] - 1; s >= first; s--) {
            int compartment = state.spikes[s] - piece.base;
            int before = state.activeBefore[s] - state.activeAt[i];
            long updates = state.cyclesBefore != null ? (long) state.cyclesBefore[s] * costs.microcodeCyclePs()
                : (before + 1L) * costs.updateActivePs() + (long) (compartment - before) * costs.updateIdlePs();
            long produced = costs.coreStepPs() + updates + (s - first + 1L) * costs.spikePs();
            if (produced + left * (long) costs.messageOutPs() + longestPs <= longest) {
                break;
            }
            int group = piece.groupOf[compartment];
            if (group < 0) {
                continue;
            }
            left -= messages[group];
            int unit = unitOf[compartment];
            for (int m = unitFirst[unit]; m < unitFirst[unit + 1]; m++) {
                long ready = costs.atCycle(produced + (left + sentWith[m]) * (long) costs.messageOutPs());
                longest = Math.max(longest, ready + takes[m]);
            }
        }
        return longest;
    }
}
