package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** Maps a network of {@link org.axongrid.mapper.quantise.DigitQuantiser} onto chips with crossbar cores. */
public final class TrueNorthMapper {
    private final QuantisedNetwork net;
    private final ChipSpec chip;
    private final GateBuilder builder;
    private final List<CorePacker.Core> cores;
    private final Placement placement;
    /** By core: its place in the image. */
    private final int[] indexOf;
    private final String strategy;
    private int reach;
    private String farthest = "";
    private final long[] copies = new long[Stage.Role.values().length];

    TrueNorthMapper(QuantisedNetwork net, ChipSpec chip, GateBuilder builder, List<CorePacker.Core> cores, Placement placement, String strategy) {
        this.strategy = strategy;
        this.net = net;
        this.chip = chip;
        this.builder = builder;
        this.cores = cores;
        this.placement = placement;
        indexOf = indexes(placement);
    }

    /** @return by core of the partition: its place in the image, whose cores ascend by their number */
    static int[] indexes(Placement placement) {
        Integer[] ascending = IntStream.range(0, placement.coreOf().length).boxed().toArray(Integer[]::new);
        Arrays.sort(ascending, Comparator.comparingInt(c -> placement.coreOf()[c]));
        int[] indexOf = new int[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            indexOf[ascending[i]] = i;
        }
        return indexOf;
    }

    /**
     * @param net    the network, of a {@link org.axongrid.mapper.quantise.DigitQuantiser}
     * @param chip   a chip with crossbar cores
     * @param order  order in which positions are dealt to cores
     * @param placer where cores go
     * @param chips  chips at most
     * @param seed   of random orders
     * @return the mapping
     * @throws org.axongrid.isa.InvalidInputException if it does not fit, naming layer, limit, excess and what would fit
     */
    public static TrueNorthMapping map(QuantisedNetwork net, ChipSpec chip, PositionOrder order, Placer placer, int chips, long seed) {
        CrossbarPartition partition = CrossbarPartition.of(net, chip, order.strategy(), chips, seed);
        return partition.on(placer.place(partition.cores(), chip, chips, seed));
    }

    TrueNorthMapping image() {
        CoreImage[] images = new CoreImage[cores.size()];
        Map<String, List<int[]>> further = new LinkedHashMap<>();
        Map<String, Stage> stageOf = new HashMap<>();
        int populations = net.network().populations().size();
        int[][][] first = new int[populations][][];
        for (int p = 1; p < populations; p++) {
            first[p] = new int[net.isReadout(p) ? builder.pins().size() : net.network().populations().get(p).shape().size()][];
        }
        long[] travel = new long[4];
        for (int c = 0; c < images.length; c++) {
            CorePacker.Core core = cores.get(c);
            images[indexOf[c]] = core(c, travel);
            copies[core.stage.role.ordinal()] += core.neurons();
            boolean own = core.stage.role == Stage.Role.NEURON || core.stage.role == Stage.Role.READOUT;
            int at = 0;
            for (int g = 0; g < core.gates.size(); g++) {
                Gate gate = core.gates.get(g);
                for (int n = 0; n < core.copies.get(g)[1]; n++, at++) {
                    int[] place = {indexOf[c], at, gate.element};
                    if (own && first[core.stage.population][gate.element] == null) {
                        first[core.stage.population][gate.element] = place;
                        continue;
                    }
                    String name = own ? core.stage.name + ".copies" : core.stage.name;
                    further.computeIfAbsent(name, k -> new ArrayList<>()).add(place);
                    stageOf.put(name, core.stage);
                }
            }
        }
        List<Region> regions = new ArrayList<>();
        List<int[]> inputs = new ArrayList<>();
        List<Integer> populationOf = new ArrayList<>();
        for (int p = 1; p < populations; p++) {
            Region.Role role = net.isReadout(p) ? Region.Role.READOUT : net.isAnalog(p) ? Region.Role.BIAS_INPUT : Region.Role.HIDDEN;
            regions.add(region(net.network().populations().get(p).name(), role, Arrays.asList(first[p])));
            if (role == Region.Role.BIAS_INPUT) {
                inputs.add(elements(Arrays.asList(first[p])));
                populationOf.add(p);
            }
        }
        further.forEach((name, places) -> {
            Stage stage = stageOf.get(name);
            boolean input = stage.role == Stage.Role.NEURON && net.isAnalog(stage.population);
            regions.add(region(name, input ? Region.Role.BIAS_INPUT : Region.Role.HIDDEN, places));
            if (input) {
                inputs.add(elements(places));
                populationOf.add(stage.population);
            }
        });
        int[] depths = builder.depths();
        ChipImage image = new ChipImage(net.network().name(), chip, placement.chips(), List.of(images), regions, depths[populations - 1]);
        int[] coresOf = new int[populations];
        for (CorePacker.Core core : cores) {
            coresOf[core.stage.role == Stage.Role.CLOCK ? 0 : core.stage.population]++;
        }
        return new TrueNorthMapping(strategy, placement, image, depths, coresOf, inputs,
            populationOf.stream().mapToInt(Integer::intValue).toArray(), builder.pins().stream().mapToInt(p -> p[0]).toArray(),
            builder.pins().stream().mapToInt(p -> p[1]).toArray(), use(travel));
    }

