package org.axongrid.mapper.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.CoreMemory;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;

/**
 * Chooses a box for every population so that packets are fewest under the limits that couple neighbours: input axons, which depend on how sources'
 * channels are cut, output axons, which depend on how consumers are cut, and a memory that both share with synapses.
 *
 * <p>Dynamic programming over the layer graph, from the last population to the first: of all choices so far that agree in the populations which
 * still matter (those with a source to come, or sharing a target with one) only the cheapest is kept. On chains and residual networks a handful of
 * populations matters at a time and the result is the optimum over the boxes offered; where more choices than {@code STATES} are open, the cheapest
 * are kept.
 */
final class TilePlan {
    private static final int STATES = 2000;
    private static final long UNKNOWN = -1;

    private final Network network;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final Reach[] reach;
    private final List<List<TileBox>> choices;
    private final boolean severalChips;
    private final long[][] in;
    private final long[][] out;
    private final int[] firstSource;
    private final int[][] into;
    private final int[][] from;

    TilePlan(Network network, ChipSpec chip, NeuronModel neurons, Reach[] reach, List<List<TileBox>> choices, boolean severalChips) {
        this.network = network;
        this.chip = chip;
        this.neurons = neurons;
        this.reach = reach;
        this.choices = choices;
        this.severalChips = severalChips;
        in = new long[reach.length][];
        out = new long[reach.length][];
        int populations = network.populations().size();
        firstSource = new int[populations];
        into = new int[populations][];
        from = new int[populations][];
        List<Projection> all = network.projections();
        for (int p = 0; p < populations; p++) {
            int own = p;
            into[p] = Arrays.stream(network.into(p)).filter(i -> !network.isAnalog(all.get(i))).toArray();
            from[p] = IntStream.range(0, all.size()).filter(i -> all.get(i).source() == own).toArray();
            // An input of spikes is not cut.
            firstSource[p] = Arrays.stream(into[p]).map(i -> all.get(i).source()).filter(s -> s > 0).reduce(p, Math::min);
        }
    }

    private record State(double cost, int[] choice) { }

    /**
     * @param banned by population and choice: what may not be taken
     * @param price  what a core costs, in packets
     * @return choice by population; null if there is none
     */
    int[] best(boolean[][] banned, double price) {
        int populations = network.populations().size();
        List<State> states = List.of(new State(0, new int[populations]));
        for (int p = populations - 1; p >= 1; p--) {
            int[] open = open(p);
            Map<Key, State> next = new HashMap<>();
            for (State s : states) {
                int[] choice = s.choice().clone();
                for (int i = 0; i < choices.get(p).size(); i++) {
                    choice[p] = i;
                    if (banned[p][i] || !fits(p, choice)) {
                        continue;
                    }
                    TileBox box = choices.get(p).get(i);
                    double cost = s.cost() + box.packets() + price * box.cores();
                    int[] still = new int[open.length];
                    for (int o = 0; o < open.length; o++) {
                        still[o] = choice[open[o]];
                    }
                    Key key = new Key(still);
                    State known = next.get(key);
                    if (known == null || cost < known.cost()) {
                        next.put(key, new State(cost, choice.clone()));
                    }
                }
            }
            if (next.isEmpty()) {
                return null;
            }
            // Sorted, so that what is kept of equals does not depend on the map's order.
            states = next.values().stream().sorted(Comparator.comparingDouble(State::cost).thenComparing(State::choice, Arrays::compare))
                .limit(STATES).toList();
        }
        return states.get(0).choice();
    }

    private record Key(int[] choice) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Key k && Arrays.equals(choice, k.choice);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(choice);
        }
    }

    /** Populations whose choice still matters when all from {@code p} on are chosen. */
    private int[] open(int p) {
        List<Integer> open = new ArrayList<>();
        for (int x = p; x < network.populations().size(); x++) {
            boolean matters = firstSource[x] < p;
            for (Projection q : network.projections()) {
                matters |= q.source() == x && firstSource[q.target()] < p;
            }
            if (matters) {
                open.add(x);
            }
        }
        return open.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether all limits hold that {@code p} completes. */
    private boolean fits(int p, int[] choice) {
        if (axons(p, choice, true) > chip.get(ChipParameter.OUTPUT_AXONS)) {
            return false;
        }
        for (int t = p; t < choice.length; t++) {
            if (firstSource[t] != p) {
                continue;
            }
            long inputs = axons(t, choice, false);
            if (inputs > chip.get(ChipParameter.INPUT_AXONS) || CoreMemory.isShared(chip) && memory(t, choice, inputs) > chip.get(
                ChipParameter.CORE_MEMORY_WORDS)) {
                return false;
            }
        }
        return true;
    }

    private long memory(int p, int[] choice, long inputs) {
        TileBox box = choices.get(p).get(choice[p]);
        long compartments = box.neurons();
        return CoreMemory.words(chip, box.words(), compartments, compartments * neurons.stateBits(p), compartments * neurons.inputs(p), inputs, 0,
            axons(p, choice, true));
    }

    private long axons(int p, int[] choice, boolean outputs) {
        long sum = 0;
        for (int i : outputs ? from[p] : into[p]) {
            Projection q = network.projections().get(i);
            sum += q.source() == 0 ? axonsOfInput(i, choices.get(p).get(choice[p])) : pair(i, q, choice[q.source()], choice[q.target()], outputs);
        }
        int soft = chip.get(ChipParameter.SOFT_RESET_COMPARTMENTS) - 1;
        return sum + (long) soft * choices.get(p).get(choice[p]).neurons();
    }

    private long axonsOfInput(int projection, TileBox target) {
        Shape shape = network.input().shape();
        return reach[projection].inputAxons(new TileBox(1, 1, shape.channels(), shape.height(), shape.width(), 1, 0, 0), target);
    }

    private long pair(int projection, Projection q, int source, int target, boolean outputs) {
        int targets = choices.get(q.target()).size();
        long[][] table = outputs ? out : in;
        if (table[projection] == null) {
            table[projection] = new long[choices.get(q.source()).size() * targets];
            Arrays.fill(table[projection], UNKNOWN);
        }
        int at = source * targets + target;
        if (table[projection][at] == UNKNOWN) {
            TileBox from = choices.get(q.source()).get(source);
            TileBox to = choices.get(q.target()).get(target);
            table[projection][at] = outputs ? reach[projection].outputAxons(from, to, severalChips) : reach[projection].inputAxons(from, to);
        }
        return table[projection][at];
    }
}
