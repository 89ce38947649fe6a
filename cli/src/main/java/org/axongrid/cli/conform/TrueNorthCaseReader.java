package org.axongrid.cli.conform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import org.agrona.collections.IntArrayList;
import org.axongrid.cli.corelet.CoreletRun;
import org.axongrid.cli.corelet.JsonWalk;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;

/** Reads a TrueNorth case, format {@code tn-golden-1}. */
final class TrueNorthCaseReader {
    /** The format's name, the first thing in a file. */
    static final String FORMAT = "tn-golden-1";
    private static final int MOST = 1 << 16;
    private static final int INT_MAX = Integer.MAX_VALUE;

    private final JsonWalk in;
    private final Path file;
    private String name = "";
    private TrueNorthRules.NegativeCompare compare = TrueNorthRules.NegativeCompare.BELOW;
    private TrueNorthRules.ZeroCrossing zero = TrueNorthRules.ZeroCrossing.PLAIN;
    private int ticks = -1;
    private final List<TrueNorthNeuron> types = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private int[] inputs = new int[0];
    private int[] spikes;
    private int[] outputs;
    private long spikeCount = -1;
    private long events = -1;
    private long merged = -1;
    private int[] seeds;
    private List<int[]> words;
    private boolean wordsAreAll;
    private long[] consumed;

    private TrueNorthCaseReader(JsonWalk in, Path file) {
        this.in = in;
        this.file = file;
    }

    /** A core before its neuron types are known. */
    private static final class Draft {
        int axons = -1;
        int neurons = -1;
        String axonTypes;
        final List<byte[]> rows = new ArrayList<>();
        final IntArrayList typeOf = new IntArrayList();
        final IntArrayList destCore = new IntArrayList();
        final IntArrayList destAxon = new IntArrayList();
        final IntArrayList destDelay = new IntArrayList();
    }

    /**
     * @param in   standing at the file's object
     * @param file the file
     * @return the case
     * @throws InvalidInputException with the place and cause if it is not whole and sound
     */
    static TrueNorthCase read(JsonWalk in, Path file) {
        TrueNorthCaseReader reader = new TrueNorthCaseReader(in, file);
        in.object(reader::field);
        if (in.next()) {
            throw in.error("more follows after the case");
        }
        return reader.build();
    }

    private void field(String key) {
        switch (key) {
            case "format" -> {
                if (!in.text(key).equals(FORMAT)) {
                    throw in.error("format is '" + JsonWalk.shortened(in.text(key)) + "', expected " + FORMAT);
                }
            }
            case "name" -> name = in.text(key);
            case "negCompare" -> compare = switch (in.text(key)) {
                case "<" -> TrueNorthRules.NegativeCompare.BELOW;
                case "<=" -> TrueNorthRules.NegativeCompare.AT_OR_BELOW;
                default -> throw in.error("negCompare is neither < nor <=");
            };
            case "leakClampAtZero" -> zero = in.flag(key) ? TrueNorthRules.ZeroCrossing.CLAMP : TrueNorthRules.ZeroCrossing.PLAIN;
            case "ticks" -> ticks = in.number(key, 1, CoreletRun.TICKS_MAX);
            case "neuronTypes" -> in.array(() -> types.add(neuronType()));
            case "cores" -> in.array(() -> drafts.add(core()));
            case "inputs" -> inputs = tuples(3, key);
            case "expect" -> in.object(this::expected);
            case "prn" -> in.object(this::random);
            default -> in.skip();
        }
    }

    private void expected(String key) {
        switch (key) {
            case "spikes" -> spikes = tuples(3, key);
            case "outputs" -> outputs = tuples(2, key);
            case "spikeCount" -> spikeCount = in.integer(key, 0, Long.MAX_VALUE);
            case "synapticEvents" -> events = in.integer(key, 0, Long.MAX_VALUE);
            case "mergedArrivals" -> merged = in.integer(key, 0, Long.MAX_VALUE);
            default -> in.skip();
        }
    }

    private void random(String key) {
        switch (key) {
            case "seeds" -> seeds = words(key);
            case "words", "first" -> {
                wordsAreAll = key.equals("words");
                words = new ArrayList<>();
                in.array(() -> words.add(words(key)));
            }
            case "consumed" -> {
                IntArrayList counts = new IntArrayList();
                in.array(() -> counts.addInt(in.number(key, 0, INT_MAX)));
                consumed = counts.stream().mapToLong(Integer::longValue).toArray();
            }
            default -> in.skip();
        }
    }

