package org.axongrid.cli.corelet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/**
 * Reads IBM corelet model files: JSON with comments and a repeated key {@code core} (project reference on TrueNorth, section 9), and the variant
 * whose neurons are a list of objects.
 *
 * <p>Output pins: destination -32 - n with axon a is pin {@code n * crossbarSize + a}. Destinations -1 to -31 are none.
 */
public final class CoreletReader {
    /** What every file seen holds as seed: read as "not set". */
    private static final long NO_SEED = 0xffffffffL;
    /** 2^32 divided by the golden ratio: seeds of cores that have none of their own are multiples of it. */
    private static final int SPREAD = 0x9e3779b9;

    /** In the image, and by rows and by columns in the running system. */
    private static final int CROSSBAR_COPIES = 4;
    /** Tables and state of the running system. */
    private static final int BYTES_PER_NEURON = 200;

    private final JsonWalk in;
    private final ChipSpec chip;
    private final NeuronTypes types;
    private final Crossbars crossbars;
    private final List<Draft> drafts = new ArrayList<>();
    private int coreCount = -1;
    private int size = 256;

    /** @return whether a JSON file that starts with this key is taken for a corelet model */
    public static boolean startsWith(String key) {
        return List.of("model", "crossbarTypes", "neuronTypes", "core", "cores").contains(key);
    }

    private CoreletReader(JsonWalk in, ChipSpec chip) {
        this.in = in;
        this.chip = chip;
        this.types = new NeuronTypes(in, chip);
        this.crossbars = new Crossbars(in);
    }

    /** A core before it is known whether all that it names is there. */
    private static final class Draft {
        int line;
        long id = -1;
        long seed = NO_SEED;
        Crossbars.Use crossbar;
        int[] dendrites;
        int[] types;
        int[] destCores;
        int[] destAxons;
        int[] destDelays;
    }

    /**
     * @param file a corelet model, plain or gzip
     * @param chip the chip it is for, of core model {@link CoreModel#TRUENORTH}
     * @return the model
     * @throws InvalidInputException with line and cause if it is not one, is not whole, or does not fit the chip
     */
    public static CoreletModel read(Path file, ChipSpec chip) {
        if (chip.coreModel() != CoreModel.TRUENORTH) {
            throw new InvalidInputException("chip " + chip.name() + " has cores of the model " + chip.coreModel().key() + "; corelets need "
                + CoreModel.TRUENORTH.key());
        }
        try (JsonWalk in = new JsonWalk(file)) {
            CoreletReader reader = new CoreletReader(in, chip);
            in.object(reader::field);
            if (in.next()) {
                throw in.error("more follows after the model");
            }
            return reader.build(CoreletModel.stem(file));
        }
    }

    private void field(String key) {
        switch (key) {
            case "format" -> throw in.error("not a corelet model but of the format '" + JsonWalk.shortened(in.text(key)) + "' (see axongrid conform)");
            case "model" -> in.object(this::model);
            case "crossbarTypes" -> in.array(() -> crossbars.readType(size));
            case "neuronTypes" -> in.array(types::read);
            case "core", "cores" -> {
                if (in.isObject()) {
                    core();
                } else {
                    in.array(this::core);
                }
            }
            default -> in.skip();
        }
    }

    private void model(String key) {
        switch (key) {
            case "coreCount" -> coreCount = in.number(key, 1, Integer.MAX_VALUE);
            case "crossbarSize" -> {
                if (!drafts.isEmpty() || !crossbars.isEmpty()) {
                    throw in.error("crossbarSize comes after crossbars or cores");
                }
                size = in.number(key, 1, Math.min(chip.get(ChipParameter.COMPARTMENTS), chip.get(ChipParameter.INPUT_AXONS)));
            }
            default -> in.skip();
        }
    }

