package org.axongrid.emulator.noc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Conservation laws of virtual-channel routers under random traffic and random parameters, one-deep buffers included. */
class VcLawsTest {
    private static VcParameters parameters(Random random) {
        boolean speculative = random.nextBoolean();
        return new VcParameters(1 + random.nextInt(6), 1 + random.nextInt(6), MeshParameters.Order.values()[random.nextInt(2)], 1 + random.nextInt(4),
            1 + random.nextInt(4), random.nextInt(3), speculative, 1 + random.nextInt(2), random.nextInt(2), 1 + random.nextInt(4), 1 + random.nextInt(4),
            1 + random.nextInt(5), 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(4));
    }

    /** Random packets; each delivery as a number. */
    private static List<Long> deliveries(VcParameters p, long seed, int[] visitOrder, boolean skip) {
        Random random = new Random(seed);
        ChipLinks links = random.nextBoolean() ? ChipLinks.NONE
            : new ChipLinks(1 + random.nextInt(3), random.nextInt(20), 1 + random.nextInt(4), 1 + random.nextInt(4));
        List<Long> found = new ArrayList<>();
        long[] last = {-1, -1};
        long[] hops = new long[1];
        boolean[] seen = new boolean[100_000];
        int[] lastOfPair = new int[p.routers() * p.routers()];
        VcMesh mesh = new VcMesh(p, links, (packet, tag, source, destination, offered, entered, cycle) -> {
            assertTrue(!seen[tag], "seed " + seed + ": packet " + tag + " twice");
            seen[tag] = true;
            assertTrue(entered >= offered && cycle - entered >= p.zeroLoadLatency(source, destination), "seed " + seed + ": faster than possible");
            assertTrue(cycle > last[0] || cycle == last[0] && destination > last[1], "seed " + seed + ": deliveries in order");
            last[0] = cycle;
            last[1] = destination;
            if (p.channels() == 1) {
                int pair = source * p.routers() + destination;
                assertTrue(tag >= lastOfPair[pair], "seed " + seed + ": order of a pair");
                lastOfPair[pair] = tag;
            }
            found.add(cycle << 20 | tag);
        }, visitOrder);
        int tag = 0;
        for (int burst = 0; burst < 12; burst++) {
            for (int t = 0; t < 15; t++) {
                long next = mesh.cycle() + random.nextInt(20);
                while (mesh.cycle() < next) {
                    if (skip) {
                        mesh.skipTo(Math.min(next, mesh.nextEventCycle()));
                    }
                    if (mesh.cycle() < next) {
                        mesh.step();
                    }
                }
                for (int n = random.nextInt(1 + p.routers()); n > 0; n--) {
                    int source = random.nextInt(p.routers());
                    int destination = random.nextInt(p.routers());
                    mesh.offer(source, destination, tag++);
                    hops[0] += Math.abs(source % p.width() - destination % p.width()) + Math.abs(source / p.width() - destination / p.width());
                }
                mesh.step();
                mesh.checkCredits();
            }
            if (random.nextBoolean()) {
                long until = mesh.cycle() + 200 + random.nextInt(2000);
                while (mesh.cycle() < until) {
                    if (skip) {
                        mesh.skipTo(Math.min(until, mesh.nextEventCycle()));
                    }
                    if (mesh.cycle() < until) {
                        mesh.step();
                    }
                }
            }
        }
        mesh.drain();
        mesh.checkCredits();
        assertEquals(tag, found.size(), "seed " + seed + ": packets");
        assertEquals(mesh.counters().offered, mesh.counters().delivered, "seed " + seed);
        assertEquals(hops[0] * p.flits(), mesh.counters().hopsX() + mesh.counters().hopsY(), "seed " + seed + ": Manhattan sum");
        assertEquals(mesh.drainCycle(), last[0] < 0 ? 0 : last[0]);
        for (long stalls : mesh.counters().stalls) {
            found.add(-stalls);
        }
        return found;
    }

