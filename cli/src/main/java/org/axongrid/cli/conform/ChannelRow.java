package org.axongrid.cli.conform;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axongrid.cli.noc.Traffic;
import org.axongrid.cli.noc.TrafficRun;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.VcMesh;
import org.axongrid.emulator.noc.VcParameters;
import org.axongrid.isa.InvalidInputException;

/**
 * One row: a mesh of k x k virtual-channel routers under traffic of one rate.
 *
 * <p>Below 80 % of its curve's saturation the mean latency has to be within 5 %, the smallest latency exact, and as many packets accepted within 5 %.
 * Nearer to saturation latency grows with the length of the measurement and depends on how ties are broken: the deviation is stated, and only what
 * is grossly wrong fails: a row that is unstable there and not slow here, throughput that is off by more than half (by 5 % for uniform traffic), or a
 * latency that is off by more than a factor of four. In every row the zero-load latency of each pair of nodes has to be exact.
 */
final class ChannelRow {
    /** What came of a row: its line of text, why it failed or null, whether its latency was held to 5 %, and by how much it is off. */
    record Outcome(String text, String failure, boolean checked, double deviation) { }

    private static final double BELOW_SATURATION = 0.8;
    private static final double TOLERANCE = 0.05;
    private static final double GROSS_THROUGHPUT = 0.5;
    private static final double GROSS_LATENCY = 4;
    /** Cycles that a packet needs beside those in routers and between them: injection, and the sink. */
    private static final double ENDS = 2;
    private static final int WARM_UP = 3000;
    private static final int CYCLES_MIN = 3000;
    private static final int CYCLES_MAX = 20_000;
    /** A mean over so many packets has a standard error of 0.3 % and less, a quarter of the spread between single runs of the other simulator. */
    private static final double PACKETS = 20_000;
    private static final int SIDE_MAX = 16;
    private static final int STAGE_MAX = 50;

    private final String id;
    private final Map<String, String> row;
    private final Path table;
    private final long seed;
    private final int side;
    private final String traffic;
    private final VcParameters parameters;

    ChannelRow(Map<String, String> row, Path table, long seed) {
        this.row = row;
        this.table = table;
        this.seed = seed;
        id = CsvRows.cell(row, "id", table);
        side = size("k");
        traffic = CsvRows.cell(row, "traffic", table);
        if (side < 2 || side > SIDE_MAX || size("n") != 2 || size("vc_alloc_delay") != 1 || size("sw_alloc_delay") != 1) {
            throw new InvalidInputException(table + ": row " + id + ": expected a mesh of 2 to " + SIDE_MAX
                + " nodes a side in n = 2 dimensions, with vc_alloc_delay and sw_alloc_delay 1");
        }
        for (String stage : List.of("routing_delay", "st_final_delay", "credit_delay")) {
            if (size(stage) < 0 || size(stage) > STAGE_MAX) {
                throw new InvalidInputException(table + ": row " + id + ": " + stage + " " + size(stage) + " is outside 0.." + STAGE_MAX);
            }
        }
        double rate = rate();
        if (!(rate > 0 && rate <= 1)) {
            throw new InvalidInputException(table + ": row " + id + ": injection_rate " + rate + " is outside 0..1");
        }
        // A freed slot is known to the sender after a cycle in the switch, one on the wire, and credit_delay.
        parameters = new VcParameters(side, side, MeshParameters.Order.XY, size("num_vcs"), size("vc_buf_size"), size("routing_delay"),
            size("speculative") != 0, size("st_final_delay"), size("st_final_delay") > 1 ? 1 : 0, 1, 1, 2 + size("credit_delay"), 1, 2, 1);
        destinations();
    }

    String id() {
        return id;
    }

    boolean isLatency() {
        return CsvRows.cell(row, "mode", table).equals("latency");
    }

    boolean isStable() {
        return CsvRows.cell(row, "status", table).equals("ok");
    }

    double rate() {
        return CsvRows.real(row, "injection_rate", table);
    }

    double latency() {
        return CsvRows.real(row, "packet_latency_avg", table);
    }

    /** @return the table's own zero-load latency for the mean way of the packets */
    double zeroLoad() {
        return CsvRows.real(row, "t0_formula", table);
    }

    private int size(String column) {
        return CsvRows.size(row, column, table);
    }

    private TrafficRun.Destinations destinations() {
        if (traffic.startsWith("hotspot")) {
            // The accepted rates of these rows show that a single node received everything, although several are listed.
            int[] listed = Arrays.stream(traffic.replaceAll("\\D+", " ").strip().split(" ")).filter(s -> s.length() < 6 && !s.isEmpty())
                .mapToInt(Integer::parseInt).toArray();
            if (listed.length == 0 || listed[0] >= side * side) {
                throw new InvalidInputException(table + ": row " + id + ": no node of the mesh in '" + traffic + "'");
            }
            return (source, random) -> listed[0];
        }
        String name = traffic.equals("neighbor") ? "neighbour" : traffic;
        if (!Traffic.names().contains(name)) {
            throw new InvalidInputException(table + ": row " + id + ": unknown traffic '" + traffic + "'");
        }
        Traffic pattern = Traffic.valueOf(name.toUpperCase(Locale.ROOT));
        return (source, random) -> pattern.destination(source, side, side, random);
    }