    private int[] words(String what) {
        IntArrayList list = new IntArrayList();
        in.array(() -> list.addInt((int) in.integer(what, 0, 0xffffffffL)));
        return list.toIntArray();
    }

    private int[] tuples(int width, String what) {
        IntArrayList list = new IntArrayList();
        in.array(() -> {
            int before = list.size();
            in.array(() -> list.addInt(in.number(what, 0, INT_MAX)));
            if (list.size() - before != width) {
                throw in.error(what + ": " + (list.size() - before) + " numbers, expected " + width);
            }
        });
        return list.toIntArray();
    }

    private TrueNorthNeuron neuronType() {
        int[] weights = new int[4];
        int[] stochastic = {0};
        int[] n = new int[8];
        boolean[] flags = new boolean[3];
        in.object(key -> {
            switch (key) {
                case "s" -> four(key, g -> weights[g] = signed(key));
                case "b" -> four(key, g -> stochastic[0] |= in.flag(key) ? 1 << g : 0);
                case "lambda" -> n[0] = signed(key);
                case "c" -> flags[0] = in.flag(key);
                case "eps" -> flags[1] = in.flag(key);
                case "alpha" -> n[1] = signed(key);
                case "beta" -> n[2] = signed(key);
                case "TM" -> n[3] = signed(key);
                case "gamma" -> n[4] = in.number(key, 0, 2);
                case "kappa" -> flags[2] = in.flag(key);
                case "R" -> n[5] = signed(key);
                case "V0" -> n[6] = signed(key);
                default -> in.skip();
            }
        });
        return new TrueNorthNeuron(weights[0], weights[1], weights[2], weights[3], stochastic[0], n[0], flags[0], flags[1], n[1], n[2], n[3],
            TrueNorthNeuron.Reset.values()[n[4]], flags[2], n[5], n[6]);
    }

    private int signed(String key) {
        return in.number(key, Integer.MIN_VALUE, INT_MAX);
    }

    private void four(String what, IntConsumer take) {
        int[] at = {0};
        in.array(() -> {
            if (at[0] == 4) {
                throw in.error(what + ": more than four values");
            }
            take.accept(at[0]++);
        });
        if (at[0] != 4) {
            throw in.error(what + ": " + at[0] + " values, expected 4");
        }
    }

    private Draft core() {
        Draft d = new Draft();
        in.object(key -> {
            switch (key) {
                case "axons" -> d.axons = in.number(key, 1, MOST);
                case "neurons" -> d.neurons = in.number(key, 1, MOST);
                case "axonTypes" -> d.axonTypes = in.text(key);
                case "crossbar" -> in.array(() -> d.rows.add(hex(in.text(key))));
                case "neuron" -> in.array(() -> d.typeOf.addInt(in.number(key, -1, INT_MAX)));
                case "dest" -> in.array(() -> destination(d));
                default -> in.skip();
            }
        });
        String core = "core " + drafts.size() + ": ";
        if (d.axonTypes == null || d.axonTypes.length() != d.axons || !d.axonTypes.matches("[0-3]*")) {
            throw in.error(core + "axonTypes are no " + d.axons + " digits of 0 to 3");
        }
        if (d.rows.size() != d.axons || d.typeOf.size() != d.neurons || d.destCore.size() != d.neurons) {
            throw in.error(core + d.rows.size() + " rows, " + d.typeOf.size() + " neurons and " + d.destCore.size() + " destinations for "
                + d.axons + " axons and " + d.neurons + " neurons");
        }
        return d;
    }

