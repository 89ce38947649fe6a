package org.axongrid.emulator.cycle;

import java.util.Arrays;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.Stage;
import org.axongrid.emulator.noc.AnalyticMesh;
import org.axongrid.emulator.noc.Mesh;
import org.axongrid.emulator.noc.MeshCounters;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.ChipImage;

/**
 * Times a step from its messages: each leaves its core when the core has produced it, crosses the mesh cycle by cycle with back-pressure, and
 * waits for its core, which receives one after the other. Compute, network and receive overlap (model TS1, project reference on the network,
 * section 8.3); the barrier is not included.
 *
 * <p>Cores of one tile share its router. The chips of a system stand side by side, so their meshes are one, with links of their own between chips. Only times come from here: what the
 * cores compute does not depend on it.
 */
public final class CycleClock {
    private final NetworkTiming timing;
    private final Mesh mesh;
    /** The mesh if it copies packets on their way; null if each copy goes its own way. */
    private final AnalyticMesh copying;
    private final long periodPs;
    /** Whether messages travel at once and wait at their destination, rather than at the sender. */
    private final boolean held;
    private final int[] router;
    private final long[] received;
    private final long[] service;
    private StepMessages now = new StepMessages();
    private final StepMessages[] later;
    private long stepStart;
    private long[] order = new long[256];

    private final Collector collector = new Collector();
    private Neurocore[] cores;
    private int step;
    private int sender;
    private boolean watched;

    private long computePs;
    private long networkPs;
    private long receivePs;
    private int lastReceiver;
    private long late;
    private long lateInStep;

    /**
     * @param image    the mapped network
     * @param timing   the mesh's times
     * @param periodPs fixed length of a step, 0 if there is none
     * @param horizon  longest axon delay of the image plus one
     */
    public CycleClock(ChipImage image, NetworkTiming timing, long periodPs, int horizon) {
        ChipSpec chip = image.chip();
        this.timing = timing;
        this.periodPs = periodPs;
        this.held = chip.coreModel() == CoreModel.TRUENORTH;
        int width = chip.get(ChipParameter.MESH_WIDTH) * image.chips();
        router = image.cores().stream().mapToInt(c -> chip.rowOf(c.core()) * width + chip.columnOf(c.core())).toArray();
        received = new long[router.length];
        service = new long[router.length];
        later = new StepMessages[horizon + 1];
        Arrays.setAll(later, i -> new StepMessages());
        mesh = timing.mesh(width, chip.get(ChipParameter.MESH_HEIGHT), chip.get(ChipParameter.MESH_WIDTH), this::delivered);
        copying = mesh instanceof AnalyticMesh analytic ? analytic : null;
    }

    private void delivered(int packet, int message, int source, int destination, long offered, long entered, long cycle) {
        networkPs = (cycle - stepStart) * timing.quantumPs();
        int core = now.destination[message];
        if (networkPs > now.duePs[message]) {
            late++;
            lateInStep++;
        }
        long from = Math.max(received[core], networkPs);
        received[core] = from + now.servicePs[message];
        service[core] += now.servicePs[message];
        if (watched) {
            now.delivered(message, (entered - stepStart) * timing.quantumPs(), networkPs, from);
        }
    }

    /** Keeps when each message of a step was where, from the next step on: {@link #messages()}. */
    public void watch() {
        watched = true;
    }

    /** @return the router of a core, by index: row times the width of all chips side by side, plus column */
    public int routerOf(int core) {
        return router[core];
    }

    /** @return the messages that the last step put on the network */
    public StepMessages messages() {
        return now;
    }

