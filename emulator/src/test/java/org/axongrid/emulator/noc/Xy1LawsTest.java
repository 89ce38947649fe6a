package org.axongrid.emulator.noc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Conservation under random traffic, random parameters, one-deep buffers included. */
class Xy1LawsTest {
    @RepeatedTest(40)
    void nothingIsLostAndNothingIsFasterThanLight(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        MeshParameters p = new MeshParameters(1 + random.nextInt(7), 1 + random.nextInt(7), MeshParameters.Order.values()[random.nextInt(2)],
            1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(6), 1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(3));
        long[] manhattan = new long[1];
        int[] lastOfPair = new int[p.routers() * p.routers()];
        boolean[] seen = new boolean[200 * p.routers()];
        Xy1Mesh mesh = new Xy1Mesh(p, (packet, tag, source, destination, offered, entered, cycle) -> {
            assertTrue(entered >= offered && cycle - entered >= p.zeroLoadLatency(source, destination), "seed " + seed);
            assertTrue(!seen[tag], "seed " + seed + ": packet " + tag + " twice");
            seen[tag] = true;
            int pair = source * p.routers() + destination;
            assertTrue(tag >= lastOfPair[pair], "seed " + seed + ": packets of a pair stay in order");
            lastOfPair[pair] = tag;
        });
        int tag = 0;
        for (int t = 0; t < 200; t++) {
            for (int n = random.nextInt(1 + p.routers() / 2); n > 0; n--) {
                int source = random.nextInt(p.routers());
                int destination = random.nextInt(p.routers());
                mesh.offer(source, destination, tag++);
                manhattan[0] += Math.abs(source % p.width() - destination % p.width()) + Math.abs(source / p.width() - destination / p.width());
            }
            mesh.step();
            mesh.checkCredits();
        }
        while (!mesh.drained()) {
            mesh.step();
        }
        MeshCounters n = mesh.counters();
        assertEquals(n.offered, n.delivered, "seed " + seed);
        assertEquals(manhattan[0], n.hopsX() + n.hopsY(), "seed " + seed);
    }

    @Test
    void aLonePacketTakesTheZeroLoadLatency() {
        MeshParameters p = new MeshParameters(5, 4, MeshParameters.Order.XY, 1, 3, 5, 2, 2, 4);
        for (int source = 0; source < 20; source++) {
            for (int destination = 0; destination < 20; destination++) {
                Xy1Mesh mesh = new Xy1Mesh(p, (packet, tag, from, to, offered, entered, cycle) ->
                    assertEquals(p.zeroLoadLatency(from, to), cycle - offered));
                mesh.offer(source, destination, 0);
                while (!mesh.drained()) {
                    mesh.step();
                }
            }
        }
    }

    @Test
    void impossibleParametersAreNamed() {
        InvalidInputException e = assertThrows(InvalidInputException.class,
            () -> new MeshParameters(4, 4, MeshParameters.Order.XY, 0, 1, 1, 1, 1, 1));
        assertEquals("mesh parameter B (buffer) = 0 is outside 1..65536", e.getMessage());
    }
}
