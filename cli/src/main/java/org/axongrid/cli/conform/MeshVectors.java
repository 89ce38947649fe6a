package org.axongrid.cli.conform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.axongrid.emulator.noc.MeshCounters;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.TimeStepModel;
import org.axongrid.emulator.noc.Xy1Mesh;
import org.axongrid.isa.InvalidInputException;

/**
 * Vectors of the router mesh: a table of cases ({@code cases.csv}, or {@code step_cases.csv} for time-steps) with files of packets and counters
 * per case beside it.
 */
final class MeshVectors {
    private static final String PORTS = "EWNSL";
    private static final List<String> COMPANIONS = List.of("id,src,dst,inject", "router,flits_", "step,id,src,", "step,core0", "step,start,");

    private static final long CYCLES_MAX = 1L << 31;

    private final Path folder;
    private final Tally tally;

    private MeshVectors(Path table, Tally tally) {
        this.folder = table.toAbsolutePath().getParent();
        this.tally = tally;
    }

    /** @return whether a file with this header is a table of cases, or rows of another simulator's mesh */
    static boolean starts(String header) {
        return isRouterTable(header) || isStepTable(header) || isCurves(header);
    }

    /** @return whether a file with this header belongs to a case of a table beside it */
    static boolean belongsToCase(String header) {
        return COMPANIONS.stream().anyMatch(header::startsWith);
    }

    private static boolean isRouterTable(String header) {
        return header.startsWith("case,note,W,H,");
    }

    private static boolean isStepTable(String header) {
        return header.startsWith("case,W,H,B,");
    }

    private static boolean isCurves(String header) {
        return header.startsWith("id,mode,k,n,traffic,pipeline,");
    }

    /** Replays all cases of a table. */
    static void replay(Path table, String header, Tally tally) {
        if (isCurves(header)) {
            ChannelCurves.replay(table, tally);
            return;
        }
        MeshVectors vectors = new MeshVectors(table, tally);
        for (Map<String, String> row : CsvRows.read(table)) {
            String name = CsvRows.cell(row, "case", table);
            try {
                if (isRouterTable(header)) {
                    vectors.routerCase(name, row, table);
                } else {
                    vectors.stepCase(name, row, table);
                }
                tally.passed();
            } catch (CaseFailure e) {
                tally.failed(name, e.getMessage());
            }
        }
    }

    private void routerCase(String name, Map<String, String> row, Path table) {
        Path file = folder.resolve(name + ".packets.csv");
        List<Map<String, String>> packets = CsvRows.read(file);
        packets.sort(Comparator.comparingLong(p -> cycle(p, "inject", file)));
        MeshParameters parameters = parameters(row, table);
        Xy1Mesh mesh = new Xy1Mesh(parameters, (packet, tag, source, destination, offered, entered, cycle) -> {
            Map<String, String> p = packets.get(tag);
            expect("packet " + p.get("id") + " enters", CsvRows.number(p, "enter", file), entered);
            expect("packet " + p.get("id") + " is delivered", CsvRows.number(p, "deliver", file), cycle);
        });
        int next = 0;
        while (next < packets.size() || !mesh.drained()) {
            long offer = next < packets.size() ? cycle(packets.get(next), "inject", file) : Long.MAX_VALUE;
            mesh.skipTo(Math.max(mesh.cycle(), Math.min(mesh.nextEventCycle(), offer)));
            while (next < packets.size() && cycle(packets.get(next), "inject", file) == mesh.cycle()) {
                mesh.offer(core(packets.get(next), "src", parameters, file), core(packets.get(next), "dst", parameters, file), next);
                next++;
            }
            mesh.step();
        }
        MeshCounters c = mesh.counters();
        expect("sum of latencies", CsvRows.number(row, "sum_latency", table), c.latencySum);
        expect("largest latency", CsvRows.number(row, "max_latency", table), c.latencyMax);
        expect("sum of source waits", CsvRows.number(row, "sum_source_wait", table), c.sourceWaitSum);
        expect("east-west hops", CsvRows.number(row, "hops_x", table), c.hopsX());
        expect("north-south hops", CsvRows.number(row, "hops_y", table), c.hopsY());
        expect("stalled cycles", CsvRows.number(row, "total_stall_cycles", table), c.stallsTotal());
        links(folder.resolve(name + ".links.csv"), c);
    }

