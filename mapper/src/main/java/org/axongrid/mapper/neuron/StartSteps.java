package org.axongrid.mapper.neuron;

import java.util.Arrays;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.Schedule;

/**
 * When populations of a network start on a chip on which a spike takes effect in the step after it was sent.
 *
 * <p>In lockstep a population starts a step after those it reads, and a projection that skips some is delayed (project reference on conversion, fact 7).
 * Layer by layer with <em>replay</em>, a population prepares itself on the first steps of its input while these arrive, sends nothing meanwhile, and then
 * runs on the same input again, which a second axon of each source has delayed by the length of the preparation: axon delays are the buffers that the
 * method needs.
 */
public final class StartSteps {
    private final int[] start;
    private final int[] first;
    private final int replay;

    private StartSteps(QuantisedNetwork net, boolean replays) {
        int n = net.network().populations().size();
        replay = replays ? net.schedule().preparation() : 0;
        start = new int[n];
        first = new int[n];
        for (int p = 1; p < n; p++) {
            start[p] = 1;
            for (int i : net.network().into(p)) {
                int source = net.network().projections().get(i).source();
                start[p] = source == 0 || source == p ? start[p] : Math.max(start[p], first[source] + 1);
            }
            first[p] = start[p] + (net.rules().get(p).integrates() ? replay : 0);
        }
    }

    /**
     * @param net  a network
     * @param chip the chip it is for
     * @return with replay, if the schedule is layer by layer and the chip's axon delays are long enough
     */
    public static StartSteps of(QuantisedNetwork net, ChipSpec chip) {
        if (net.schedule().order() == Schedule.Order.LAYER_SERIAL) {
            StartSteps replayed = new StartSteps(net, true);
            int longest = net.network().projections().stream().filter(p -> p.source() != 0).mapToInt(p -> replayed.delay(p) + replayed.replayDelay(p))
                .max().orElse(0);
            if (longest <= chip.get(ChipParameter.AXON_DELAY_MAX)) {
                return replayed;
            }
        }
        return new StartSteps(net, false);
    }

    /**
     * @param net   a network
     * @param depth depth of its chip image
     * @return as that image has it
     */
    public static StartSteps of(QuantisedNetwork net, int depth) {
        StartSteps plain = new StartSteps(net, false);
        return plain.depth() == depth || net.schedule().order() == Schedule.Order.LOCKSTEP ? plain : new StartSteps(net, true);
    }

    /** @return whether populations hear their input twice */
    public boolean replays() {
        return replay > 0;
    }

    /** @return chip step, from 1, in which population {@code p} starts */
    public int start(int p) {
        return start[p];
    }

    /** @return chip step of the first step whose spikes count: after the preparation if it is replayed, else the same as {@link #start} */
    public int first(int p) {
        return first[p];
    }

    /** @return steps between the first population's start and the last one's */
    public int depth() {
        return Arrays.stream(start).max().orElse(1) - 1;
    }

    /** @return extra delay of the axons of a projection, in steps */
    public int delay(Projection p) {
        return p.source() == p.target() ? 0 : start[p.target()] - first[p.source()] - 1;
    }

    /** @return further delay of the second axons of a projection, 0 if it has none */
    public int replayDelay(Projection p) {
        return first[p.target()] - start[p.target()];
    }
}
