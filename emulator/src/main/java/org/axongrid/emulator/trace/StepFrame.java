package org.axongrid.emulator.trace;

import java.util.Arrays;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.core.Stage;
import org.axongrid.emulator.cycle.CycleClock;
import org.axongrid.emulator.cycle.StepMessages;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.isa.InvalidInputException;

/** One step of a trace: what the traced cores and routers did when. Used again for each step. */
public final class StepFrame {
    /** A time and a number of up to so many bits are sorted as one. */
    static final int INDEX_BITS = 22;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    private final TraceLayout layout;
    private final CycleClock clock;
    private final StepCosts costs;
    private final SliceList[] compute;
    private final SliceList[] receive;
    private final SliceList[] router;
    private StepLog.Row row;
    private long startPs;
    private int[] order = new int[64];
    private int[] shown = new int[64];
    private int shownCount;
    private int[][] probed;

    /**
     * @param layout what is traced
     * @param clock  of the running system
     * @param costs  times of operations
     */
    StepFrame(TraceLayout layout, CycleClock clock, StepCosts costs) {
        this.layout = layout;
        this.clock = clock;
        this.costs = costs;
        compute = lists(layout.cores().length);
        receive = lists(layout.cores().length);
        router = lists(layout.routers().length);
    }

    private static SliceList[] lists(int n) {
        SliceList[] lists = new SliceList[n];
        Arrays.setAll(lists, i -> new SliceList());
        return lists;
    }

    /** Takes the step that just ended. */
    void fill(StepLog.Row step, long start, Neurocore[] cores, int[][] probes) {
        row = step;
        startPs = start;
        probed = probes;
        for (int i = 0; i < layout.cores().length; i++) {
            compute(cores[layout.cores()[i]], compute[i]);
        }
        messages(cores);
        for (int i = 0; i < router.length; i++) {
            packets(layout.routers()[i], router[i]);
        }
    }

    private void compute(Neurocore core, SliceList slices) {
        slices.clear();
        long limit = row.totalPs();
        long[] cursor = {0};
        core.forEachMessage(new Neurocore.MessageVisitor() {
            @Override
            public void spike(int compartment, long producedPs) {
                long from = producedPs - costs.spikePs();
                if (from > cursor[0]) {
                    slices.add(SliceKind.UPDATE, 0, cursor[0], from, limit);
                }
                slices.add(SliceKind.SPIKE, compartment, from, producedPs, limit);
                cursor[0] = producedPs;
            }

            @Override
            public void message(int destination, int line, int steps, long readyPs) {
                slices.add(SliceKind.SEND, destination, readyPs - costs.messageOutPs(), readyPs, limit);
                cursor[0] = readyPs;
            }
        });
        if (cursor[0] < core.computePs()) {
            slices.add(SliceKind.UPDATE, 0, cursor[0], core.computePs(), limit);
        }
    }

    /** Receptions, by the time at which they begin, and the messages that a traced core sent or received. */
    private void messages(Neurocore[] cores) {
        StepMessages m = clock.messages();
        if (order.length < m.size()) {
            order = new int[2 * m.size()];
            shown = new int[2 * m.size()];
        }
        shownCount = 0;
        int n = 0;
        for (int i = 0; i < m.size(); i++) {
            boolean to = layout.indexOf(m.destination(i)) >= 0;
            if (to) {
                order[n++] = i;
            }
            if (to || layout.indexOf(m.source(i)) >= 0 || Arrays.binarySearch(layout.routers(), clock.routerOf(m.source(i))) >= 0) {
                shown[shownCount++] = i;
            }
        }
        sort(order, n, m);
        for (SliceList r : receive) {
            r.clear();
        }
        for (int k = 0; k < n; k++) {
            int i = order[k];
            SliceList slices = receive[layout.indexOf(m.destination(i))];
            long from = m.servedPs(i);
            long decoded = from + cores[m.destination(i)].servicePs(m.line(i), Stage.DECODE);
            slices.add(SliceKind.RECEIVE, m.source(i), from, m.receivedPs(i), row.totalPs());
            slices.add(SliceKind.DECODE, 0, from, decoded, row.totalPs());
            slices.add(SliceKind.SYNAPSES, 0, decoded, m.receivedPs(i), row.totalPs());
        }
    }

    static void requireFew(int n, String what) {
        if (n > INDEX_MASK) {
            throw new InvalidInputException("a step has " + n + " " + what + ", more than a trace can hold (" + INDEX_MASK + "); trace fewer cores");
        }
    }

    private static void sort(int[] messages, int n, StepMessages m) {
        long[] keys = new long[n];
        for (int k = 0; k < n; k++) {
            keys[k] = m.servedPs(messages[k]) << INDEX_BITS | k;
        }
        requireFew(n, "messages");
        int[] before = Arrays.copyOf(messages, n);
        Arrays.sort(keys);
        for (int k = 0; k < n; k++) {
            messages[k] = before[(int) (keys[k] & INDEX_MASK)];
        }
    }

    /** Times in which packets of a router's own cores wait for it or are under way, run together. */
    private void packets(int r, SliceList slices) {
        StepMessages m = clock.messages();
        requireFew(m.size(), "messages");
        slices.clear();
        long[] from = new long[m.size()];
        int n = 0;
        for (int i = 0; i < m.size(); i++) {
            if (clock.routerOf(m.source(i)) == r) {
                from[n++] = m.readyPs(i) << INDEX_BITS | i;
            }
        }
        Arrays.sort(from, 0, n);
        long start = 0;
        long end = -1;
        int count = 0;
        for (int k = 0; k <= n; k++) {
            int i = k < n ? (int) (from[k] & INDEX_MASK) : 0;
            if (k == n || m.readyPs(i) > end) {
                if (count > 0) {
                    slices.add(SliceKind.PACKETS, count, start, end, row.totalPs());
                }
                if (k == n) {
                    return;
                }
                start = m.readyPs(i);
                count = 0;
            }
            end = Math.max(end, m.deliveredPs(i));
            count++;
        }
    }

    /** @return what bounded the step */
    public StepLog.Row row() {
        return row;
    }

    /** @return start of the step since the first one, ps */
    public long startPs() {
        return startPs;
    }

    /** @return the slices of a traced core's computing: {@link SliceKind#UPDATE}, {@code SPIKE} and {@code SEND} */
    public SliceList compute(int traced) {
        return compute[traced];
    }

    /** @return the slices of a traced core's receiving: each {@link SliceKind#RECEIVE} is followed by its parts */
    public SliceList receive(int traced) {
        return receive[traced];
    }

    /** @return the slices of a traced router: {@link SliceKind#PACKETS} */
    public SliceList router(int traced) {
        return router[traced];
    }

    /** @return all messages of the step */
    public StepMessages messages() {
        return clock.messages();
    }

    /** @return number of messages that a traced core received or a core at a traced router sent */
    public int shownMessages() {
        return shownCount;
    }

    /** @return the {@code k}th of them, for {@link #messages} */
    public int shownMessage(int k) {
        return shown[k];
    }

    /** @return router of a core by index */
    public int routerOf(int core) {
        return clock.routerOf(core);
    }

    /** @return by probe of the layout: the values at the end of the step */
    public int[][] probed() {
        return probed;
    }
}