    private static void links(Path file, MeshCounters c) {
        for (Map<String, String> row : CsvRows.read(file)) {
            int first = (int) CsvRows.number(row, "router", file) * Xy1Mesh.PORTS;
            if (first < 0 || first >= c.flits.length) {
                throw new InvalidInputException(file + ": router " + row.get("router") + " is off the grid");
            }
            for (int p = 0; p < Xy1Mesh.PORTS; p++) {
                String port = PORTS.substring(p, p + 1);
                String at = "router " + row.get("router") + " port " + port + ": ";
                expect(at + "flits", CsvRows.number(row, "flits_" + port, file), c.flits[first + p]);
                expect(at + "largest occupancy", CsvRows.number(row, "maxocc_in" + port, file), c.maxOccupancy[first + p]);
                expect(at + "stalled cycles", CsvRows.number(row, "stall_in" + port, file), c.stalls[first + p]);
            }
        }
    }

    private void stepCase(String name, Map<String, String> row, Path table) {
        MeshParameters parameters = parameters(row, table);
        TimeStepModel model = new TimeStepModel(parameters, CsvRows.number(row, "q", table), CsvRows.number(row, "b0", table), CsvRows.number(row, "b1", table));
        Path packetFile = folder.resolve(name + ".step_packets.csv");
        Path computeFile = folder.resolve(name + ".compute.csv");
        Path stepFile = folder.resolve(name + ".steps.csv");
        List<Map<String, String>> packets = CsvRows.read(packetFile);
        List<Map<String, String>> compute = CsvRows.read(computeFile);
        for (Map<String, String> expected : CsvRows.read(stepFile)) {
            long step = CsvRows.number(expected, "step", stepFile);
            List<Map<String, String>> own = new ArrayList<>(packets.stream().filter(p -> CsvRows.number(p, "step", packetFile) == step).toList());
            own.sort(Comparator.comparingLong(p -> cycle(p, "inject_offset", packetFile)));
            Map<String, String> ends = compute.stream().filter(c -> CsvRows.number(c, "step", computeFile) == step).findFirst()
                .orElseThrow(() -> new InvalidInputException(computeFile + ": no row for step " + step));
            TimeStepModel.Step found = model.run(own.stream().mapToInt(p -> core(p, "src", parameters, packetFile)).toArray(),
                own.stream().mapToInt(p -> core(p, "dst", parameters, packetFile)).toArray(),
                own.stream().mapToLong(p -> cycle(p, "inject_offset", packetFile)).toArray(),
                IntStream.range(0, parameters.routers()).mapToLong(i -> CsvRows.number(ends, "core" + i, computeFile)).toArray());
            String at = "step " + step + ": ";
            expect(at + "start", CsvRows.number(expected, "start", stepFile), found.start());
            expect(at + "compute", CsvRows.number(expected, "max_compute", stepFile), found.compute());
            expect(at + "drain", CsvRows.number(expected, "drain", stepFile), found.drain());
            expect(at + "receive", CsvRows.number(expected, "receive_end", stepFile), found.receive());
            expect(at + "end", CsvRows.number(expected, "end", stepFile), found.end());
            expect(at + "barrier", CsvRows.number(expected, "barrier", stepFile), found.barrier());
            expect(at + "next start", CsvRows.number(expected, "next_start", stepFile), found.next());
        }
    }

    private static MeshParameters parameters(Map<String, String> row, Path file) {
        boolean yx = "yx".equals(row.getOrDefault("order", "xy").toLowerCase(Locale.ROOT));
        return new MeshParameters(CsvRows.size(row, "W", file), CsvRows.size(row, "H", file), yx ? MeshParameters.Order.YX : MeshParameters.Order.XY,
            CsvRows.size(row, "B", file), CsvRows.size(row, "hx", file), CsvRows.size(row, "hy", file), CsvRows.size(row, "C", file), CsvRows.size(row, "hi", file), CsvRows.size(row, "he", file));
    }

    private static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new CaseFailure(what + ": expected " + expected + ", got " + found);
        }
    }

    private static int core(Map<String, String> row, String column, MeshParameters parameters, Path file) {
        long core = CsvRows.number(row, column, file);
        if (core < 0 || core >= parameters.routers()) {
            throw new InvalidInputException(file + ": " + column + " " + core + " is off the grid of " + parameters.routers() + " routers");
        }
        return (int) core;
    }

    private static long cycle(Map<String, String> row, String column, Path file) {
        long cycle = CsvRows.number(row, column, file);
        if (cycle < 0 || cycle > CYCLES_MAX) {
            throw new InvalidInputException(file + ": " + column + " " + cycle + " is outside 0.." + CYCLES_MAX);
        }
        return cycle;
    }
}
