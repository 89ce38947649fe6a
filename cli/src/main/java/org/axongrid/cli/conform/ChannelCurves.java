package org.axongrid.cli.conform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axongrid.isa.InvalidInputException;

/**
 * Curves of latency and throughput that another simulator measured with virtual-channel routers (a table with a row per injection rate), against
 * {@link org.axongrid.emulator.noc.VcMesh}. What is held against what is said in {@link ChannelRow}; each row is stated.
 */
final class ChannelCurves {
    private static final int THREADS_MAX = 8;
    private static final List<String> CURVE = List.of("k", "n", "traffic", "pipeline", "num_vcs", "vc_buf_size");
    /** A curve is saturated where latency is above this many zero-load latencies (Dally and Towles 2004, section 23.1, leave the factor open). */
    private static final double SATURATED = 3;

    private ChannelCurves() { }

    /** Replays all rows, several at a time; each has random numbers of its own, so results do not depend on threads. */
    static void replay(Path table, Tally tally) {
        replay(table, tally, Math.max(1, Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors())));
    }

    /** Replays all rows by so many threads. */
    static void replay(Path table, Tally tally, int threads) {
        List<Map<String, String>> rows = CsvRows.read(table);
        List<ChannelRow> parsed = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            parsed.add(new ChannelRow(rows.get(i), table, i + 1));
        }
        Map<String, Double> saturation = saturation(rows, parsed, table);
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "channel-rows");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<ChannelRow.Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < parsed.size(); i++) {
                ChannelRow row = parsed.get(i);
                double limit = saturation.get(curve(rows.get(i), table));
                outcomes.add(pool.submit(() -> row.run(limit)));
            }
            report(parsed, outcomes, table, tally);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void report(List<ChannelRow> rows, List<Future<ChannelRow.Outcome>> outcomes, Path table, Tally tally) {
        int checked = 0;
        double largest = 0;
        for (int i = 0; i < rows.size(); i++) {
            ChannelRow.Outcome outcome = result(outcomes.get(i), table);
            tally.remark(outcome.text());
            if (outcome.failure() == null) {
                tally.passed();
            } else {
                tally.failed(rows.get(i).id(), outcome.failure());
            }
            checked += outcome.checked() ? 1 : 0;
            largest = Math.max(largest, outcome.checked() ? outcome.deviation() : 0);
        }
        tally.remark(String.format(Locale.ROOT, "%d rows below 80 %% of saturation: latency within 5 %%, the largest deviation is %.1f %%; %d rows at or above, "
            + "stated only unless grossly wrong; the seed of a row is its number", checked, 100 * largest, rows.size() - checked));
    }

    private static ChannelRow.Outcome result(Future<ChannelRow.Outcome> future, Path table) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidInputException(table + ": interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidInputException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String curve(Map<String, String> row, Path table) {
        return String.join(" ", CURVE.stream().map(c -> CsvRows.cell(row, c, table)).toList());
    }

    /** @return by curve: the lowest rate that is unstable or slow; infinity where there is none, since then no row is near saturation */
    private static Map<String, Double> saturation(List<Map<String, String>> rows, List<ChannelRow> parsed, Path table) {
        Map<String, Double> lowest = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            ChannelRow row = parsed.get(i);
            boolean saturated = row.isLatency() && (!row.isStable() || row.latency() > SATURATED * row.zeroLoad());
            lowest.merge(curve(rows.get(i), table), saturated ? row.rate() : Double.POSITIVE_INFINITY, Math::min);
        }
        return lowest;
    }
}
