package org.axongrid.emulator.noc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The three levels deliver the same packets over the same links, and the analytic one is never later than XY1. */
class LevelsTest {
    private static final int PACKETS = 400;

    @RepeatedTest(40)
    void samePacketsAndNeverLater(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        MeshParameters p = new MeshParameters(1 + random.nextInt(6), 1 + random.nextInt(6), MeshParameters.Order.values()[random.nextInt(2)],
            1 + random.nextInt(8), 3 + random.nextInt(4), 3 + random.nextInt(6), 1 + random.nextInt(4), 1 + random.nextInt(3), 3 + random.nextInt(3));
        VcParameters v = new VcParameters(p.width(), p.height(), p.order(), 2, 4, 0, true, 1, 0, p.hopX() - 2, p.hopY() - 2, p.credit(), p.injection(),
            p.ejection() - 2, 1);
        ChipLinks links = random.nextBoolean() ? ChipLinks.NONE
            : new ChipLinks(1 + random.nextInt(3), random.nextInt(20), 1 + random.nextInt(4), 1 + random.nextInt(4));
        int[] source = random.ints(PACKETS, 0, p.routers()).toArray();
        int[] destination = random.ints(PACKETS, 0, p.routers()).toArray();
        long[] offer = random.ints(PACKETS, 0, 1 + random.nextInt(500)).sorted().asLongStream().toArray();
        long[][] found = new long[5][PACKETS];
        List<Mesh> meshes = new ArrayList<>();
        List<Integer> shuffled = new ArrayList<>(IntStream.range(0, p.routers()).boxed().toList());
        Collections.shuffle(shuffled, random);
        int[] order = shuffled.stream().mapToInt(i -> i).toArray();
        for (int level = 0; level < found.length; level++) {
            long[] times = found[level];
            long[] last = {-1, -1};
            DeliveryListener listener = (packet, tag, from, to, offered, entered, cycle) -> {
                times[tag] = cycle;
                assertTrue(cycle > last[0] || cycle == last[0] && to >= last[1], "seed " + seed + ": deliveries in order");
                last[0] = cycle;
                last[1] = to;
            };
            Mesh mesh = switch (level) {
                case 0 -> new AnalyticMesh(p, links, listener);
                case 1 -> new Xy1Mesh(p, links, listener);
                case 2 -> new VcMesh(v, links, listener);
                case 3 -> new Xy1Mesh(p, links, listener, order);
                default -> new MeshGroup(2, p.routers(), l -> new Xy1Mesh(p, links, l), listener);
            };
            for (int i = 0; i < PACKETS; i++) {
                while (mesh.cycle() < offer[i]) {
                    mesh.skipTo(Math.min(offer[i], mesh.nextEventCycle()));
                    if (mesh.cycle() < offer[i]) {
                        mesh.step();
                    }
                }
                mesh.offer(source[i], destination[i], i);
            }
            mesh.drain();
            meshes.add(mesh);
            assertEquals(PACKETS, mesh.counters().delivered, "seed " + seed);
            assertArrayEquals(meshes.get(0).counters().flits, mesh.counters().flits, "seed " + seed + ": flits per link");
        }
        for (int i = 0; i < PACKETS; i++) {
            long alone = offer[i] + p.zeroLoadLatency(source[i], destination[i])
                + links.crossings(source[i] % p.width(), destination[i] % p.width()) * links.crossing();
            assertTrue(alone <= found[0][i] && alone <= found[1][i] && alone <= found[2][i] && alone <= found[4][i], "seed " + seed + ": packet " + i);
        }
        assertTrue(meshes.get(0).drainCycle() <= meshes.get(1).drainCycle(), "seed " + seed + ": drained by " + meshes.get(0).drainCycle() + ", XY1 by "
            + meshes.get(1).drainCycle());
        assertTrue(meshes.get(0).drainCycle() <= meshes.get(2).drainCycle(), "seed " + seed + ": virtual channels drained by "
            + meshes.get(2).drainCycle());
        assertArrayEquals(found[1], found[3], "seed " + seed + ": shuffled routers");
    }
}
