package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** What each crossbar core holds of a network, before cores have their places: gates, their copies and their axons. */
public final class CrossbarPartition {
    /** Fills a core with what shares most axons with it. */
    public static final String OVERLAP = "greedy-overlap";
    /** Packets of a neuron in the observed time where no rates are known. */
    public static final int UNIFORM_RATE = 100;

    private final QuantisedNetwork net;
    private final ChipSpec chip;
    private final GateBuilder builder;
    private final List<CorePacker.Core> cores;
    private final String strategy;

    private CrossbarPartition(QuantisedNetwork net, ChipSpec chip, GateBuilder builder, List<CorePacker.Core> cores, String strategy) {
        this.net = net;
        this.chip = chip;
        this.builder = builder;
        this.cores = cores;
        this.strategy = strategy;
    }

    /** @return names of the strategies, the orders of positions first */
    public static List<String> names() {
        List<String> names = new ArrayList<>(PositionOrder.names());
        names.add(OVERLAP);
        return List.copyOf(names);
    }

    /**
     * @param net      the network, of a {@link org.axongrid.mapper.quantise.DigitQuantiser}
     * @param chip     a chip with crossbar cores
     * @param strategy one of {@link #names}
     * @param chips    chips at most
     * @param seed     of random orders
     * @return the partition
     * @throws InvalidInputException if there is no such strategy or it does not fit, naming layer, limit, excess and what would fit
     */
    public static CrossbarPartition of(QuantisedNetwork net, ChipSpec chip, String strategy, int chips, long seed) {
        if (!names().contains(strategy)) {
            throw new InvalidInputException("mapping strategy " + strategy + " does not apply to the cores of chip " + chip.name()
                + KeyedYaml.nearest(strategy, names()) + " (known: " + String.join(", ", names()) + ")");
        }
        boolean overlapping = strategy.equals(OVERLAP);
        GateBuilder builder = new GateBuilder(net, chip, overlapping ? PositionOrder.HILBERT : PositionOrder.of(strategy), seed, chips);
        builder.build();
        List<CorePacker.Core> cores = new CorePacker(chip, chips, builder.gates(), overlapping).pack(builder.stages(), builder.clocks());
        return new CrossbarPartition(net, chip, builder, cores, strategy);
    }

    /** @return the strategy's name */
    public String strategy() {
        return strategy;
    }

    /** @return number of cores */
    public int cores() {
        return cores.size();
    }

    /** @return by core: the population that it works for; 0 for sources of biases */
    public int[] populations() {
        return cores.stream().mapToInt(c -> c.stage.role == Stage.Role.CLOCK ? 0 : c.stage.population).toArray();
    }

    /** @return by core: number of its stage; the cores of a stage follow each other, those that it sends to come before */
    int[] stages() {
        int[] stage = new int[cores.size()];
        for (int c = 1; c < stage.length; c++) {
            stage[c] = stage[c - 1] + (cores.get(c).stage == cores.get(c - 1).stage ? 0 : 1);
        }
        return stage;
    }

    /**
     * @return by population after the input and neuron, one after the other: the core of the neuron's first copy, in the readout of the first
     *     that compares its current; -1 for a class whose current is always 0
     */
    public int[] firstCores() {
        int populations = net.network().populations().size();
        int[] first = new int[populations + 1];
        for (int p = 1; p < populations; p++) {
            first[p + 1] = first[p] + net.network().populations().get(p).shape().size();
        }
        int[] core = new int[first[populations]];
        Arrays.fill(core, -1);
        for (int c = 0; c < cores.size(); c++) {
            CorePacker.Core own = cores.get(c);
            boolean readout = own.stage.role == Stage.Role.READOUT;
            for (Gate gate : readout || own.stage.role == Stage.Role.NEURON ? own.gates : List.<Gate>of()) {
                int at = first[own.stage.population] + (readout ? builder.pins().get(gate.element)[0] : gate.element);
                core[at] = core[at] < 0 ? c : core[at];
            }
        }
        return core;
    }

    /**
     * @param rates by core and neuron: spikes in the observed time; null for {@link #UNIFORM_RATE} everywhere
     * @return packets between cores, those from a core to itself left out
     */
    public CoreTraffic traffic(int[][] rates) {
        int[] start = new int[cores.size() + 1];
        int[] to = new int[cores.size()];
        long[] packets = new long[cores.size()];
        long[] sum = new long[cores.size()];
        int[] reached = new int[cores.size()];
        int n = 0;
        for (int c = 0; c < cores.size(); c++) {
            CorePacker.Core core = cores.get(c);
            int at = 0;
            int count = 0;
            for (int g = 0; g < core.gates.size(); g++) {
                Gate gate = core.gates.get(g);
                int[] copies = core.copies.get(g);
                for (int d = copies[0]; d < copies[0] + copies[1]; d++, at++) {
                    long rate = rates == null ? UNIFORM_RATE : rates[c][at];
                    if (d < gate.destinations() && gate.core(d) != c && rate > 0) {
                        int b = gate.core(d);
                        if (sum[b] == 0) {
                            reached[count++] = b;
                        }
                        sum[b] += rate;
                    }
                }
            }
            Arrays.sort(reached, 0, count);
            if (n + count > to.length) {
                to = Arrays.copyOf(to, Math.max(2 * n, n + count));
                packets = Arrays.copyOf(packets, to.length);
            }
            for (int i = 0; i < count; i++) {
                to[n] = reached[i];
                packets[n++] = sum[reached[i]];
                sum[reached[i]] = 0;
            }
            start[c + 1] = n;
        }
        return new CoreTraffic(start, Arrays.copyOf(to, n), Arrays.copyOf(packets, n));
    }

    /**
     * @param byIndex   by core in the order of an image's cores, and neuron
     * @param placement the placement that the image was made with
     * @return the same by core of the partition
     */
    public int[][] byCore(int[][] byIndex, Placement placement) {
        int[] indexOf = TrueNorthMapper.indexes(placement);
        int[][] own = new int[cores.size()][];
        for (int c = 0; c < own.length; c++) {
            own[c] = byIndex[indexOf[c]];
        }
        return own;
    }

    /** @return the mapping with that placement */
    public TrueNorthMapping on(Placement placement) {
        return new TrueNorthMapper(net, chip, builder, cores, placement, strategy).image();
    }
}
