package org.axongrid.emulator.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.cycle.StepMessages;
import org.axongrid.emulator.engine.StepLog;

/**
 * Writes traces as JSON in the Trace Event Format (JSON Object Format), which Chrome's and Perfetto's trace viewers read: process 1 has the steps,
 * process 2 two threads for each core, computing and receiving, process 3 a thread for each router. Slices are complete events ({@code X}), messages
 * are flows from the slice that sent them to the slice that received them ({@code s}, {@code f}), queues are counters ({@code C}).
 */
public final class PerfettoWriter implements TraceSink {
    private static final int STEPS = 1;
    private static final int CORES = 2;
    private static final int ROUTERS = 3;

    private final Writer out;
    private final StepCosts costs;
    private TraceLayout layout;
    private boolean first = true;
    private long events;
    private long flows;

    /**
     * @param out   where it goes
     * @param costs times of the traced system's operations
     */
    public PerfettoWriter(Writer out, StepCosts costs) {
        this.out = out;
        this.costs = costs;
    }

    @Override
    public void begin(TraceLayout what) throws IOException {
        layout = what;
        out.write("{\"displayTimeUnit\":\"ns\",\"otherData\":{\"model\":" + quoted(what.name()) + "},\"traceEvents\":[");
        name("process_name", STEPS, 0, "steps");
        name("thread_name", STEPS, 1, "steps and barriers");
        name("process_name", CORES, 0, "cores");
        for (int c = 0; c < what.cores().length; c++) {
            name("thread_name", CORES, 2 * c + 1, "core " + what.numbers()[c] + " compute");
            name("thread_name", CORES, 2 * c + 2, "core " + what.numbers()[c] + " receive");
        }
        name("process_name", ROUTERS, 0, "routers");
        for (int r = 0; r < what.routers().length; r++) {
            name("thread_name", ROUTERS, r + 1, "router " + what.routerName(what.routers()[r]));
        }
    }

    private void name(String what, int process, int thread, String name) throws IOException {
        event("{\"ph\":\"M\",\"name\":\"" + what + "\",\"pid\":" + process + ",\"tid\":" + thread + ",\"args\":{\"name\":" + quoted(name) + "}}");
    }

    @Override
    public long step(StepFrame step) throws IOException {
        long before = events;
        StepLog.Row row = step.row();
        long start = step.startPs();
        long barrier = Math.min(row.barrierPs(), row.totalPs());
        slice("step " + row.step(), STEPS, 1, start, start + row.totalPs(), String.format(Locale.ROOT,
            "{\"run\":%d,\"bound_by\":\"%s\",\"compute_ns\":%s,\"network_ns\":%s,\"receive_ns\":%s,\"overrun\":%b,\"late\":%d}", row.run(),
            row.bound().name().toLowerCase(Locale.ROOT), nanoseconds(row.computePs()), nanoseconds(row.networkPs()), nanoseconds(row.receivePs()),
            row.overrun(), row.late()));
        if (barrier > 0) {
            slice("barrier", STEPS, 1, start + row.totalPs() - barrier, start + row.totalPs(), null);
        }
        if (row.overrun()) {
            event("{\"ph\":\"i\",\"name\":\"overrun\",\"s\":\"p\",\"pid\":1,\"tid\":1,\"ts\":" + microseconds(start + row.totalPs()) + "}");
        }
        for (int c = 0; c < layout.cores().length; c++) {
            slices(step.compute(c), CORES, 2 * c + 1, start);
            slices(step.receive(c), CORES, 2 * c + 2, start);
        }
        for (int r = 0; r < layout.routers().length; r++) {
            slices(step.router(r), ROUTERS, r + 1, start);
        }
        messages(step, start);
        return events - before;
    }

    private void slices(SliceList s, int process, int thread, long start) throws IOException {
        for (int i = 0; i < s.size(); i++) {
            SliceKind kind = s.kind(i);
            slice(kind.key(), process, thread, start + s.from(i), start + s.to(i),
                kind.argument().isEmpty() ? null : "{\"" + kind.argument() + "\":" + s.argument(i) + "}");
        }
    }

    private void slice(String name, int process, int thread, long from, long to, String arguments) throws IOException {
        event("{\"ph\":\"X\",\"name\":\"" + name + "\",\"pid\":" + process + ",\"tid\":" + thread + ",\"ts\":" + microseconds(from) + ",\"dur\":"
            + microseconds(to - from) + (arguments == null ? "" : ",\"args\":" + arguments) + "}");
    }

    /** A flow for each message whose two ends are traced and within the step. */
    private void messages(StepFrame step, long start) throws IOException {
        StepMessages m = step.messages();
        long limit = step.row().totalPs();
        for (int k = 0; k < step.shownMessages(); k++) {
            int i = step.shownMessage(k);
            int from = layout.indexOf(m.source(i));
            int to = layout.indexOf(m.destination(i));
            if (from < 0 || to < 0 || m.isHeld(i) || m.servedPs(i) > limit || m.readyPs(i) - costs.messageOutPs() > limit) {
                continue;
            }
            flow('s', flows, 2 * from + 1, start + m.readyPs(i) - costs.messageOutPs());
            flow('f', flows++, 2 * to + 2, start + m.servedPs(i));
        }
    }

    private void flow(char phase, long id, int thread, long ps) throws IOException {
        event("{\"ph\":\"" + phase + "\",\"name\":\"message\",\"cat\":\"spike\",\"id\":" + id + ",\"pid\":" + CORES + ",\"tid\":" + thread + ",\"ts\":"
            + microseconds(ps) + (phase == 'f' ? ",\"bp\":\"e\"}" : "}"));
    }

    @Override
    public void end(long endPs) throws IOException {
        out.write("\n]}\n");
    }

    private void event(String json) throws IOException {
        out.write(first ? "\n" : ",\n");
        out.write(json);
        first = false;
        events++;
    }

    /** Times of the format are microseconds; six digits keep each picosecond. */
    private static String microseconds(long ps) {
        return fixed(ps, 1_000_000);
    }

    private static String nanoseconds(long ps) {
        return fixed(ps, 1_000);
    }

    private static String fixed(long ps, int unit) {
        String part = Long.toString(unit + ps % unit).substring(1);
        return ps / unit + "." + part;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            json.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : Character.toString(c));
        }
        return json.append('"').toString();
    }
}