    private void core() {
        Draft d = new Draft();
        d.line = in.line();
        in.object(key -> {
            switch (key) {
                case "id" -> d.id = in.integer(key, 0, Integer.MAX_VALUE);
                case "rngSeed" -> d.seed = in.integer(key, 0, NO_SEED);
                case "timeScaleExponent" -> in.number("timeScaleExponent (ticks of other lengths are not modelled)", 0, 0);
                case "crossbar" -> d.crossbar = crossbars.read(size);
                case "neurons" -> {
                    if (in.isObject()) {
                        in.object(list -> neurons(d, list));
                    } else {
                        neuronObjects(d);
                    }
                }
                default -> in.skip();
            }
        });
        String core = "core " + (d.id < 0 ? "number " + drafts.size() + " of the file" : Long.toString(d.id)) + ": ";
        if (d.id < 0 || d.dendrites == null || d.types == null || d.destCores == null || d.destAxons == null || d.destDelays == null
            || d.crossbar == null) {
            throw in.error(core + "id, crossbar, and dendrites, types, destCores, destAxons and destDelays of neurons are needed");
        }
        int n = d.types.length;
        if (d.dendrites.length != n || d.destCores.length != n || d.destAxons.length != n || d.destDelays.length != n) {
            throw in.error(core + d.dendrites.length + " dendrites, " + n + " types, " + d.destCores.length + " destCores, "
                + d.destAxons.length + " destAxons and " + d.destDelays.length + " destDelays: not as many of each");
        }
        long available = (long) chip.get(ChipParameter.CHIPS_MAX) * chip.coresPerChip();
        if (d.id >= available) {
            throw in.error(core + "is off the grid; " + chip.get(ChipParameter.CHIPS_MAX) + " chips " + chip.name() + " have cores 0.."
                + (available - 1));
        }
        drafts.add(d);
    }

    private void neurons(Draft d, String key) {
        switch (key) {
            case "dendrites" -> d.dendrites = RunLengths.read(in, key, size);
            case "types" -> d.types = RunLengths.read(in, key, size);
            case "destCores" -> d.destCores = RunLengths.read(in, key, size);
            case "destAxons" -> d.destAxons = RunLengths.read(in, key, size);
            case "destDelays" -> d.destDelays = RunLengths.read(in, key, size);
            default -> in.skip();
        }
    }

    /** The variant with an object per neuron. */
    private void neuronObjects(Draft d) {
        Map<String, IntArrayList> lists = new LinkedHashMap<>();
        List<String> keys = List.of("type", "dendrite", "destCore", "destAxon", "delay");
        keys.forEach(k -> lists.put(k, new IntArrayList()));
        in.array(() -> {
            if (lists.get("type").size() == size) {
                throw in.error("neurons: more than the " + size + " of a crossbar");
            }
            in.object(key -> {
                String known = key.equals("destDelay") ? "delay" : key;
                if (!lists.containsKey(known)) {
                    in.skip();
                } else if (known.equals("type") && in.isText()) {
                    lists.get(known).addInt(NeuronTypes.number(in, in.text(key)));
                } else {
                    lists.get(known).addInt(in.number(key, Integer.MIN_VALUE, Integer.MAX_VALUE));
                }
            });
        });
        d.types = lists.get("type").toIntArray();
        d.dendrites = lists.get("dendrite").toIntArray();
        d.destCores = lists.get("destCore").toIntArray();
        d.destAxons = lists.get("destAxon").toIntArray();
        d.destDelays = lists.get("delay").toIntArray();
    }

    private CoreletModel build(String name) {
        if (drafts.isEmpty()) {
            throw in.error("no cores: not a corelet model");
        }
        if (coreCount >= 0 && coreCount != drafts.size()) {
            throw in.error("coreCount is " + coreCount + ", the file has " + drafts.size() + " cores");
        }
        requireRoom();
        drafts.sort(Comparator.comparingLong(d -> d.id));
        long[] ids = drafts.stream().mapToLong(d -> d.id).toArray();
        List<TrueNorthCoreImage> cores = new ArrayList<>();
        for (int i = 1; i < ids.length; i++) {
            if (ids[i] == ids[i - 1]) {
                throw in.error(drafts.get(i).line, "core " + ids[i] + " is there twice");
            }
        }
        for (Draft d : drafts) {
            cores.add(core(d, ids));
        }
        int chips = (int) (ids[ids.length - 1] / chip.coresPerChip()) + 1;
        return new CoreletModel(name, chip, chips, cores);
    }

