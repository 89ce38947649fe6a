package org.axongrid.isa.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/** Reads cost profiles: the presets that ship with the project, and a user's own YAML files. */
public final class CostProfiles {
    /** Names of the presets. */
    public static final List<String> PRESETS = List.of("loihi-davies2018", "loihi-nahuku", "loihi2-scaled", "truenorth-0.8V",
        "truenorth-split", "truenorth-allin", "truenorth-handshake",
        "tianjic", "odin", "generic-45nm", "ranc-rtl");
    private static final String SCHEMA = "axongrid.cost/1";
    private static final List<String> KEYS = List.of("schema", "name", "summary", "base", "constants", "barrier_time");
    private static final List<String> ENTRY_KEYS = List.of("value", "source", "scope", "grade", "voltage");
    private static final List<String> BARRIER_KEYS = List.of("ns_by_tiles", "source", "grade", "voltage");
    /** Far above any grid. */
    private static final int MOST_TILES = 1 << 24;

    private CostProfiles() { }

    /**
     * @param nameOrFile a preset's name, or the path of a YAML file (ending in .yaml or .yml)
     * @return the profile
     * @throws InvalidInputException if there is no such preset or file, or the file is wrong
     */
    public static CostProfile open(String nameOrFile) {
        if (PRESETS.contains(nameOrFile)) {
            return preset(nameOrFile);
        }
        if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
            throw new InvalidInputException("no cost profile named '" + nameOrFile + "'" + KeyedYaml.nearest(nameOrFile, PRESETS)
                + " (presets: " + String.join(", ", PRESETS) + "; or give a .yaml file)");
        }
        try {
            return parse(Files.readString(Path.of(nameOrFile)), nameOrFile);
        } catch (IOException | InvalidPathException e) {
            String cause = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
            throw new InvalidInputException(nameOrFile + ": cannot be read: " + cause, e);
        }
    }

    /**
     * @param name one of {@link #PRESETS}
     * @return the preset of that name
     * @throws InvalidInputException if there is none
     */
    public static CostProfile preset(String name) {
        if (!PRESETS.contains(name)) {
            throw new InvalidInputException("no cost profile preset named '" + name + "'" + KeyedYaml.nearest(name, PRESETS));
        }
        String resource = name + ".yaml";
        try (InputStream in = CostProfiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    /**
     * @param text  YAML with the keys schema, name, summary, constants and barrier_time. Each constant is
     *              {@code key: {value: N, source: "...", scope: per_op, grade: measured, voltage: 0.75}} with the value in pJ, ns, mW or MHz;
     *              value and source are required, also for a zero. {@code barrier_time} holds {@code ns_by_tiles: {tiles: ns}} instead of
     *              a value. With {@code base: PRESET} what is left out is taken from that preset
     * @param place file name for messages
     * @return the profile
     * @throws InvalidInputException naming the place and what is wrong there
     */
    public static CostProfile parse(String text, String place) {
        JsonNode root = KeyedYaml.parse(text, place);
        KeyedYaml.requireKnown(root, KEYS, place);
        if (!SCHEMA.equals(root.path("schema").asText())) {
            throw new InvalidInputException(place + ": schema is '" + root.path("schema").asText() + "', expected '" + SCHEMA + "'");
        }
        CostProfile base = root.has("base") ? preset(root.get("base").asText()) : null;
        Map<CostConstant, CostProfile.Entry> constants = new EnumMap<>(CostConstant.class);
        if (base != null) {
            constants.putAll(base.constants());
        }
        JsonNode nodes = root.path("constants");
        if (!nodes.isMissingNode()) {
            KeyedYaml.requireKnown(nodes, Arrays.stream(CostConstant.values()).map(CostConstant::key).toList(), place + ": constants");
        }
        for (CostConstant c : CostConstant.values()) {
            if (nodes.has(c.key())) {
                constants.put(c, entry(nodes.get(c.key()), c, place + ": constants." + c.key()));
            }
        }
        JsonNode barrier = root.path("barrier_time");
        BarrierTable table = base == null ? null : base.barrier();
        if (!barrier.isMissingNode()) {
            table = barrier(barrier, place + ": barrier_time");
        }
        try {
            return new CostProfile(text(root, "name", null, place), text(root, "summary", base == null ? null : base.summary(), place),
                constants, table);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(place + ": " + e.getMessage(), e);
        }
    }

    private static CostProfile.Entry entry(JsonNode node, CostConstant c, String where) {
        KeyedYaml.requireKnown(node, ENTRY_KEYS, where);
        BigDecimal number = number(node.path("value"), "value", c.unit(), where);
        return new CostProfile.Entry(number.doubleValue(), text(node, "source", null, where),
            word(node, "scope", CostScope.values(), CostScope.PER_OP, where), word(node, "grade", EvidenceGrade.values(),
            EvidenceGrade.UNSTATED, where), volts(node, where));
    }

    private static BarrierTable barrier(JsonNode node, String where) {
        KeyedYaml.requireKnown(node, BARRIER_KEYS, where);
        JsonNode table = node.path("ns_by_tiles");
        if (!table.isObject() || table.isEmpty()) {
            throw new InvalidInputException(where + ": 'ns_by_tiles' is missing or not a mapping from tiles to ns");
        }
        TreeMap<Integer, Long> ps = new TreeMap<>();
        for (Iterator<String> keys = table.fieldNames(); keys.hasNext();) {
            String tiles = keys.next();
            if (!tiles.matches("[1-9][0-9]{0,7}") || Integer.parseInt(tiles) > MOST_TILES) {
                throw new InvalidInputException(where + ".ns_by_tiles: '" + tiles + "' is no number of tiles (1.." + MOST_TILES + ")");
            }
            ps.put(Integer.valueOf(tiles), number(table.get(tiles), tiles, CostConstant.Unit.TIME, where + ".ns_by_tiles").longValueExact());
        }
        return new BarrierTable(ps, text(node, "source", null, where), word(node, "grade", EvidenceGrade.values(), EvidenceGrade.UNSTATED,
            where), volts(node, where));
    }

    /** Scales in decimal, so that 23.6 pJ becomes the double next to 2.36e-11 J. */
    private static BigDecimal number(JsonNode node, String key, CostConstant.Unit unit, String where) {
        if (!node.isNumber() || node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new InvalidInputException(where + ": '" + key + "' is missing or not a number (" + unit.fileUnit() + ")");
        }
        BigDecimal scaled = new BigDecimal(node.asText()).scaleByPowerOfTen(unit.exponent());
        if (scaled.signum() < 0 || !Double.isFinite(scaled.doubleValue())) {
            throw new InvalidInputException(where + ": " + node.asText() + " " + unit.fileUnit() + " is impossible");
        }
        if (unit == CostConstant.Unit.TIME && (scaled.stripTrailingZeros().scale() > 0 || scaled.doubleValue() > Integer.MAX_VALUE)) {
            throw new InvalidInputException(where + ": " + node.asText() + " ns; times are whole picoseconds up to 2 ms");
        }
        return scaled;
    }

    private static double volts(JsonNode node, String where) {
        JsonNode volts = node.path("voltage");
        if (volts.isMissingNode()) {
            return Double.NaN;
        }
        if (!volts.isNumber() || !(volts.doubleValue() > 0)) {
            throw new InvalidInputException(where + ": 'voltage' is not a number above 0 (V)");
        }
        return volts.doubleValue();
    }

    private static <T extends Enum<T>> T word(JsonNode node, String key, T[] words, T otherwise, String where) {
        JsonNode word = node.path(key);
        if (word.isMissingNode()) {
            return otherwise;
        }
        for (T w : words) {
            if (w.name().equalsIgnoreCase(word.asText())) {
                return w;
            }
        }
        List<String> known = Arrays.stream(words).map(w -> w.name().toLowerCase(Locale.ROOT)).toList();
        throw new InvalidInputException(where + ": '" + key + "' is '" + word.asText() + "'" + KeyedYaml.nearest(word.asText(), known)
            + " (one of " + String.join(", ", known) + ")");
    }

    private static String text(JsonNode root, String key, String otherwise, String place) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!node.isTextual() || node.asText().isBlank()) {
            throw new InvalidInputException(place + ": '" + key + "' is missing or not a text");
        }
        return node.asText();
    }
}