    /**
     * Times one step.
     *
     * @param t     its number
     * @param cores all cores, in image order, after the step
     */
    public void step(int t, Neurocore[] cores) {
        StepMessages swap = now;
        now = later[t % later.length];
        later[t % later.length] = swap;
        swap.size = 0;
        this.cores = cores;
        step = t;
        lateInStep = 0;
        computePs = 0;
        for (int c = 0; c < cores.length; c++) {
            computePs = Math.max(computePs, cores[c].computePs());
            sender = c;
            cores[c].forEachMessage(collector);
        }
        transport();
        receivePs = 0;
        lastReceiver = 0;
        for (int c = 0; c < received.length; c++) {
            if (received[c] > receivePs) {
                receivePs = received[c];
                lastReceiver = c;
            }
        }
        // Only without contention in routers: the busiest link's load may bound the step although every message is there earlier.
        receivePs = Math.max(receivePs, networkPs);
    }

    /** Puts messages where they belong: on the network now, or at the start of a later step. */
    private final class Collector implements Neurocore.MessageVisitor {
        @Override
        public void message(int destination, int line, int steps, long readyPs) {
            add(destination, line, steps, readyPs, false);
        }

        @Override
        public void branch(int destination, int line, int steps, long readyPs) {
            add(destination, line, steps, readyPs, true);
        }

        private void add(int destination, int line, int steps, long readyPs, boolean copy) {
            // An axon delay is spent at the sender: the message goes out at the start of a later step.
            boolean atOnce = held || steps == 1;
            StepMessages log = atOnce ? now : later[(step + steps - 1) % later.length];
            long due = held && periodPs > 0 ? steps * periodPs : Long.MAX_VALUE;
            log.add(sender, destination, line, copy, due, !atOnce, atOnce ? readyPs : 0, cores[destination].servicePs(line));
        }
    }

    private void transport() {
        stepStart = mesh.cycle();
        networkPs = 0;
        Arrays.fill(received, 0);
        Arrays.fill(service, 0);
        if (order.length < now.size) {
            order = new long[now.size * 2];
        }
        for (int m = 0; m < now.size; m++) {
            long ready = (now.readyPs[m] + timing.quantumPs() - 1) / timing.quantumPs();
            order[m] = ready << 32 | m;
        }
        Arrays.sort(order, 0, now.size);
        int next = 0;
        while (next < now.size || !mesh.drained()) {
            long offer = next < now.size ? stepStart + (order[next] >>> 32) : Long.MAX_VALUE;
            mesh.skipTo(Math.max(mesh.cycle(), Math.min(mesh.nextEventCycle(), offer)));
            while (next < now.size && stepStart + (order[next] >>> 32) == mesh.cycle()) {
                int m = (int) order[next++];
                if (copying != null && now.branch[m]) {
                    copying.branch(router[now.source[m]], router[now.destination[m]], m);
                } else {
                    mesh.offer(router[now.source[m]], router[now.destination[m]], m);
                }
            }
            mesh.step();
        }
        networkPs = now.size == 0 ? 0 : Math.max(networkPs, (mesh.drainCycle() - stepStart) * timing.quantumPs());
    }

    /** @return end of the longest compute of the last step, ps */
    public long computePs() {
        return computePs;
    }

    /** @return last delivery of the last step, ps */
    public long networkPs() {
        return networkPs;
    }

    /** @return end of the longest receiving of the last step, ps */
    public long receivePs() {
        return receivePs;
    }

    /** @return index of the core that finished receiving last */
    public int lastReceiver() {
        return lastReceiver;
    }

    /** @return time that the core which finished receiving last spent on a stage of receiving, ps */
    public long receivedPs(Stage stage) {
        long sum = 0;
        for (int m = 0; m < now.size; m++) {
            if (now.destination[m] == lastReceiver) {
                sum += cores[lastReceiver].servicePs(now.line[m], stage);
            }
        }
        return sum;
    }

    /** @return messages of the last step among those of {@link #late} */
    public long lateInStep() {
        return lateInStep;
    }

    /** @return whether the core that finished receiving last spent more time waiting for messages than serving them */
    public boolean waitedForNetwork() {
        return receivePs - service[lastReceiver] > service[lastReceiver];
    }

    /** @return messages that came after the start of the step in which they take effect, if steps have a fixed length */
    public long late() {
        return late;
    }

    /** @return counters of the mesh since the clock was made */
    public MeshCounters mesh() {
        return mesh.counters();
    }
}
