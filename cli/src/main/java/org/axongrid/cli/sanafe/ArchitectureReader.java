package org.axongrid.cli.sanafe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.isa.KeyedYaml;

/** Reads an architecture. Every key is known or refused, every cost must be stated. */
public final class ArchitectureReader {
    private static final int MOST_TILES = 1 << 16;
    private static final int MOST_CORES = 1 << 20;
    private static final int MOST_UNITS = 1 << 16;
    private static final List<String> DIRECTIONS = List.of("north", "east", "south", "west");
    private static final List<String> CHIP = List.of("topology", "width", "height", "link_buffer_size", "sync_model", "latency_sync");
    private static final List<String> TILE = List.of("energy_north_hop", "latency_north_hop", "energy_east_hop", "latency_east_hop",
        "energy_south_hop", "latency_south_hop", "energy_west_hop", "latency_west_hop");
    private static final List<String> CORE = List.of("buffer_position", "buffer_inside_unit", "max_neurons_supported");
    private static final List<String> UNITS = List.of("name", "attributes", "axon_in", "synapse", "dendrite", "soma", "axon_out");
    private static final List<String> SOMA = List.of("model", "energy_access_neuron", "latency_access_neuron", "energy_update_neuron",
        "latency_update_neuron", "energy_spike_out", "latency_spike_out");
    private static final Map<String, SanafeChip.SomaModel> SOMA_MODELS = new TreeMap<>(Map.of(
        "leaky_integrate_fire", SanafeChip.SomaModel.LEAKY_INTEGRATE_FIRE, "input", SanafeChip.SomaModel.INPUT,
        "truenorth", SanafeChip.SomaModel.TRUENORTH));

    private int cores;

    private ArchitectureReader() { }

    /** @return the chip in a file; {@link org.axongrid.isa.InvalidInputException} with file, line and key for anything else */
    public static SanafeChip read(Path file) {
        return parse(SourceText.of(file), file.toString());
    }

    static SanafeChip parse(String text, String place) {
        return new ArchitectureReader().chip(SourceText.yaml(text, place, 1));
    }

    private SanafeChip chip(Node root) {
        root.requireKnown(List.of("architecture"), "top");
        Node chip = root.need("architecture", "top");
        chip.requireKnown(List.of("name", "attributes", "tile"), "architecture");
        Node attributes = attributes(chip, "architecture", CHIP);
        choice(attributes, "topology", "mesh");
        int width = attributes.need("width", "architecture").integer("width", 1, MOST_TILES);
        int height = attributes.need("height", "architecture").integer("height", 1, MOST_TILES);
        List<SanafeChip.Tile> tiles = new ArrayList<>();
        for (Node tile : chip.need("tile", "architecture").list("tile")) {
            tile.requireKnown(List.of("name", "attributes", "core"), "tile");
            IndexRange.Named name = IndexRange.named(tile.need("name", "tile").text("name"), MOST_TILES - 1, tile);
            Node costs = attributes(tile, "tile", TILE);
            double[] energy = DIRECTIONS.stream().mapToDouble(d -> cost(costs, "energy_" + d + "_hop", "tile")).toArray();
            double[] latency = DIRECTIONS.stream().mapToDouble(d -> cost(costs, "latency_" + d + "_hop", "tile")).toArray();
            List<SanafeChip.Core> own = cores(tile.need("core", "tile"));
            for (int i = name.first(); i <= name.last(); i++) {
                cores += own.size();
                if (cores > MOST_CORES || tiles.size() >= MOST_TILES) {
                    throw tile.error("more than " + MOST_TILES + " tiles or " + MOST_CORES + " cores");
                }
                tiles.add(new SanafeChip.Tile(name.name(i), energy, latency, own));
            }
        }
        if (tiles.size() != (long) width * height) {
            throw chip.error("architecture: " + tiles.size() + " tiles, the mesh has " + width + " x " + height);
        }
        TreeMap<Integer, Double> sync = sync(attributes);
        Node buffer = attributes.entries().get("link_buffer_size");
        return new SanafeChip(chip.need("name", "architecture").text("name"), width, height,
            buffer == null ? 0 : buffer.integer("link_buffer_size", 0, Integer.MAX_VALUE),
            sync.keySet().stream().mapToInt(i -> i).toArray(), sync.values().stream().mapToDouble(d -> d).toArray(), List.copyOf(tiles));
    }

    /** A fixed time holds from no tile on. */
    private static TreeMap<Integer, Double> sync(Node attributes) {
        TreeMap<Integer, Double> table = new TreeMap<>();
        Node model = attributes.entries().get("sync_model");
        Node latency = attributes.entries().get("latency_sync");
        String name = model == null ? "fixed" : model.text("sync_model");
        if (name.equals("table")) {
            Node rows = attributes.need("latency_sync", "architecture");
            rows.mapping("latency_sync").forEach((k, v) ->
                table.put(IndexRange.of(k, MOST_TILES, v, "latency_sync").first(), seconds(v, "latency_sync")));
        } else if (!name.equals("fixed")) {
            throw model.error("sync_model: unknown model '" + Node.shown(name) + "'" + KeyedYaml.nearest(name, List.of("fixed", "table")));
        } else if (latency != null) {
            table.put(0, seconds(latency, "latency_sync"));
        }
        return table;
    }

