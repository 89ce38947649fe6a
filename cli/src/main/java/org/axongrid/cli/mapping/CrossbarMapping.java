package org.axongrid.cli.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.onnx.OnnxImporter;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.truenorth.TrueNorthMapper;
import org.axongrid.mapper.truenorth.TrueNorthMapping;

/** Maps a trained network onto crossbar cores with one or several orders and placers, each down to the chip image, which is checked. */
public final class CrossbarMapping {
    private final List<Row> rows = new ArrayList<>();

    /**
     * An order with a placer.
     *
     * @param strategy name of the order
     * @param placer   name of the placer
     * @param cores    cores in use
     * @param chips    chips
     * @param use      neurons of each kind, packets if all send, hops
     * @param fullest  use of {@link ResourceUse#LIMITS} that the chip has, by the fullest core and on average
     * @param violated limits that do not hold, one sentence each
     * @param seconds  host time
     */
    public record Row(String strategy, String placer, int cores, int chips, TrueNorthMapping.Use use, List<ResourceUse.Utilisation> fullest,
                      List<String> violated, double seconds) { }

    /**
     * @param model    ONNX file
     * @param chip     a chip with crossbar cores
     * @param chips    chips at most, 0 for the chip's own limit
     * @param strategy name of an order; {@code auto} and {@code all} for all of them
     * @param placer   name of a placer; {@code auto} and {@code all} for all of them
     * @param seed     of random ones
     * @throws InvalidInputException if the model cannot be used or does not fit
     */
    public CrossbarMapping(Path model, ChipSpec chip, int chips, String strategy, String placer, long seed) {
        List<PositionOrder> orders = every(strategy) ? List.of(PositionOrder.values()) : List.of(PositionOrder.of(strategy));
        List<Placer> placers = every(placer) ? List.of(Placer.values()) : List.of(Placer.of(placer));
        QuantisedNetwork net = DigitQuantiser.quantise(QcfsConversion.convert(OnnxImporter.read(model, new ArrayList<>())), chip,
            DigitQuantiser.BITS_DEFAULT);
        int most = chips == 0 ? chip.get(ChipParameter.CHIPS_MAX) : chips;
        for (PositionOrder order : orders) {
            for (Placer where : placers) {
                long start = System.nanoTime();
                TrueNorthMapping mapping = TrueNorthMapper.map(net, chip, order, where, most, seed);
                rows.add(new Row(order.strategy(), where.id(), mapping.image().cores().size(), mapping.image().chips(), mapping.use(),
                    ResourceUse.utilisation(mapping.image()), ChipImageValidator.problems(mapping.image()), (System.nanoTime() - start) * 1e-9));
            }
        }
    }

    private static boolean every(String name) {
        return name.equals("auto") || name.equals("all");
    }

    /** @return the row with the fewest hops of those that fit, or of all */
    public Row best() {
        return rows.stream().min((a, b) -> a.violated().isEmpty() != b.violated().isEmpty() ? (a.violated().isEmpty() ? -1 : 1)
            : Long.compare(a.use().hops(), b.use().hops())).orElseThrow();
    }

    /** @return the table for the console */
    public String table() {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%-18s %-10s %6s %5s %10s %9s %10s %8s %9s %10s %12s %8s %5s %10s %8s %8s %6s%n",
            "order", "placer", "cores", "chips", "neurons", "network's", "partial", "readout", "splitters", "packets", "hops", "mean hop", "most",
            "crossings", "neurons", "axons", "s"));
        for (Row r : rows) {
            TrueNorthMapping.Use u = r.use();
            out.append(String.format(Locale.ROOT, "%-18s %-10s %6d %5d %,10d %,9d %,10d %,8d %,9d %,10d %,12d %8.2f %5d %,10d %7.1f%% %7.1f%% %6.1f%s%n",
                r.strategy(), r.placer(), r.cores(), r.chips(), u.all(), u.neurons(), u.partial(), u.readout(), u.splitters(), u.lines(), u.hops(),
                u.hops() / (double) Math.max(1, u.lines()), u.mostHops(), u.crossings(), 100 * mean(r, ChipParameter.COMPARTMENTS),
                100 * mean(r, ChipParameter.INPUT_AXONS), r.seconds(), r.violated().isEmpty() ? "" : "  does not fit"));
        }
        rows.forEach(r -> r.violated().forEach(v -> out.append(r.strategy()).append(", ").append(r.placer()).append(": ").append(v)
            .append(System.lineSeparator())));
        out.append("packets, hops and crossings of a tick in which every neuron sends; neurons and axons: mean use of a core").append(System.lineSeparator());
        return out.toString();
    }

    private static double mean(Row row, ChipParameter limit) {
        return row.fullest().stream().filter(u -> u.parameter() == limit).mapToDouble(ResourceUse.Utilisation::meanFraction).findFirst().orElse(0);
    }

    /** Adds the array {@code strategies} to a JSON object. */
    public void json(ObjectNode json) {
        var array = json.put("best", best().strategy()).putArray("strategies");
        for (Row r : rows) {
            TrueNorthMapping.Use u = r.use();
            ObjectNode row = array.addObject().put("strategy", r.strategy()).put("placer", r.placer()).put("cores", r.cores()).put("chips", r.chips())
                .put("neurons", u.all()).put("network_neurons", u.neurons()).put("partial_sums", u.partial()).put("readout", u.readout())
                .put("bias_sources", u.clocks()).put("copies", u.copies()).put("relays", u.relays()).put("packets", u.lines())
                .put("hop_packets", u.hops()).put("max_hops", u.mostHops()).put("chip_crossings", u.crossings())
                .put("mean_neurons", mean(r, ChipParameter.COMPARTMENTS)).put("mean_in_axons", mean(r, ChipParameter.INPUT_AXONS))
                .put("violations", r.violated().size()).put("seconds", r.seconds());
            r.violated().forEach(row.putArray("violated")::add);
        }
    }
}
