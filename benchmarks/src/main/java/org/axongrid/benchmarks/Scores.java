package org.axongrid.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;

/**
 * Scores of a run, from JMH's JSON. A busy machine disturbs them; less so the fastest iteration of a benchmark that measures a time, and, of a benchmark
 * with the counter {@code cpuNanos}, its other counters, which are told per second of processor time.
 */
final class Scores {
    /**
     * One measured value.
     *
     * @param value score
     * @param error half the width of its confidence interval, NaN if unknown
     * @param unit  for people
     * @param rate  whether more is better
     */
    record Score(double value, double error, String unit, boolean rate) { }

    private static final long LARGEST_FILE = 64L << 20;
    private static final String CPU = "cpuNanos";

    private Scores() { }

    /**
     * @param file what JMH wrote
     * @return by benchmark, parameters and counter: the score, in the file's order
     * @throws InvalidInputException if it is no such file
     */
    static Map<String, Score> read(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) > LARGEST_FILE) {
                throw new InvalidInputException(file + ": " + Files.size(file) + " bytes are too many for results of benchmarks");
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + (Files.exists(file) ? e.getMessage() : "no such file"), e);
        }
    }

    static Map<String, Score> parse(String text, String place) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException | StackOverflowError e) {
            throw new InvalidInputException(place + ": no JSON", e);
        }
        if (root == null || !root.isArray()) {
            throw new InvalidInputException(place + ": no results of benchmarks, expected a list");
        }
        Map<String, Score> scores = new LinkedHashMap<>();
        for (int i = 0; i < root.size(); i++) {
            String where = place + ": result " + (i + 1);
            JsonNode b = root.get(i);
            JsonNode primary = b.path("primaryMetric");
            if (!b.path("benchmark").isTextual() || !primary.path("score").isNumber()) {
                throw new InvalidInputException(where + ": benchmark or primaryMetric.score is missing");
            }
            String name = b.path("benchmark").asText().replaceFirst(".*\\.(?=[^.]*\\.[^.]*$)", "") + parameters(b.path("params"));
            String unit = primary.path("scoreUnit").asText("?");
            boolean rate = "thrpt".equals(b.path("mode").asText());
            scores.put(name, new Score(primary.path("score").asDouble(), error(primary), unit, rate));
            double fastest = fastest(primary.path("rawData"));
            if ("avgt".equals(b.path("mode").asText()) && fastest < Double.POSITIVE_INFINITY) {
                scores.put(name + ":fastest", new Score(fastest, Double.NaN, unit, false));
            }
            JsonNode counters = b.path("secondaryMetrics");
            double cpu = counters.path(CPU).path("score").asDouble(0);
            counters.fields().forEachRemaining(c -> {
                if (cpu > 0 && !c.getKey().equals(CPU) && c.getValue().path("score").isNumber()) {
                    double perSecond = c.getValue().path("score").asDouble() / cpu * 1e9;
                    scores.put(name + ":" + c.getKey(), new Score(perSecond, Double.NaN, "/CPU s", true));
                }
            });
        }
        return scores;
    }

    private static String parameters(JsonNode params) {
        StringBuilder text = new StringBuilder();
        params.fields().forEachRemaining(p -> text.append(text.length() == 0 ? " " : ",").append(p.getKey()).append('=').append(p.getValue().asText()));
        return text.toString();
    }

    /** @return the shortest time of any iteration, infinity if there is none */
    private static double fastest(JsonNode forks) {
        double least = Double.POSITIVE_INFINITY;
        for (JsonNode fork : forks) {
            for (JsonNode iteration : fork) {
                least = iteration.isNumber() ? Math.min(least, iteration.asDouble()) : least;
            }
        }
        return least;
    }

    private static double error(JsonNode metric) {
        JsonNode error = metric.path("scoreError");
        return error.isNumber() ? error.asDouble() : Double.NaN;
    }

    /** @return a table of the scores; with {@code old}, its scores and how many times as fast it is now */
    static String table(Map<String, Score> now, Map<String, Score> old) {
        int width = now.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder out = new StringBuilder();
        String format = "%-" + Math.max(width, 9) + "s %12s %-8s";
        out.append(String.format(Locale.ROOT, format, "Benchmark", "score", "unit"));
        out.append(old == null ? "\n" : String.format(Locale.ROOT, " %12s %8s%n", "before", "speed"));
        now.forEach((name, score) -> {
            out.append(String.format(Locale.ROOT, format, name, number(score.value()), score.unit()));
            Score before = old == null ? null : old.get(name);
            if (before != null && !before.unit().equals(score.unit())) {
                out.append(" in another unit before: ").append(before.unit());
            } else if (before != null) {
                double speed = score.rate() ? score.value() / before.value() : before.value() / score.value();
                out.append(String.format(Locale.ROOT, " %12s %7.2fx", number(before.value()), speed));
                if (Math.abs(score.value() - before.value()) <= score.error() + before.error()) {
                    out.append("  (ranges overlap: no difference)");
                }
            } else if (old != null) {
                out.append(" not measured before");
            }
            out.append('\n');
        });
        if (old != null) {
            old.keySet().stream().filter(name -> !now.containsKey(name)).forEach(name -> out.append(name).append(": only measured before\n"));
        }
        return out.toString();
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, Math.abs(x) >= 1e5 ? "%.3e" : "%.4g", x);
    }
}
