package org.axongrid.emulator.core;

import org.axongrid.emulator.count.EventCounters;

/**
 * The way out of a running Loihi-style core: sends the messages of its spikes, and says when spikes and messages are ready. Compartments are updated
 * in order, and each spike is produced and sent before the next compartment's turn.
 */
final class LoihiOutput {
    private final LoadedLoihiCore core;
    private final MessageQueue[] out;
    private final EventCounters counters;
    private final StepCosts costs;
    private final ServiceTimes services;
    private final int[] spikes;
    /** By spike: active updates before its compartment's, from which its time within the step follows. */
    final int[] activeBefore;
    /** By spike: program cycles before it, its own update's included; null where no compartment is programmed. */
    final int[] cyclesBefore;
    private final int[] pathPs;
    /** Longest that any message can take from its start to the end of its reception. */
    private final long longestPs;
    /** By step modulo its length: reception of what axon delays hold back until then. */
    private final long[] later;
    private int heldUntil;

    /**
     * @param core     the core's decoded image
     * @param out      by output axon, the destination's queue for the worker that runs the core
     * @param counters the core's
     * @param costs    times of its operations
     * @param services times to receive its messages
     * @param spikes   the core's list of compartments that spiked
     * @param programs whether any compartment is programmed
     */
    LoihiOutput(LoadedLoihiCore core, MessageQueue[] out, EventCounters counters, StepCosts costs, ServiceTimes services, int[] spikes,
                boolean programs) {
        this.core = core;
        this.out = out;
        this.counters = counters;
        this.costs = costs;
        this.services = services;
        this.spikes = spikes;
        activeBefore = new int[spikes.length];
        cyclesBefore = programs ? new int[spikes.length] : null;
        pathPs = new int[core.outCore.length];
        long longest = 0;
        int horizon = 1;
        for (int o = 0; o < pathPs.length; o++) {
            pathPs[o] = costs.pathPs(core.outHopsX[o], core.outHopsY[o], core.outCrossings[o]);
            longest = Math.max(longest, pathPs[o] + services.longestPs(core.outCore[o]));
            horizon = Math.max(horizon, core.outSteps[o]);
        }
        longestPs = longest + costs.quantumPs();
        later = horizon > 1 ? new long[horizon] : null;
    }

    void reset() {
        if (later != null) {
            java.util.Arrays.fill(later, 0);
        }
        heldUntil = 0;
    }

    /** @return last step in which a message goes out that an axon delay holds back */
    int heldUntil() {
        return heldUntil;
    }

    /**
     * Sends a message for each spike and output axon of its group, and counts them.
     *
     * @param t          the step
     * @param spikeCount its spikes
     * @param payloads   by spike; null if they are binary
     * @return messages sent
     */
    int send(int t, int spikeCount, int[] payloads) {
        final int[] traffic = core.groupTraffic;
        final int[] outLine = core.outLine;
        int messages = 0;
        long linksX = 0;
        long linksY = 0;
        long crossings = 0;
        long within = 0;
        for (int s = 0; s < spikeCount; ) {
            int group = core.groupOf[spikes[s]];
            int from = s;
            // Spikes of one group go the same ways.
            do {
                s++;
            } while (s < spikeCount && core.groupOf[spikes[s]] == group);
            if (group < 0) {
                continue;
            }
            int at = group * SpikeTraffic.RECORD;
            int first = traffic[at + SpikeTraffic.OUT];
            int outs = traffic[at + SpikeTraffic.OUTS];
            int last = first + (outs >> 1);
            if ((outs & 1) != 0) {
                sendDelayed(t, traffic[at + SpikeTraffic.FIRST], from, s, payloads, first, last);
            } else {
                for (int o = first; o < last; o++) {
                    out[o].push(t + 1, outLine[o] - traffic[at + SpikeTraffic.FIRST], spikes, payloads, from, s);
                }
            }
            int n = s - from;
            messages += n * traffic[at + SpikeTraffic.MESSAGES];
            linksX += (long) n * traffic[at + SpikeTraffic.LINKS_X];
            linksY += (long) n * traffic[at + SpikeTraffic.LINKS_Y];
            crossings += (long) n * traffic[at + SpikeTraffic.CROSSINGS];
            within += (long) n * traffic[at + SpikeTraffic.WITHIN];
        }
        counters.hopsX += linksX;
        counters.hopsY += linksY;
        counters.chipCrossings += crossings;
        counters.messagesWithinTile += within;
        counters.messages += messages;
        return messages;
    }