    /** @param saturation of the row's curve, packets per node and cycle */
    Outcome run(double saturation) {
        int cycles = (int) Math.max(CYCLES_MIN, Math.min(CYCLES_MAX, PACKETS / (side * side * rate())));
        TrafficRun run = TrafficRun.of(new TrafficRun.Plan(rate(), WARM_UP, cycles, seed), destinations(), side, side,
            listener -> new VcMesh(parameters, listener));
        String name = String.format(Locale.ROOT, "%s %dx%d %s %s, %d x %d flits, rate %.2f: ", id, side, side, traffic,
            CsvRows.cell(row, "pipeline", table), parameters.channels(), parameters.buffer(), rate());
        String zeroLoad = zeroLoadFailure();
        if (!isLatency()) {
            return throughput(name, run, zeroLoad);
        }
        if (!isStable()) {
            boolean slow = !run.stable() || run.latency() > 2 * parameters.zeroLoadLatency(0, side * side - 1);
            return new Outcome(name + String.format(Locale.ROOT, "unstable, here latency %.0f, accepted %.3f", run.latency(), run.accepted()),
                zeroLoad != null ? zeroLoad : slow ? null : "unstable there, latency " + run.latency() + " here", false, 0);
        }
        double deviation = run.latency() / latency() - 1;
        boolean checked = rate() < BELOW_SATURATION * saturation;
        String text = name + String.format(Locale.ROOT, "latency %.2f, here %.2f, %+.1f %%, smallest %d%s", latency(), run.latency(), 100 * deviation,
            run.latencyMin(), checked ? "" : ", not below 80 % of saturation");
        return new Outcome(text, zeroLoad != null ? zeroLoad : checked ? belowSaturation(run, deviation) : nearSaturation(run), checked,
            Math.abs(deviation));
    }

    private String belowSaturation(TrafficRun run, double deviation) {
        double accepted = CsvRows.real(row, "accepted_rate_avg", table);
        if (!(Math.abs(deviation) <= TOLERANCE)) {
            return String.format(Locale.ROOT, "mean latency: expected %.3f within 5 %%, got %.3f", latency(), run.latency());
        }
        if (CsvRows.number(row, "packet_latency_min", table) != run.latencyMin()) {
            return "smallest latency: expected " + CsvRows.cell(row, "packet_latency_min", table) + ", got " + run.latencyMin();
        }
        return Math.abs(run.accepted() / accepted - 1) <= TOLERANCE ? null
            : String.format(Locale.ROOT, "accepted rate: expected %.4f within 5 %%, got %.4f", accepted, run.accepted());
    }

    private String nearSaturation(TrafficRun run) {
        double accepted = CsvRows.real(row, "accepted_rate_avg", table);
        boolean gross = !(run.latency() < GROSS_LATENCY * latency() && latency() < GROSS_LATENCY * run.latency())
            || Math.abs(run.accepted() / accepted - 1) > TOLERANCE;
        return gross ? String.format(Locale.ROOT, "near saturation: expected latency %.1f and %.4f accepted, got %.1f and %.4f", latency(), accepted,
            run.latency(), run.accepted()) : null;
    }

    private Outcome throughput(String name, TrafficRun run, String zeroLoad) {
        double accepted = CsvRows.real(row, "accepted_rate_avg", table);
        double deviation = run.accepted() / accepted - 1;
        double allowed = traffic.equals("uniform") ? TOLERANCE : GROSS_THROUGHPUT;
        String failure = Math.abs(deviation) <= allowed ? null
            : String.format(Locale.ROOT, "throughput: expected %.4f within %.0f %%, got %.4f", accepted, 100 * allowed, run.accepted());
        return new Outcome(name + String.format(Locale.ROOT, "throughput %.4f, here %.4f, %+.1f %%", accepted, run.accepted(), 100 * deviation),
            zeroLoad != null ? zeroLoad : failure, false, 0);
    }

    /** A packet alone, from each node to each: the formula of its pipeline, cycles a router times routers plus the ends. */
    private String zeroLoadFailure() {
        int nodes = side * side;
        int perRouter = size("routing_delay") + (size("speculative") != 0 ? 0 : 1) + 1 + size("st_final_delay") + 1;
        long[] latency = new long[1];
        VcMesh mesh = new VcMesh(parameters, (packet, tag, source, destination, offered, entered, cycle) -> latency[0] = cycle - offered);
        for (int pair = 0; pair < nodes * nodes; pair++) {
            int source = pair / nodes;
            int destination = pair % nodes;
            mesh.offer(source, destination, 0);
            mesh.drain();
            int routers = 1 + Math.abs(source % side - destination % side) + Math.abs(source / side - destination / side);
            double expected = perRouter * routers + ENDS;
            if (latency[0] != expected) {
                return String.format(Locale.ROOT, "alone from node %d to node %d: expected %.0f cycles, got %d", source, destination, expected,
                    latency[0]);
            }
        }
        double hops = CsvRows.real(row, "hops_avg_routers", table);
        if (isLatency() && isStable() && Math.abs(perRouter * hops + ENDS - zeroLoad()) > 1e-3 * zeroLoad()) {
            return String.format(Locale.ROOT, "t0_formula: expected %.4f, got %.4f", zeroLoad(), perRouter * hops + ENDS);
        }
        return null;
    }
}
