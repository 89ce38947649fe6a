package org.axongrid.emulator.trace;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import org.axongrid.emulator.cycle.StepMessages;
import org.axongrid.emulator.probe.Probe;

/**
 * Writes traces as a value change dump (IEEE 1364-2005, section 18) in picoseconds, for waveform viewers such as GTKWave.
 *
 * <p>Scope {@code system}: {@code step}, {@code bound} (0 compute, 1 receive, 2 network), {@code barrier}, {@code overrun}. Scope {@code core_N}:
 * {@code compute} (0 idle, 1 update or scan, 2 spike, 3 send), {@code receive} (0 idle, 1 decode, 2 synapses), {@code queue} (messages that wait for
 * the core), {@code spike} (an event) and {@code neuron} (the one that spiked last). Scope {@code router_X_Y}: {@code waiting} (packets of its cores
 * before the local port) and {@code under_way} (those in the mesh). Scope {@code probes}: each probed element's register at the end of a step.
 */
public final class VcdWriter implements TraceSink {
    private static final int SYSTEM = 4;
    private static final int PER_CORE = 5;
    private static final int PER_ROUTER = 2;

    private static final int MASK = (1 << StepFrame.INDEX_BITS) - 1;

    private final Writer out;
    private TraceLayout layout;
    private int[] width;
    private boolean[] isEvent;
    private long[] value;
    private int variables;
    private long written = -1;

    private long[] time = new long[256];
    private long[] change = new long[256];
    private long[] key = new long[256];
    private int[] variable = new int[256];
    private boolean[] relative = new boolean[256];
    private int changes;