    /** Spikes of one group on output axons of which some have axon delays. */
    private void sendDelayed(int t, int groupFirst, int from, int to, int[] payloads, int first, int last) {
        for (int o = first; o < last; o++) {
            out[o].push(t + core.outSteps[o], core.outLine[o] - groupFirst, spikes, payloads, from, to);
            if (core.outSteps[o] != 1) {
                for (int s = from; s < to; s++) {
                    held(o, spikes[s] - groupFirst, t);
                }
            }
        }
    }

    /** @return when a spike is produced if nothing had to be sent before it, ps after the step's start */
    private long producedPs(int s) {
        int before = activeBefore[s];
        int nativeBefore = core.nativeBefore[spikes[s]];
        int own = core.nativeBefore[spikes[s] + 1] - nativeBefore;
        return costs.coreStepPs() + (before + (long) own) * costs.updateActivePs() + (long) (nativeBefore - before) * costs.updateIdlePs()
            + (cyclesBefore == null ? 0 : (long) cyclesBefore[s] * costs.microcodeCyclePs()) + (s + 1L) * costs.spikePs();
    }

    void forEachMessage(int spikeCount, Neurocore.MessageVisitor visitor) {
        int sent = 0;
        for (int s = 0; s < spikeCount; s++) {
            long produced = producedPs(s);
            visitor.spike(spikes[s], produced + sent * (long) costs.messageOutPs());
            int group = core.groupOf[spikes[s]];
            if (group < 0) {
                continue;
            }
            int atom = spikes[s] - core.groupFirst[group];
            for (int o = core.groupOut[group]; o < core.groupOut[group + 1]; o++) {
                sent += core.traffic.own[o];
                long ready = produced + sent * (long) costs.messageOutPs();
                if (core.traffic.own[o] == 1) {
                    visitor.message(core.outCore[o], core.outLine[o] + atom, core.outSteps[o], ready);
                } else {
                    visitor.branch(core.outCore[o], core.outLine[o] + atom, core.outSteps[o], ready);
                }
            }
        }
    }

    /** Notes a message that an axon delay holds back: it goes out at the start of a later step. */
    private void held(int output, int atom, int t) {
        int steps = core.outSteps[output];
        long end = pathPs[output] + services.ps(core.outCore[output], core.outLine[output] + atom);
        heldUntil = Math.max(heldUntil, t + steps - 1);
        int slot = (t + steps - 1) % later.length;
        later[slot] = Math.max(later[slot], end);
    }

    /**
     * @param t          the step
     * @param spikeCount its spikes
     * @param sent       its messages
     * @return when the last message of the core is received if nothing is in the way of any, ps after the step's start
     */
    long drainPs(int t, int spikeCount, int sent) {
        long longest = 0;
        if (later != null) {
            int slot = t % later.length;
            longest = later[slot];
            later[slot] = 0;
        }
        int left = sent;
        // From the last message backwards: earlier ones are ready earlier, so that a few decide.
        for (int s = spikeCount - 1; s >= 0; s--) {
            long produced = producedPs(s);
            if (produced + left * (long) costs.messageOutPs() + longestPs <= longest) {
                break;
            }
            int group = core.groupOf[spikes[s]];
            if (group < 0) {
                continue;
            }
            int atom = spikes[s] - core.groupFirst[group];
            for (int o = core.groupOut[group + 1] - 1; o >= core.groupOut[group]; o--) {
                if (core.outSteps[o] == 1) {
                    long ready = costs.atCycle(produced + left * (long) costs.messageOutPs());
                    longest = Math.max(longest, ready + pathPs[o] + services.ps(core.outCore[o], core.outLine[o] + atom));
                }
                left -= core.traffic.own[o];
            }
        }
        return longest;
    }
}
