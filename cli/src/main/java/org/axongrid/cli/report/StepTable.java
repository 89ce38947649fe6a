package org.axongrid.cli.report;

import java.util.List;
import java.util.Locale;
import org.axongrid.emulator.core.Stage;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.isa.image.ChipImage;

/** The time of each step with its parts, as a table for people and as CSV. */
public final class StepTable {
    private StepTable() { }

    /** @return one row a step, times in ns; stages are those of the cores that computed and received longest */
    public static String csv(List<StepLog.Row> rows, ChipImage image) {
        StringBuilder out = new StringBuilder("run,step,total_ns,bound_by,compute_ns,network_ns,receive_ns,barrier_ns,compute_core,receive_core");
        for (Stage s : Stage.values()) {
            out.append(',').append(s.key()).append("_ns");
        }
        out.append(",overrun,late\n");
        for (StepLog.Row r : rows) {
            out.append(String.format(Locale.ROOT, "%d,%d,%s,%s,%s,%s,%s,%s,%d,%d", r.run(), r.step(), ns(r.totalPs()), r.bound().name().toLowerCase(Locale.ROOT),
                ns(r.computePs()), ns(r.networkPs()), ns(r.receivePs()), ns(r.barrierPs()), image.cores().get(r.computeCore()).core(),
                image.cores().get(r.receiveCore()).core()));
            for (long ps : r.stagesPs()) {
                out.append(',').append(ns(ps));
            }
            out.append(',').append(r.overrun() ? 1 : 0).append(',').append(r.late()).append('\n');
        }
        return out.toString();
    }

    /** @return the steps of the first run, at most so many, as lines of a report */
    public static String text(List<StepLog.Row> rows, ChipImage image, int most) {
        StringBuilder out = new StringBuilder("  step       total  bound by     compute     network     receive     barrier   busiest core: update,"
            + " spike, send; receive: decode, synapses\n");
        int n = 0;
        for (StepLog.Row r : rows) {
            if (r.run() > 0 || n++ >= most) {
                break;
            }
            long[] s = r.stagesPs();
            out.append(String.format(Locale.ROOT, "  %4d %11s  %-8s %11s %11s %11s %11s   %d: %s, %s, %s; %d: %s, %s%s%n", r.step(), us(r.totalPs()),
                r.bound().name().toLowerCase(Locale.ROOT), us(r.computePs()), us(r.networkPs()), us(r.receivePs()), us(r.barrierPs()),
                image.cores().get(r.computeCore()).core(),
                us(s[Stage.UPDATE.ordinal()] + s[Stage.SCAN.ordinal()] + s[Stage.INTEGRATE.ordinal()]), us(s[Stage.SPIKE.ordinal()]),
                us(s[Stage.SEND.ordinal()]), image.cores().get(r.receiveCore()).core(), us(s[Stage.DECODE.ordinal()]),
                us(Math.max(s[Stage.FETCH.ordinal()], s[Stage.ACCUMULATE.ordinal()])), r.overrun() ? "  OVERRUN" : ""));
        }
        if (rows.stream().filter(r -> r.run() == 0).count() > most) {
            out.append("  ... and more: --step-times FILE.csv\n");
        }
        return out.toString();
    }

    private static String ns(long ps) {
        return String.format(Locale.ROOT, "%d.%03d", ps / 1000, ps % 1000);
    }

    private static String us(long ps) {
        return String.format(Locale.ROOT, "%.3f us", ps * 1e-6);
    }
}
