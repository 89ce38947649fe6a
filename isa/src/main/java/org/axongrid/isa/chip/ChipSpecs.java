package org.axongrid.isa.chip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/** Reads chip descriptions: the presets that ship with the project, and a user's own YAML files. */
public final class ChipSpecs {
    /** Names of the presets. */
    public static final List<String> PRESETS = List.of("loihi", "loihi2", "truenorth", "ranc");
    private static final String SCHEMA = "axongrid.chip/1";
    private static final List<String> KEYS = List.of("schema", "name", "summary", "core_model", "energy_profile", "timing_profile", "base", "parameters");

    private ChipSpecs() { }

    /**
     * @param nameOrFile a preset's name, or the path of a YAML file (ending in .yaml or .yml)
     * @return the chip
     * @throws InvalidInputException if there is no such preset or file, or the file is wrong
     */
    public static ChipSpec open(String nameOrFile) {
        if (PRESETS.contains(nameOrFile)) {
            return preset(nameOrFile);
        }
        if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
            throw new InvalidInputException("no chip named '" + nameOrFile + "'" + KeyedYaml.nearest(nameOrFile, PRESETS) + " (presets: "
                + String.join(", ", PRESETS) + "; or give a .yaml file)");
        }
        Path file = Path.of(nameOrFile);
        try {
            return parse(Files.readString(file), nameOrFile);
        } catch (IOException e) {
            throw new InvalidInputException(nameOrFile + ": cannot be read: " + (Files.exists(file) ? e.getMessage() : "no such file"), e);
        }
    }

    /**
     * @param name one of {@link #PRESETS}
     * @return the preset of that name
     * @throws InvalidInputException if there is none
     */
    public static ChipSpec preset(String name) {
        if (!PRESETS.contains(name)) {
            throw new InvalidInputException("no chip preset named '" + name + "'" + KeyedYaml.nearest(name, PRESETS));
        }
        String resource = name + ".yaml";
        try (InputStream in = ChipSpecs.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    /**
     * @param text  YAML with the keys schema, name, summary, core_model, energy_profile, timing_profile and parameters, each of these
     *              {@code key: {value: N, source: "..."}}; with {@code base: PRESET} what is left out is taken from that preset
     * @param place file name for messages
     * @return the chip
     */
    public static ChipSpec parse(String text, String place) {
        JsonNode root = KeyedYaml.parse(text, place);
        KeyedYaml.requireKnown(root, KEYS, place);
        if (!SCHEMA.equals(root.path("schema").asText())) {
            throw new InvalidInputException(place + ": schema is '" + root.path("schema").asText() + "', expected '" + SCHEMA + "'");
        }
        ChipSpec base = root.has("base") ? preset(root.get("base").asText()) : null;
        CoreModel model = coreModel(root, base, place);
        List<ChipParameter> applicable = ChipParameter.of(model);
        Map<ChipParameter, ChipSpec.Value> values = new EnumMap<>(ChipParameter.class);
        JsonNode parameters = root.path("parameters");
        if (!parameters.isMissingNode()) {
            KeyedYaml.requireKnown(parameters, applicable.stream().map(ChipParameter::key).toList(), place + ": parameters");
        }
        for (ChipParameter p : applicable) {
            JsonNode node = parameters.path(p.key());
            if (!node.isMissingNode()) {
                values.put(p, value(node, p, place));
            } else if (base != null) {
                values.put(p, new ChipSpec.Value(base.get(p), base.source(p)));
            } else if (p.otherwise().isPresent()) {
                values.put(p, new ChipSpec.Value(p.otherwise().getAsInt(), "not given; the default"));
            } else {
                throw new InvalidInputException(place + ": parameters: '" + p.key() + "' (" + p.meaning() + ") is missing");
            }
        }
        return new ChipSpec(text(root, "name", base == null ? null : base.name(), place),
            text(root, "summary", base == null ? "" : base.summary(), place), model,
            text(root, "energy_profile", base == null ? null : base.energyProfile(), place),
            text(root, "timing_profile", base == null ? null : base.timingProfile(), place), values);
    }

    private static CoreModel coreModel(JsonNode root, ChipSpec base, String place) {
        String key = text(root, "core_model", base == null ? CoreModel.LOIHI.key() : base.coreModel().key(), place);
        CoreModel model = Arrays.stream(CoreModel.values()).filter(m -> m.key().equals(key)).findFirst().orElseThrow(() ->
            new InvalidInputException(place + ": core_model is '" + key + "', there are "
                + Arrays.stream(CoreModel.values()).map(CoreModel::key).collect(Collectors.joining(", "))));
        if (base != null && base.coreModel() != model) {
            throw new InvalidInputException(place + ": core_model is '" + key + "', that of its base " + base.name() + " is '"
                + base.coreModel().key() + "'");
        }
        return model;
    }

    /** @return the chip as YAML that {@link #parse} reads back */
    public static String write(ChipSpec chip) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA).put("name", chip.name()).put("summary", chip.summary()).put("core_model", chip.coreModel().key())
            .put("energy_profile", chip.energyProfile()).put("timing_profile", chip.timingProfile());
        ObjectNode parameters = root.putObject("parameters");
        for (ChipParameter p : ChipParameter.of(chip.coreModel())) {
            parameters.putObject(p.key()).put("value", chip.get(p)).put("source", chip.source(p));
        }
        return KeyedYaml.write(root);
    }

    private static ChipSpec.Value value(JsonNode node, ChipParameter p, String place) {
        String where = place + ": parameters." + p.key();
        JsonNode number = node;
        String source = "user file, no source given";
        if (node.isObject()) {
            KeyedYaml.requireKnown(node, List.of("value", "source"), where);
            number = node.path("value");
            source = node.path("source").asText(source);
        }
        if (!number.isIntegralNumber()) {
            throw new InvalidInputException(where + ": expected a whole number (" + p.unit() + ")");
        }
        long v = number.canConvertToLong() ? number.longValue() : Long.MAX_VALUE;
        if (v < p.min() || v > p.max()) {
            throw new InvalidInputException(where + ": " + number.asText() + " is outside " + p.min() + ".." + p.max() + " " + p.unit());
        }
        return new ChipSpec.Value((int) v, source);
    }

    private static String text(JsonNode root, String key, String otherwise, String place) {
        JsonNode node = root.path(key);
        if (node.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!node.isTextual()) {
            throw new InvalidInputException(place + ": '" + key + "' is missing or not a text");
        }
        return node.asText();
    }
}