    @RepeatedTest(60)
    void nothingIsLostAndOrderOfVisitsDoesNotMatter(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        VcParameters p = parameters(new Random(seed));
        List<Long> plain = deliveries(p, seed, null, false);
        List<Integer> order = new ArrayList<>(IntStream.range(0, p.routers()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        assertEquals(plain, deliveries(p, seed, order.stream().mapToInt(i -> i).toArray(), false), "seed " + seed + ": shuffled");
        assertEquals(plain, deliveries(p, seed, null, true), "seed " + seed + ": skipping idle cycles");
    }

    @Test
    void aLonePacketTakesTheZeroLoadLatency() {
        for (int flits : new int[] {1, 3}) {
            for (boolean speculative : new boolean[] {false, true}) {
                VcParameters p = new VcParameters(4, 3, MeshParameters.Order.XY, 2, 16, 1, speculative, 2, 0, 3, 5, 2, 2, 4, flits);
                for (int pair = 0; pair < 144; pair++) {
                    VcMesh mesh = new VcMesh(p, (packet, tag, from, to, offered, entered, cycle) ->
                        assertEquals(p.zeroLoadLatency(from, to), cycle - offered));
                    mesh.offer(pair / 12, pair % 12, 0);
                    mesh.drain();
                }
            }
        }
    }

    /** By hand: routers of stages RC 0, VA and SA in one cycle, ST 1, LT 1 give 3R + 2, and one stage more or less a cycle per router. */
    @Test
    void pipelinesByHand() {
        int[][] stages = {{0, 1, 1, 3}, {0, 0, 1, 4}, {1, 0, 1, 5}, {1, 0, 2, 6}};
        for (int[] s : stages) {
            VcParameters p = new VcParameters(8, 8, MeshParameters.Order.XY, 2, 8, s[0], s[1] == 1, s[2], 0, 1, 1, 3, 1, 2, 1);
            assertEquals(s[3] + 2, p.zeroLoadLatency(9, 9));
            assertEquals(s[3] * 15 + 2, p.zeroLoadLatency(0, 63));
        }
    }

    /** A slot is taken for the hop of 3 cycles and the credit's 3: four slots give two flits in three cycles, eight full rate. */
    @Test
    void creditsLimitAFlow() {
        for (int[] c : new int[][] {{4, 600}, {8, 400}, {1, 2400}}) {
            long[] last = new long[1];
            VcMesh mesh = new VcMesh(new VcParameters(2, 1, MeshParameters.Order.XY, 1, c[0], 0, true, 1, 0, 1, 1, 3, 1, 2, 1),
                (packet, tag, from, to, offered, entered, cycle) -> last[0] = cycle);
            for (int i = 0; i < 400; i++) {
                mesh.offer(0, 1, i);
            }
            mesh.drain();
            assertEquals(c[1], last[0], 12, c[0] + " flits");
        }
    }

    /** Without speculation a lone channel is given away every second cycle only; with two it is not noticed. */
    @Test
    void oneChannelWithoutSpeculationIsHalfRate() {
        for (int channels = 1; channels <= 2; channels++) {
            VcMesh mesh = new VcMesh(new VcParameters(2, 1, MeshParameters.Order.XY, channels, 16, 0, false, 1, 0, 1, 1, 3, 1, 2, 1),
                (packet, tag, from, to, offered, entered, cycle) -> { });
            for (int i = 0; i < 400; i++) {
                mesh.offer(0, 1, i);
            }
            assertEquals(channels == 1 ? 800 : 400, mesh.drain(), 20);
        }
    }

    /** A million random packets through buffers of one flit. */
    @Test
    void noDeadlockInAMillionPackets() {
        Random random = new Random(8);
        Xy1Mesh mesh = new Xy1Mesh(new MeshParameters(8, 8, MeshParameters.Order.XY, 1, 1, 1, 1, 1, 1), (a, b, c, d, e, f, g) -> { });
        for (int i = 0; i < 1_000_000; i++) {
            mesh.offer(random.nextInt(64), random.nextInt(64), 0);
            if (i % 16 == 15) {
                mesh.step();
            }
        }
        mesh.drain();
        assertEquals(1_000_000, mesh.counters().delivered);
    }

    /** A hundred thousand packets to a few hot nodes through buffers of one flit: the watchdog must not fire. */
    @Test
    void noDeadlockWithOneFlitOfBuffer() {
        Random random = new Random(7);
        VcMesh vc = new VcMesh(new VcParameters(8, 8, MeshParameters.Order.XY, 1, 1, 0, true, 1, 0, 1, 1, 3, 1, 2, 2), (a, b, c, d, e, f, g) -> { });
        Xy1Mesh xy1 = new Xy1Mesh(new MeshParameters(8, 8, MeshParameters.Order.XY, 1, 1, 1, 1, 1, 1), (a, b, c, d, e, f, g) -> { });
        for (int i = 0; i < 50_000; i++) {
            int source = random.nextInt(64);
            int destination = random.nextInt(4) == 0 ? random.nextInt(64) : 27 + random.nextInt(2);
            vc.offer(source, destination, 0);
            xy1.offer(source, destination, 0);
        }
        vc.drain();
        xy1.drain();
        assertEquals(50_000, vc.counters().delivered);
        assertEquals(50_000, xy1.counters().delivered);
    }

    @Test
    void theWatchdogSaysWhatIsStuck() {
        Watchdog dog = new Watchdog(100);
        dog.woken(5);
        dog.check(50_000, 3, () -> "nowhere");
        dog.check(10_000_000, 0, () -> "nowhere");
        assertEquals("the network is stuck: no flit moved for 101600 cycles with 3 packets under way; waiting: router 1 input E0 for 2",
            assertThrows(NetworkStuckException.class, () -> dog.check(200_000, 3, () -> "router 1 input E0 for 2")).getMessage());
        dog.moved(199_999);
        assertTrue(assertThrows(NetworkStuckException.class, () -> dog.check(200_000, 3, () -> "nowhere")).getMessage()
            .startsWith("the network is in a livelock: flits move and none arrived for 101600 cycles"));
        dog.skipped(190_000);
        dog.check(200_000, 3, () -> "nowhere");
    }

    @Test
    void impossibleParametersAreNamed() {
        InvalidInputException e = assertThrows(InvalidInputException.class,
            () -> new VcParameters(4, 4, MeshParameters.Order.XY, 13, 4, 0, true, 1, 0, 1, 1, 3, 1, 2, 1));
        assertEquals("mesh parameter virtual channels = 13 is outside 1..12", e.getMessage());
        assertThrows(InvalidInputException.class, () -> new VcParameters(256, 256, MeshParameters.Order.XY, 12, 4096, 0, true, 1, 0, 1, 1, 3, 1, 2, 1));
        assertThrows(InvalidInputException.class, () -> new MeshParameters(1024, 1024, MeshParameters.Order.XY, 65536, 1, 1, 1, 1, 1));
    }
}