    private TrueNorthMapping.Use use(long[] travel) {
        long[] distinct = new long[copies.length];
        List<Stage> all = new ArrayList<>(builder.stages());
        all.addAll(builder.clocks());
        long used = 0;
        for (Stage stage : all) {
            for (Gate gate : stage.gates) {
                boolean placed = gate.destinations() > 0 || stage.role == Stage.Role.NEURON || stage.role == Stage.Role.READOUT;
                distinct[stage.role.ordinal()] += placed ? 1 : 0;
                used += placed ? 1 : 0;
            }
        }
        return new TrueNorthMapping.Use(distinct[Stage.Role.NEURON.ordinal()], distinct[Stage.Role.RELAY.ordinal()],
            distinct[Stage.Role.COARSE.ordinal()] + distinct[Stage.Role.FINE.ordinal()], distinct[Stage.Role.READOUT.ordinal()],
            distinct[Stage.Role.CLOCK.ordinal()], Arrays.stream(copies).sum() - used, travel[0], travel[1], travel[2], (int) travel[3],
            reach, farthest);
    }

    private static int[] elements(List<int[]> places) {
        return places.stream().mapToInt(p -> p[2]).toArray();
    }

    private static Region region(String name, Region.Role role, List<int[]> places) {
        return new Region(name, role, places.stream().mapToInt(p -> p[0]).toArray(), places.stream().mapToInt(p -> p[1]).toArray());
    }

    private TrueNorthCoreImage core(int c, long[] travel) {
        CorePacker.Core core = cores.get(c);
        int neurons = core.neurons();
        int words = TrueNorthCoreImage.rowWords(neurons);
        long[] lines = core.lines();
        byte[] types = new byte[lines.length];
        for (int a = 0; a < types.length; a++) {
            types[a] = Gate.type(lines[a]);
        }
        long[] crossbar = new long[lines.length * words];
        Map<TrueNorthNeuron, Integer> parameters = new LinkedHashMap<>();
        int[] parameterOf = new int[neurons];
        int[] destCore = new int[neurons];
        int[] destAxon = new int[neurons];
        int[] destDelay = new int[neurons];
        int at = 0;
        for (int g = 0; g < core.gates.size(); g++) {
            Gate gate = core.gates.get(g);
            int parameter = parameters.computeIfAbsent(gate.neuron, k -> parameters.size());
            for (int n = 0; n < core.copies.get(g)[1]; n++, at++) {
                parameterOf[at] = parameter;
                connect(core, gate.lines, at, words, crossbar);
                connect(core, gate.more, at, words, crossbar);
                int d = core.copies.get(g)[0] + n;
                if (core.stage.role == Stage.Role.READOUT) {
                    destCore[at] = TrueNorthCoreImage.OUTPUT_PIN;
                    destAxon[at] = gate.element;
                } else if (d >= gate.destinations()) {
                    destCore[at] = TrueNorthCoreImage.NOWHERE;
                } else {
                    destCore[at] = placement.coreOf()[gate.core(d)];
                    destAxon[at] = gate.axon(d);
                    destDelay[at] = cores.get(gate.core(d)).stage.depth - core.stage.depth;
                    travel(core.stage, placement.coreOf()[c], destCore[at], travel);
                }
            }
        }
        return new TrueNorthCoreImage(placement.coreOf()[c], 1, TrueNorthRules.PUBLISHED, types, crossbar, new ArrayList<>(parameters.keySet()),
            parameterOf, destCore, destAxon, destDelay);
    }

    private void travel(Stage stage, int from, int to, long[] travel) {
        int columns = Math.abs(chip.columnOf(from) - chip.columnOf(to));
        int rows = Math.abs(chip.rowOf(from) - chip.rowOf(to));
        travel[0]++;
        travel[1] += columns + rows;
        travel[2] += Math.abs(chip.chipOf(from) - chip.chipOf(to));
        travel[3] = Math.max(travel[3], columns + rows);
        if (Math.max(columns, rows) > reach) {
            reach = Math.max(columns, rows);
            farthest = stage.name;
        }
    }

    private static void connect(CorePacker.Core core, long[] lines, int neuron, int words, long[] crossbar) {
        for (int i = 0; lines != null && i < lines.length; i++) {
            crossbar[core.axon(lines[i]) * words + neuron / 64] |= 1L << neuron % 64;
        }
    }
}