    /** @param out where it goes */
    public VcdWriter(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(TraceLayout what) throws IOException {
        layout = what;
        int probed = what.probes().stream().mapToInt(p -> p.elements().length).sum();
        int n = SYSTEM + PER_CORE * what.cores().length + PER_ROUTER * what.routers().length + probed;
        width = new int[n];
        isEvent = new boolean[n];
        value = new long[n];
        out.write("$version Axongrid $end\n$comment " + word(what.name()) + " $end\n$timescale 1 ps $end\n$scope module axongrid $end\n");
        scope("system");
        declare("step", 32);
        declare("bound", 2);
        declare("barrier", 1);
        declare("overrun", 1);
        out.write("$upscope $end\n");
        for (int number : what.numbers()) {
            scope("core_" + number);
            declare("compute", 2);
            declare("receive", 2);
            declare("queue", 24);
            isEvent[variables] = true;
            declare("spike", 1);
            declare("neuron", 24);
            out.write("$upscope $end\n");
        }
        for (int router : what.routers()) {
            scope("router_" + what.routerName(router));
            declare("waiting", 24);
            declare("under_way", 24);
            out.write("$upscope $end\n");
        }
        if (probed > 0) {
            scope("probes");
            for (Probe p : what.probes()) {
                for (int element : p.elements()) {
                    declare(word(p.name()) + "_" + element, 32);
                }
            }
            out.write("$upscope $end\n");
        }
        out.write("$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n");
        for (int v = 0; v < variables; v++) {
            if (!isEvent[v]) {
                put(v, 0);
            }
        }
        out.write("$end\n");
        written = 0;
    }

    private void scope(String name) throws IOException {
        out.write("$scope module " + name + " $end\n");
    }

    private void declare(String name, int bits) throws IOException {
        width[variables] = bits;
        out.write("$var " + (isEvent[variables] ? "event" : "reg") + " " + bits + " " + code(variables) + " " + name
            + (bits > 1 ? " [" + (bits - 1) + ":0]" : "") + " $end\n");
        variables++;
    }

    @Override
    public long step(StepFrame step) throws IOException {
        changes = 0;
        long start = step.startPs();
        long end = start + step.row().totalPs();
        set(start, 0, step.row().step());
        set(start, 1, step.row().bound().ordinal());
        set(start, 2, 0);
        set(start, 3, step.row().overrun() ? 1 : 0);
        if (step.row().barrierPs() > 0) {
            set(Math.max(start, end - step.row().barrierPs()), 2, 1);
            set(end, 2, 0);
        }
        for (int c = 0; c < layout.cores().length; c++) {
            int first = SYSTEM + PER_CORE * c;
            phases(step.compute(c), first, start);
            phases(step.receive(c), first + 1, start);
            spikes(step.compute(c), first + 3, start);
        }
        queues(step, start, end);
        int v = SYSTEM + PER_CORE * layout.cores().length + PER_ROUTER * layout.routers().length;
        for (int[] values : step.probed()) {
            for (int x : values) {
                set(end, v++, x & 0xFFFFFFFFL);
            }
        }
        return flush();
    }

    private void phases(SliceList s, int variableOf, long start) {
        for (int i = 0; i < s.size(); i++) {
            int phase = s.kind(i).phase();
            if (phase > 0) {
                set(start + s.from(i), variableOf, phase);
                set(start + s.to(i), variableOf, 0);
            }
        }
    }

    private void spikes(SliceList s, int variableOf, long start) {
        for (int i = 0; i < s.size(); i++) {
            if (s.kind(i) == SliceKind.SPIKE) {
                set(start + s.to(i), variableOf + 1, s.argument(i));
                set(start + s.to(i), variableOf, 1);
            }
        }
    }

    private void queues(StepFrame step, long start, long end) {
        StepMessages m = step.messages();
        int routers = SYSTEM + PER_CORE * layout.cores().length;
        for (int k = 0; k < step.shownMessages(); k++) {
            int i = step.shownMessage(k);
            int to = layout.indexOf(m.destination(i));
            if (to >= 0) {
                pulse(start + m.deliveredPs(i), start + m.servedPs(i), SYSTEM + PER_CORE * to + 2, end);
            }
            int r = Arrays.binarySearch(layout.routers(), step.routerOf(m.source(i)));
            if (r >= 0) {
                pulse(start + m.readyPs(i), start + m.enteredPs(i), routers + PER_ROUTER * r, end);
                pulse(start + m.enteredPs(i), start + m.deliveredPs(i), routers + PER_ROUTER * r + 1, end);
            }
        }
    }

    /** One more from a time on, one less from another on; both by the end of the step. */
    private void pulse(long from, long to, int variableOf, long end) {
        add(Math.min(from, end), variableOf, 1, true);
        add(Math.min(to, end), variableOf, -1, true);
    }

    private void set(long at, int variableOf, long to) {
        add(at, variableOf, to, false);
    }

    private void add(long at, int variableOf, long to, boolean isRelative) {
        if (changes == time.length) {
            time = Arrays.copyOf(time, 2 * changes);
            change = Arrays.copyOf(change, 2 * changes);
            key = Arrays.copyOf(key, 2 * changes);
            variable = Arrays.copyOf(variable, 2 * changes);
            relative = Arrays.copyOf(relative, 2 * changes);
        }
        time[changes] = at;
        change[changes] = to;
        variable[changes] = variableOf;
        relative[changes++] = isRelative;
    }

    /** Writes the changes of a step in the order of time; what a variable becomes last at a time is what it has then. */
    private long flush() throws IOException {
        long base = Long.MAX_VALUE;
        for (int i = 0; i < changes; i++) {
            base = Math.min(base, time[i]);
        }
        StepFrame.requireFew(changes, "changes");
        for (int i = 0; i < changes; i++) {
            key[i] = time[i] - base << StepFrame.INDEX_BITS | i;
        }
        Arrays.sort(key, 0, changes);
        long[] was = value.clone();
        boolean[] touched = new boolean[variables];
        int[] list = new int[variables];
        int count = 0;
        long events = 0;
        for (int k = 0; k < changes; k++) {
            int i = (int) (key[k] & MASK);
            int v = variable[i];
            if (!touched[v]) {
                touched[v] = true;
                list[count++] = v;
            }
            value[v] = relative[i] ? value[v] + change[i] : change[i];
            boolean last = k + 1 == changes || time[(int) (key[k + 1] & MASK)] != time[i];
            if (last) {
                events += write(time[i], list, count, was);
                for (int n = 0; n < count; n++) {
                    touched[list[n]] = false;
                    was[list[n]] = value[list[n]];
                }
                count = 0;
            }
        }
        return events;
    }

    private long write(long at, int[] list, int count, long[] was) throws IOException {
        long events = 0;
        for (int n = 0; n < count; n++) {
            int v = list[n];
            if (isEvent[v] || value[v] != was[v]) {
                if (at != written) {
                    out.write("#" + at + "\n");
                    written = at;
                }
                put(v, value[v]);
                events++;
            }
        }
        return events;
    }

    private void put(int v, long x) throws IOException {
        out.write(width[v] == 1 ? (x & 1) + code(v) + "\n" : "b" + Long.toBinaryString(x) + " " + code(v) + "\n");
    }

    @Override
    public void end(long endPs) throws IOException {
        if (endPs > written) {
            out.write("#" + endPs + "\n");
        }
    }

    /** Identifier codes: printable characters from ! to ~, least significant first. */
    private static String code(int v) {
        StringBuilder text = new StringBuilder();
        for (int rest = v; text.length() == 0 || rest > 0; rest /= 94) {
            text.append((char) ('!' + rest % 94));
        }
        return text.toString();
    }

    /** Names have no blanks, and nothing that viewers take for a part of a path. */
    private static String word(String name) {
        String word = name.replaceAll("[^A-Za-z0-9_]", "_");
        return word.isEmpty() ? "_" : word;
    }
}
