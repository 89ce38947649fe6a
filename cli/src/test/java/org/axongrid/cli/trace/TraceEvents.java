package org.axongrid.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON of the Trace Event Format and checks what its published description asks for: the JSON object format with {@code traceEvents}; name,
 * phase, process and thread of each event; time and duration of complete events, which nest on their thread; scope of instant events; metadata
 * with a name; flows that begin once and end once, later, inside a slice of their thread.
 */
final class TraceEvents {
    /** A complete event. */
    record Slice(String name, BigDecimal from, BigDecimal to, JsonNode args) { }

    /** By "process:thread", in the order of their start. */
    final Map<String, List<Slice>> slices = new HashMap<>();
    /** Names of threads by "process:thread". */
    final Map<String, String> threads = new HashMap<>();
    int flows;

    static TraceEvents read(Path file) throws IOException {
        TraceEvents trace = new TraceEvents();
        JsonNode root = new ObjectMapper().enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(file.toFile());
        require(Set.of("ms", "ns").contains(root.path("displayTimeUnit").asText("ms")), "displayTimeUnit");
        require(root.path("traceEvents").isArray(), "no traceEvents");
        Map<Long, JsonNode> begun = new HashMap<>();
        Map<Long, JsonNode> ended = new HashMap<>();
        for (JsonNode e : root.path("traceEvents")) {
            require(e.path("ph").isTextual() && e.path("name").isTextual() && e.path("pid").isInt() && e.path("tid").isInt(), e.toString());
            String track = e.path("pid") + ":" + e.path("tid");
            switch (e.path("ph").asText()) {
                case "M" -> {
                    require(Set.of("process_name", "thread_name").contains(e.path("name").asText()) && e.at("/args/name").isTextual(), e.toString());
                    if (e.path("name").asText().equals("thread_name")) {
                        require(trace.threads.put(track, e.at("/args/name").asText()) == null, "two names: " + e);
                    }
                }
                case "X" -> {
                    BigDecimal from = number(e, "ts");
                    BigDecimal length = number(e, "dur");
                    require(length.signum() >= 0, e.toString());
                    trace.slices.computeIfAbsent(track, t -> new ArrayList<>()).add(new Slice(e.path("name").asText(), from, from.add(length), e.path("args")));
                }
                case "i" -> require(Set.of("g", "p", "t").contains(e.path("s").asText()) && number(e, "ts").signum() >= 0, e.toString());
                case "s", "f" -> {
                    require(e.path("cat").isTextual() && e.path("id").isIntegralNumber() && number(e, "ts").signum() >= 0, e.toString());
                    boolean start = e.path("ph").asText().equals("s");
                    require(start || e.path("bp").asText().equals("e"), "an end binds to its slice only so: " + e);
                    require((start ? begun : ended).put(e.path("id").asLong(), e) == null, "id twice: " + e);
                }
                default -> throw new AssertionError("phase of " + e);
            }
        }
        trace.slices.forEach((track, list) -> nest(track, list));
        require(trace.threads.keySet().containsAll(trace.slices.keySet()), "threads without a name");
        require(begun.keySet().equals(ended.keySet()), "flows without an end");
        begun.forEach((id, s) -> {
            JsonNode f = ended.get(id);
            require(number(f, "ts").compareTo(number(s, "ts")) >= 0, "flow back in time: " + s + f);
            require(s.path("name").equals(f.path("name")) && s.path("cat").equals(f.path("cat")), "flow of two names: " + s + f);
            trace.requireSlice(s, "send");
            trace.requireSlice(f, "receive");
        });
        trace.flows = begun.size();
        return trace;
    }

    private void requireSlice(JsonNode flow, String name) {
        BigDecimal at = number(flow, "ts");
        List<Slice> track = slices.getOrDefault(flow.path("pid") + ":" + flow.path("tid"), List.of());
        int low = 0;
        int high = track.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (track.get(middle).from().compareTo(at) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean found = false;
        for (int i = low - 1; i >= 0 && !found && low - i < 50; i--) {
            Slice s = track.get(i);
            found = s.name().equals(name) && s.to().compareTo(at) >= 0;
        }
        require(found, "no slice '" + name + "' around " + flow);
    }

    private static void nest(String track, List<Slice> list) {
        list.sort(Comparator.comparing(Slice::from).thenComparing(Comparator.comparing(Slice::to).reversed()));
        Deque<BigDecimal> open = new ArrayDeque<>();
        for (Slice s : list) {
            while (!open.isEmpty() && open.peek().compareTo(s.from()) <= 0) {
                open.pop();
            }
            require(open.isEmpty() || open.peek().compareTo(s.to()) >= 0, "slices overlap on " + track + ": " + s);
            open.push(s.to());
        }
    }

    private static BigDecimal number(JsonNode e, String key) {
        require(e.path(key).isNumber(), key + " of " + e);
        return e.path(key).decimalValue();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