    private byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw in.error("a crossbar row is '" + JsonWalk.shortened(text) + "', expected bytes in hex");
        }
    }

    private void destination(Draft d) {
        if (in.isNull()) {
            d.destCore.addInt(TrueNorthCoreImage.NOWHERE);
            d.destAxon.addInt(0);
            d.destDelay.addInt(0);
            return;
        }
        IntArrayList three = new IntArrayList();
        in.array(() -> three.addInt(in.number("dest", -1, INT_MAX)));
        if (three.size() != 3) {
            throw in.error("dest: " + three.size() + " numbers, expected 3");
        }
        d.destCore.addInt(three.getInt(0) < 0 ? TrueNorthCoreImage.OUTPUT_PIN : three.getInt(0));
        d.destAxon.addInt(three.getInt(1));
        d.destDelay.addInt(three.getInt(0) < 0 ? 0 : three.getInt(2));
    }

    private TrueNorthCase build() {
        if (ticks < 0 || drafts.isEmpty() || spikes == null || events < 0 || merged < 0) {
            throw incomplete("ticks, cores, expect.spikes, expect.synapticEvents and expect.mergedArrivals are needed");
        }
        if (spikeCount >= 0 && spikeCount != spikes.length / 3) {
            throw incomplete("spikeCount is " + spikeCount + ", there are " + spikes.length / 3 + " spikes");
        }
        if (seeds != null && (seeds.length != drafts.size() || words == null || words.size() != seeds.length || consumed == null
            || consumed.length != seeds.length)) {
            throw incomplete("prn: seeds, words and consumed are needed for each of " + drafts.size() + " cores");
        }
        if (seeds == null && words != null) {
            throw incomplete("prn: no seeds");
        }
        for (int c = 0; seeds != null && c < seeds.length; c++) {
            if (wordsAreAll ? words.get(c).length != consumed[c] : words.get(c).length > consumed[c]) {
                throw incomplete("prn: core " + c + " has " + words.get(c).length + " words and consumes " + consumed[c]);
            }
        }
        List<TrueNorthCoreImage> cores = new ArrayList<>();
        for (int c = 0; c < drafts.size(); c++) {
            cores.add(core(c, drafts.get(c)));
        }
        requireInRange("inputs", inputs, true);
        requireInRange("spikes", spikes, false);
        return new TrueNorthCase(file, name.isBlank() ? file.getFileName().toString() : name, ticks, cores, inputs, spikes, outputs, events,
            merged, words, consumed);
    }

    private TrueNorthCoreImage core(int number, Draft d) {
        int words = TrueNorthCoreImage.rowWords(d.neurons);
        long[] crossbar = new long[d.axons * words];
        byte[] axonTypes = new byte[d.axons];
        for (int a = 0; a < d.axons; a++) {
            axonTypes[a] = (byte) (d.axonTypes.charAt(a) - '0');
            byte[] row = d.rows.get(a);
            if (row.length != (d.neurons + 7) / 8) {
                throw incomplete("core " + number + ": the row of axon " + a + " has " + row.length + " bytes, expected " + (d.neurons + 7) / 8);
            }
            for (int j = 0; j < row.length * 8; j++) {
                if ((row[j / 8] >> 7 - j % 8 & 1) != 0) {
                    if (j >= d.neurons) {
                        throw incomplete("core " + number + ": the row of axon " + a + " has a synapse beyond neuron " + (d.neurons - 1));
                    }
                    crossbar[a * words + j / 64] |= 1L << j % 64;
                }
            }
        }
        for (int j = 0; j < d.neurons; j++) {
            if (d.typeOf.getInt(j) >= types.size()) {
                throw incomplete("core " + number + " neuron " + j + ": type " + d.typeOf.getInt(j) + " of " + types.size());
            }
        }
        TrueNorthRules rules = new TrueNorthRules(zero, TrueNorthRules.Overflow.SATURATE, compare);
        return new TrueNorthCoreImage(number, seeds == null ? 1 : seeds[number], rules, axonTypes, crossbar, types, d.typeOf.toIntArray(),
            d.destCore.toIntArray(), d.destAxon.toIntArray(), d.destDelay.toIntArray());
    }

    private void requireInRange(String what, int[] triples, boolean areAxons) {
        for (int i = 0; i < triples.length; i += 3) {
            Draft core = triples[i + 1] < drafts.size() ? drafts.get(triples[i + 1]) : null;
            if (triples[i] >= ticks || core == null || triples[i + 2] >= (areAxons ? core.axons : core.neurons)) {
                throw incomplete(what + ": " + Arrays.toString(Arrays.copyOfRange(triples, i, i + 3)) + " is outside of the case");
            }
        }
    }

    private InvalidInputException incomplete(String problem) {
        return new InvalidInputException(file + ": " + problem);
    }
}
