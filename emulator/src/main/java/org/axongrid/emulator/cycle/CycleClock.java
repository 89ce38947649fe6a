package org.axongrid.emulator.cycle;

import java.util.Arrays;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.noc.MeshCounters;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.Xy1Mesh;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.ChipImage;

/**
 * Times a step from its messages: each leaves its core when the core has produced it, crosses the mesh cycle by cycle with back-pressure, and
 * waits for its core, which receives one after the other. Compute, network and receive overlap (model TS1, project reference on the network,
 * section 8.3); the barrier is not included.
 *
 * <p>Cores of one tile share its router. The chips of a system stand side by side, so their meshes are one. Only times come from here: what the
 * cores compute does not depend on it.
 */
public final class CycleClock {
    private final NetworkTiming timing;
    private final Xy1Mesh mesh;
    private final long periodPs;
    /** Whether messages travel at once and wait at their destination, rather than at the sender. */
    private final boolean held;
    private final int[] router;
    private final long[] received;
    private final long[] service;
    private MessageLog now = new MessageLog();
    private final MessageLog[] later;
    private long stepStart;
    private long[] order = new long[256];

    private long computePs;
    private long networkPs;
    private long receivePs;
    private int lastReceiver;
    private long late;

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
        later = new MessageLog[horizon + 1];
        Arrays.setAll(later, i -> new MessageLog());
        mesh = new Xy1Mesh(new MeshParameters(width, chip.get(ChipParameter.MESH_HEIGHT), MeshParameters.Order.XY, timing.buffer(), timing.hopX(),
            timing.hopY(), timing.credit(), timing.injection(), timing.ejection()), this::delivered);
    }

    private void delivered(int packet, int message, int source, int destination, long offered, long entered, long cycle) {
        networkPs = (cycle - stepStart) * timing.quantumPs();
        int core = now.destination[message];
        if (networkPs > now.duePs[message]) {
            late++;
        }
        received[core] = Math.max(received[core], networkPs) + now.servicePs[message];
        service[core] += now.servicePs[message];
    }

    /**
     * Times one step.
     *
     * @param t     its number
     * @param cores all cores, in image order, after the step
     */
    public void step(int t, Neurocore[] cores) {
        MessageLog swap = now;
        now = later[t % later.length];
        later[t % later.length] = swap;
        swap.size = 0;
        computePs = 0;
        for (int c = 0; c < cores.length; c++) {
            computePs = Math.max(computePs, cores[c].computePs());
            int from = router[c];
            cores[c].forEachMessage((destination, line, steps, readyPs) -> {
                // An axon delay is spent at the sender: the message goes out at the start of a later step.
                boolean atOnce = held || steps == 1;
                MessageLog log = atOnce ? now : later[(t + steps - 1) % later.length];
                long due = held && periodPs > 0 ? steps * periodPs : Long.MAX_VALUE;
                log.add(from, destination, due, atOnce ? readyPs : 0, cores[destination].servicePs(line));
            });
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
                mesh.offer(now.source[m], router[now.destination[m]], m);
            }
            mesh.step();
        }
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

    /** Messages of one step, as parallel arrays. */
    private static final class MessageLog {
        int[] source = new int[64];
        int[] destination = new int[64];
        long[] duePs = new long[64];
        long[] readyPs = new long[64];
        long[] servicePs = new long[64];
        int size;

        void add(int from, int to, long due, long ready, long toServe) {
            if (size == source.length) {
                source = Arrays.copyOf(source, 2 * size);
                destination = Arrays.copyOf(destination, 2 * size);
                duePs = Arrays.copyOf(duePs, 2 * size);
                readyPs = Arrays.copyOf(readyPs, 2 * size);
                servicePs = Arrays.copyOf(servicePs, 2 * size);
            }
            source[size] = from;
            destination[size] = to;
            duePs[size] = due;
            readyPs[size] = ready;
            servicePs[size++] = toServe;
        }
    }
}
