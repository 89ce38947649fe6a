package org.axongrid.emulator.noc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every packet, link counter and stall of the golden cases; each cycle checks the credits. */
class Xy1GoldenTest {
    @Test
    void shippedCases() throws IOException, URISyntaxException {
        Path folder = Path.of(Xy1GoldenTest.class.getResource("cases.csv").toURI()).getParent();
        assertEquals(12, routerCases(folder));
        assertEquals(1, stepCases(folder));
    }

    @Test
    void allCases() throws IOException {
        Path folder = shared().resolve("golden/noc/xy1");
        assertEquals(18, routerCases(folder));
        assertEquals(3, stepCases(folder));
    }

    private static Path shared() {
        String named = System.getProperty("axongrid.shared");
        if (named != null) {
            return Path.of(named);
        }
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("shared/golden/noc"))) {
                return p.resolve("shared");
            }
        }
        Assumptions.abort("no folder shared/golden/noc: only the shipped cases are tested");
        throw new AssertionError();
    }

    private static List<Map<String, String>> table(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        String[] head = lines.get(0).split(",");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.replaceAll("\"[^\"]*\"", "quoted").split(",");
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < head.length; i++) {
                row.put(head[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static int number(Map<String, String> row, String key) {
        return Integer.parseInt(row.get(key));
    }

    private static MeshParameters parameters(Map<String, String> row) {
        return new MeshParameters(number(row, "W"), number(row, "H"),
            MeshParameters.Order.valueOf(row.getOrDefault("order", "xy").toUpperCase(java.util.Locale.ROOT)), number(row, "B"), number(row, "hx"),
            number(row, "hy"), number(row, "C"), number(row, "hi"), number(row, "he"));
    }

    private static int routerCases(Path folder) throws IOException {
        List<Map<String, String>> cases = table(folder.resolve("cases.csv"));
        for (Map<String, String> c : cases) {
            routerCase(folder, c, false);
            routerCase(folder, c, true);
        }
        return cases.size();
    }

    private static void routerCase(Path folder, Map<String, String> c, boolean skip) throws IOException {
        String name = c.get("case");
        List<Map<String, String>> packets = table(folder.resolve(name + ".packets.csv"));
        packets.sort(Comparator.comparingInt(p -> number(p, "inject")));
        List<String> order = new ArrayList<>();
        long[] last = {-1, -1};
        Xy1Mesh mesh = new Xy1Mesh(parameters(c), (packet, tag, source, destination, offered, entered, cycle) -> {
            Map<String, String> p = packets.get(tag);
            assertEquals(number(p, "enter"), entered, name + " packet " + p.get("id") + ": enter");
            assertEquals(number(p, "deliver"), cycle, name + " packet " + p.get("id") + ": deliver");
            assertTrue(cycle > last[0] || cycle == last[0] && destination > last[1], name + ": deliveries in order");
            last[0] = cycle;
            last[1] = destination;
            order.add(p.get("id"));
        });
        int next = 0;
        while (next < packets.size() || !mesh.drained()) {
            if (skip) {
                long to = mesh.nextEventCycle();
                mesh.skipTo(next < packets.size() ? Math.min(to, number(packets.get(next), "inject")) : to);
            }
            while (next < packets.size() && number(packets.get(next), "inject") == mesh.cycle()) {
                mesh.offer(number(packets.get(next), "src"), number(packets.get(next), "dst"), next);
                next++;
            }
            mesh.step();
            mesh.checkCredits();
        }
        assertEquals(packets.size(), order.size(), name);
        MeshCounters n = mesh.counters();
        assertEquals(number(c, "sum_latency"), n.latencySum, name);
        assertEquals(number(c, "max_latency"), n.latencyMax, name);
        assertEquals(number(c, "sum_source_wait"), n.sourceWaitSum, name);
        assertEquals(number(c, "hops_x"), n.hopsX(), name);
        assertEquals(number(c, "hops_y"), n.hopsY(), name);
        assertEquals(number(c, "total_stall_cycles"), n.stallsTotal(), name);
        for (Map<String, String> row : table(folder.resolve(name + ".links.csv"))) {
            int first = number(row, "router") * Xy1Mesh.PORTS;
            for (int p = 0; p < Xy1Mesh.PORTS; p++) {
                String port = String.valueOf("EWNSL".charAt(p));
                assertEquals(number(row, "flits_" + port), n.flits[first + p], name + " flits " + first + port);
                assertEquals(number(row, "maxocc_in" + port), n.maxOccupancy[first + p], name + " occupancy " + first + port);
                assertEquals(number(row, "stall_in" + port), n.stalls[first + p], name + " stalls " + first + port);
            }
        }
    }

    private static int stepCases(Path folder) throws IOException {
        List<Map<String, String>> cases = table(folder.resolve("step_cases.csv"));
        for (Map<String, String> c : cases) {
            String name = c.get("case");
            TimeStepModel model = new TimeStepModel(parameters(c), number(c, "q"), number(c, "b0"), number(c, "b1"));
            List<Map<String, String>> packets = table(folder.resolve(name + ".step_packets.csv"));
            List<Map<String, String>> compute = table(folder.resolve(name + ".compute.csv"));
            List<Map<String, String>> steps = table(folder.resolve(name + ".steps.csv"));
            for (int s = 0; s < steps.size(); s++) {
                int step = s;
                List<Map<String, String>> own = new ArrayList<>(packets.stream().filter(p -> number(p, "step") == step).toList());
                own.sort(Comparator.comparingInt(p -> number(p, "inject_offset")));
                Map<String, String> of = compute.get(s);
                long[] ends = java.util.stream.IntStream.range(0, of.size() - 1).mapToLong(i -> number(of, "core" + i)).toArray();
                TimeStepModel.Step found = model.run(own.stream().mapToInt(p -> number(p, "src")).toArray(),
                    own.stream().mapToInt(p -> number(p, "dst")).toArray(),
                    own.stream().mapToLong(p -> number(p, "inject_offset")).toArray(), ends);
                Map<String, String> e = steps.get(s);
                assertEquals(new TimeStepModel.Step(number(e, "start"), number(e, "max_compute"), number(e, "drain"), number(e, "receive_end"),
                    number(e, "end"), number(e, "barrier"), number(e, "next_start")), found, name + " step " + s);
            }
        }
        return cases.size();
    }
}