    private static List<SanafeChip.Core> cores(Node list) {
        List<SanafeChip.Core> all = new ArrayList<>();
        for (Node core : list.list("core")) {
            core.requireKnown(UNITS, "core");
            IndexRange.Named name = IndexRange.named(core.need("name", "core").text("name"), MOST_UNITS - 1, core);
            Node attributes = attributes(core, "core", CORE);
            choice(attributes, "buffer_position", "soma");
            choice(attributes, "buffer_inside_unit", "false");
            int most = attributes.need("max_neurons_supported", "core").integer("max_neurons_supported", 0, Integer.MAX_VALUE);
            List<SanafeChip.Axon> in = new ArrayList<>();
            List<SanafeChip.Axon> out = new ArrayList<>();
            List<SanafeChip.Synapse> synapses = new ArrayList<>();
            List<SanafeChip.Dendrite> dendrites = new ArrayList<>();
            List<SanafeChip.Soma> somas = new ArrayList<>();
            units(core, "axon_in", List.of("energy_message_in", "latency_message_in"), (n, a) ->
                in.add(new SanafeChip.Axon(n, cost(a, "energy_message_in", n), cost(a, "latency_message_in", n))));
            units(core, "axon_out", List.of("energy_message_out", "latency_message_out"), (n, a) ->
                out.add(new SanafeChip.Axon(n, cost(a, "energy_message_out", n), cost(a, "latency_message_out", n))));
            units(core, "synapse", List.of("model", "energy_process_spike", "latency_process_spike"), (n, a) -> {
                model(a, List.of("current_based"));
                synapses.add(new SanafeChip.Synapse(n, cost(a, "energy_process_spike", n), cost(a, "latency_process_spike", n)));
            });
            units(core, "dendrite", List.of("model", "energy_update", "latency_update", "update_every_timestep"), (n, a) -> {
                String model = model(a, List.of("accumulator", "accumulator_with_delay"));
                Node every = a.entries().get("update_every_timestep");
                dendrites.add(new SanafeChip.Dendrite(n, !model.equals("accumulator"), cost(a, "energy_update", n),
                    cost(a, "latency_update", n), every != null && every.flag("update_every_timestep")));
            });
            units(core, "soma", SOMA, (n, a) -> somas.add(new SanafeChip.Soma(n, SOMA_MODELS.get(model(a, List.copyOf(SOMA_MODELS.keySet()))),
                cost(a, "energy_access_neuron", n), cost(a, "latency_access_neuron", n), cost(a, "energy_update_neuron", n),
                cost(a, "latency_update_neuron", n), cost(a, "energy_spike_out", n), cost(a, "latency_spike_out", n))));
            if (in.size() != 1 || out.size() != 1) {
                throw core.error("core: " + in.size() + " axon_in and " + out.size() + " axon_out units, one of each is modelled");
            }
            for (int i = name.first(); i <= name.last(); i++) {
                all.add(new SanafeChip.Core(name.name(i), most, in.get(0), out.get(0), List.copyOf(somas), List.copyOf(dendrites),
                    List.copyOf(synapses)));
            }
            if (all.size() > MOST_UNITS) {
                throw core.error("more than " + MOST_UNITS + " cores in a tile");
            }
        }
        return List.copyOf(all);
    }

    private interface UnitSink {
        void add(String name, Node attributes);
    }

    private static void units(Node core, String kind, List<String> known, UnitSink sink) {
        int count = 0;
        for (Node unit : core.need(kind, "core").list(kind)) {
            unit.requireKnown(List.of("name", "attributes"), kind);
            IndexRange.Named name = IndexRange.named(unit.need("name", kind).text("name"), MOST_UNITS - 1, unit);
            Node attributes = attributes(unit, kind, known);
            count += name.last() - name.first() + 1;
            if (count > MOST_UNITS) {
                throw unit.error(kind + ": more than " + MOST_UNITS + " units");
            }
            for (int i = name.first(); i <= name.last(); i++) {
                sink.add(name.name(i), attributes);
            }
        }
        if (count == 0) {
            throw core.error("core: no " + kind);
        }
    }

    /** @return the attributes as a mapping, whatever their form */
    private static Node attributes(Node of, String what, List<String> known) {
        Node found = of.need("attributes", what);
        found.requireKnown(known, what);
        return new Node(found.place(), null, null, found.mapping(what));
    }

    private static String model(Node attributes, List<String> known) {
        Node model = attributes.need("model", "unit");
        String name = model.text("model");
        if (!known.contains(name)) {
            throw model.error("model: '" + Node.shown(name) + "' is not modelled" + KeyedYaml.nearest(Node.shown(name), known));
        }
        return name;
    }

    private static void choice(Node attributes, String key, String only) {
        Node found = attributes.entries().get(key);
        if (found != null && !found.text(key).equalsIgnoreCase(only)) {
            throw found.error(key + ": '" + Node.shown(found.text()) + "' is not modelled, only '" + only + "' is");
        }
    }

    private static double cost(Node attributes, String key, String what) {
        return seconds(attributes.need(key, what), key);
    }

    private static double seconds(Node at, String key) {
        double value = at.number(key);
        if (value < 0) {
            throw at.error(key + ": " + Node.shown(at.text()) + " is negative");
        }
        return value;
    }
}
