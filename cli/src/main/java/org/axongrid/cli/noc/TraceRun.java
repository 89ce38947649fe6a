package org.axongrid.cli.noc;

import java.util.List;
import java.util.function.Function;
import org.axongrid.emulator.noc.DeliveryListener;
import org.axongrid.emulator.noc.Mesh;
import org.axongrid.emulator.noc.MeshCounters;

/**
 * A trace through a mesh.
 *
 * @param entered   by packet of the trace: cycle in which it entered the mesh
 * @param delivered by packet: cycle of its delivery
 * @param counters  of the mesh
 * @param cycles    last delivery; without contention, no earlier than the busiest link allows
 */
public record TraceRun(long[] entered, long[] delivered, MeshCounters counters, long cycles) {
    /** @return the run of a trace until all packets are delivered; idle cycles are skipped */
    public static TraceRun of(PacketTrace trace, Function<DeliveryListener, Mesh> meshes) {
        List<PacketTrace.Packet> packets = trace.packets();
        long[] entered = new long[packets.size()];
        long[] delivered = new long[packets.size()];
        long[] last = {0};
        Mesh mesh = meshes.apply((packet, tag, source, destination, offeredAt, enteredAt, cycle) -> {
            entered[tag] = enteredAt;
            delivered[tag] = cycle;
            last[0] = cycle;
        });
        int next = 0;
        while (next < packets.size() || !mesh.drained()) {
            long event = mesh.nextEventCycle();
            mesh.skipTo(next < packets.size() ? Math.max(mesh.cycle(), Math.min(event, packets.get(next).inject())) : event);
            while (next < packets.size() && packets.get(next).inject() == mesh.cycle()) {
                mesh.offer(packets.get(next).source(), packets.get(next).destination(), next);
                next++;
            }
            mesh.step();
        }
        return new TraceRun(entered, delivered, mesh.counters(), Math.max(last[0], mesh.drainCycle()));
    }

    /** @return the deliveries as CSV: {@code id,src,dst,inject,enter,deliver} */
    public String packetsCsv(PacketTrace trace) {
        StringBuilder out = new StringBuilder("id,src,dst,inject,enter,deliver\n");
        for (int i = 0; i < entered.length; i++) {
            PacketTrace.Packet p = trace.packets().get(i);
            out.append(p.id()).append(',').append(p.source()).append(',').append(p.destination()).append(',').append(p.inject()).append(',')
                .append(entered[i]).append(',').append(delivered[i]).append('\n');
        }
        return out.toString();
    }

    /** @return counters per router as CSV: flits by output, largest occupancy and stalled cycles by input */
    public String linksCsv() {
        StringBuilder out = new StringBuilder("router");
        for (String kind : List.of("flits_", "maxocc_in", "stall_in")) {
            for (char port : "EWNSL".toCharArray()) {
                out.append(',').append(kind).append(port);
            }
        }
        out.append('\n');
        for (int first = 0; first < counters.flits.length; first += Mesh.PORTS) {
            out.append(first / Mesh.PORTS);
            for (int p = 0; p < Mesh.PORTS; p++) {
                out.append(',').append(counters.flits[first + p]);
            }
            for (int p = 0; p < Mesh.PORTS; p++) {
                out.append(',').append(counters.maxOccupancy[first + p]);
            }
            for (int p = 0; p < Mesh.PORTS; p++) {
                out.append(',').append(counters.stalls[first + p]);
            }
            out.append('\n');
        }
        return out.toString();
    }
}
