package org.axongrid.emulator.noc;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.axongrid.isa.InvalidInputException;

/**
 * Several meshes of the same routers side by side, as the two physical meshes of Loihi (project reference on the network, section 4): the packets of
 * a core take them in turn. Packets that take different meshes may overtake each other.
 */
public final class MeshGroup implements Mesh {
    private static final int MESHES_MAX = 8;
    private static final int FIELDS = 7;

    private final List<Mesh> meshes;
    private final DeliveryListener listener;
    private final int routers;
    private final byte[] turn;
    private final MeshCounters counters;
    /** Deliveries of a cycle: by router, and then by mesh. */
    private long[] order = new long[16];
    private long[] fields = new long[16 * FIELDS];
    private int size;

    /**
     * @param count    meshes, 1 to {@value #MESHES_MAX}
     * @param routers  of each
     * @param make     makes one that tells a listener
     * @param listener receives deliveries; packet numbers are unique within one mesh only
     */
    public MeshGroup(int count, int routers, Function<DeliveryListener, Mesh> make, DeliveryListener listener) {
        if (count < 1 || count > MESHES_MAX) {
            throw new InvalidInputException(count + " meshes, expected 1 to " + MESHES_MAX);
        }
        this.listener = listener;
        this.routers = routers;
        turn = new byte[routers];
        Mesh[] all = new Mesh[count];
        Arrays.setAll(all, i -> make.apply((packet, tag, source, destination, offered, entered, cycle) ->
            note(i, packet, tag, source, destination, offered, entered, cycle)));
        meshes = List.of(all);
        counters = new MeshCounters(routers * PORTS);
    }

    private void note(int mesh, int packet, int tag, int source, int destination, long offered, long entered, long cycle) {
        if (size == order.length) {
            order = Arrays.copyOf(order, 2 * size);
            fields = Arrays.copyOf(fields, 2 * size * FIELDS);
        }
        order[size] = ((long) destination * MESHES_MAX + mesh) << 32 | size;
        int at = size++ * FIELDS;
        fields[at] = packet;
        fields[at + 1] = tag;
        fields[at + 2] = source;
        fields[at + 3] = destination;
        fields[at + 4] = offered;
        fields[at + 5] = entered;
        fields[at + 6] = cycle;
    }

    @Override
    public long cycle() {
        return meshes.get(0).cycle();
    }

    /** @return the sums over all meshes at the moment of the call, in an object that the next call overwrites */
    @Override
    public MeshCounters counters() {
        counters.setToSum(meshes.stream().map(Mesh::counters).toList());
        return counters;
    }

    @Override
    public boolean drained() {
        for (Mesh m : meshes) {
            if (!m.drained()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int offer(int source, int destination, int tag) {
        if (source < 0 || source >= routers) {
            throw new IllegalArgumentException("from " + source + " to " + destination + " on a mesh of " + routers + " routers");
        }
        int mesh = turn[source];
        turn[source] = (byte) (mesh + 1 == meshes.size() ? 0 : mesh + 1);
        return meshes.get(mesh).offer(source, destination, tag);
    }

    @Override
    public long nextEventCycle() {
        long next = Long.MAX_VALUE;
        for (Mesh m : meshes) {
            next = Math.min(next, m.nextEventCycle());
        }
        return next;
    }

    @Override
    public void skipTo(long to) {
        for (Mesh m : meshes) {
            m.skipTo(to);
        }
    }

    @Override
    public void step() {
        for (Mesh m : meshes) {
            m.step();
        }
        Arrays.sort(order, 0, size);
        for (int i = 0; i < size; i++) {
            int at = (int) order[i] * FIELDS;
            listener.delivered((int) fields[at], (int) fields[at + 1], (int) fields[at + 2], (int) fields[at + 3], fields[at + 4], fields[at + 5],
                fields[at + 6]);
        }
        size = 0;
    }

    @Override
    public long drainCycle() {
        long last = 0;
        for (Mesh m : meshes) {
            last = Math.max(last, m.drainCycle());
        }
        return last;
    }
}