    /** A few bytes of a file make a core, as crossbars are shared there and not in an image. */
    private void requireRoom() {
        long words = (long) size * TrueNorthCoreImage.rowWords(size);
        long needed = drafts.size() * (CROSSBAR_COPIES * Long.BYTES * words + BYTES_PER_NEURON * (long) size);
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw in.error(drafts.size() + " cores need about " + (needed >> 20) + " MiB, the JVM has " + (most >> 20) + " MiB (see -Xmx)");
        }
    }

    private TrueNorthCoreImage core(Draft d, long[] ids) {
        Crossbars.Crossbar from = crossbars.get(d.crossbar);
        if (from == null) {
            throw in.error(d.line, "core " + d.id + ": no crossbar type '" + JsonWalk.shortened(d.crossbar.name()) + "'");
        }
        int n = d.types.length;
        boolean[] taken = new boolean[size];
        List<TrueNorthNeuron> parameters = new ArrayList<>();
        Map<TrueNorthNeuron, Integer> indexOf = new HashMap<>();
        int[] parameterOf = new int[n];
        int[] destCore = new int[n];
        int[] destAxon = new int[n];
        int[] destDelay = new int[n];
        for (int j = 0; j < n; j++) {
            String where = "core " + d.id + ", neuron " + j + ": ";
            int column = d.dendrites[j];
            if (column < 0 || column >= size || taken[column]) {
                throw in.error(d.line, where + "dendrite " + column + (column < 0 || column >= size ? " is outside 0.." + (size - 1) : " is taken"));
            }
            taken[column] = true;
            destCore[j] = TrueNorthCoreImage.NOWHERE;
            parameterOf[j] = -1;
            if (d.types[j] == 0) {
                continue;
            }
            TrueNorthNeuron type = types.get(d.types[j]);
            if (type == null) {
                throw in.error(d.line, where + "no neuron type of number " + d.types[j] + String.format(" (N%08X)", d.types[j]));
            }
            parameterOf[j] = indexOf.computeIfAbsent(type, t -> {
                parameters.add(t);
                return parameters.size() - 1;
            });
            destination(d, j, where, ids, destCore, destAxon, destDelay);
        }
        int words = TrueNorthCoreImage.rowWords(n);
        long[] crossbar = new long[size * words];
        byte[] axonType = new byte[size];
        for (int a = 0; a < size; a++) {
            axonType[a] = (byte) from.type().getInt(a);
            byte[] row = from.rows().get(a);
            for (int j = 0; j < n; j++) {
                int column = d.dendrites[j];
                crossbar[a * words + j / 64] |= (row[column / 8] >> 7 - column % 8 & 1L) << j % 64;
            }
        }
        int seed = d.seed == NO_SEED ? (int) (d.id + 1) * SPREAD : (int) d.seed;
        return new TrueNorthCoreImage((int) d.id, seed, TrueNorthRules.PUBLISHED, axonType, crossbar, parameters, parameterOf, destCore, destAxon,
            destDelay);
    }

    private void destination(Draft d, int j, String where, long[] ids, int[] destCore, int[] destAxon, int[] destDelay) {
        int core = d.destCores[j];
        int axon = d.destAxons[j];
        if (core < 0 && core > CoreletModel.FIRST_OUTPUT) {
            return;
        }
        if (axon < 0 || axon >= size) {
            throw in.error(d.line, where + "destination axon " + axon + " is outside 0.." + (size - 1));
        }
        if (core < 0) {
            long pin = (CoreletModel.FIRST_OUTPUT - (long) core) * size + axon;
            if (pin > Integer.MAX_VALUE) {
                throw in.error(d.line, where + "destination core " + core + ": too many outputs");
            }
            destCore[j] = TrueNorthCoreImage.OUTPUT_PIN;
            destAxon[j] = (int) pin;
            return;
        }
        long available = (long) chip.get(ChipParameter.CHIPS_MAX) * chip.coresPerChip();
        if (core >= available) {
            throw in.error(d.line, where + "destination core " + core + " is off the grid of " + available + " cores");
        }
        if (Arrays.binarySearch(ids, core) < 0) {
            throw in.error(d.line, where + "destination core " + core + " is not in the model");
        }
        int slots = chip.get(ChipParameter.SCHEDULER_SLOTS);
        if (d.destDelays[j] < 1 || d.destDelays[j] >= slots) {
            throw in.error(d.line, where + "delay " + d.destDelays[j] + " is outside 1.." + (slots - 1));
        }
        destCore[j] = core;
        destAxon[j] = axon;
        destDelay[j] = d.destDelays[j];
    }
}
