package org.axongrid.emulator.noc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.BiFunction;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Links between chips, by hand: two chips of 2 x 4 routers side by side; meshes side by side. */
class ChipLinksTest {
    private static final MeshParameters MESH = new MeshParameters(4, 4, MeshParameters.Order.XY, 16, 3, 3, 1, 1, 3);
    private static final VcParameters CHANNELS = new VcParameters(4, 4, MeshParameters.Order.XY, 2, 16, 0, true, 1, 0, 1, 1, 1, 1, 1, 1);
    private static final List<BiFunction<ChipLinks, DeliveryListener, Mesh>> LEVELS = List.of((l, d) -> new AnalyticMesh(MESH, l, d),
        (l, d) -> new Xy1Mesh(MESH, l, d), (l, d) -> new VcMesh(CHANNELS, l, d));

    @Test
    void aCrossingTakesItsTime() {
        ChipLinks links = new ChipLinks(2, 50, 1, 1);
        for (var level : LEVELS) {
            for (int pair = 0; pair < 256; pair++) {
                int source = pair / 16;
                int destination = pair % 16;
                int crossings = source % 4 / 2 == destination % 4 / 2 ? 0 : 1;
                Mesh mesh = level.apply(links, (packet, tag, from, to, offered, entered, cycle) -> { });
                mesh.offer(source, destination, 0);
                assertEquals(MESH.zeroLoadLatency(source, destination) + 50 * crossings, mesh.drain());
            }
        }
    }

    /** One packet from each row over the border at once: on links of their own they arrive together, on a shared one seven cycles apart. */
    @Test
    void rowsThatShareALinkAreSerialised() {
        for (int level = 1; level < LEVELS.size(); level++) {
            for (int rows : new int[] {1, 2, 4}) {
                long[] times = new long[4];
                Mesh mesh = LEVELS.get(level).apply(new ChipLinks(2, 10, 7, rows), (packet, tag, from, to, offered, entered, cycle) -> times[tag] = cycle);
                for (int row = 0; row < 4; row++) {
                    mesh.offer(4 * row + 1, 4 * row + 2, row);
                }
                mesh.drain();
                long alone = MESH.zeroLoadLatency(1, 2) + 10;
                assertArrayEquals(new long[] {alone, alone + 7 * (1 % rows), alone + 7 * (2 % rows), alone + 7 * (3 % rows)}, times);
            }
        }
    }

    /** A hundred packets of one flow need a hundred intervals. */
    @Test
    void bandwidthIsOneFlitPerInterval() {
        for (int level = 1; level < LEVELS.size(); level++) {
            Mesh mesh = LEVELS.get(level).apply(new ChipLinks(2, 0, 5, 1), (packet, tag, from, to, offered, entered, cycle) -> { });
            for (int i = 0; i < 100; i++) {
                mesh.offer(1, 2, i);
            }
            assertEquals(MESH.zeroLoadLatency(1, 2) + 99 * 5, mesh.drain());
        }
    }

    @Test
    void twoMeshesCarryTwiceAsMuch() {
        MeshParameters p = new MeshParameters(2, 1, MeshParameters.Order.XY, 4, 1, 1, 1, 1, 1);
        MeshGroup group = new MeshGroup(2, 2, listener -> new Xy1Mesh(p, listener), (packet, tag, from, to, offered, entered, cycle) -> { });
        for (int i = 0; i < 100; i++) {
            group.offer(0, 1, i);
        }
        assertEquals(p.zeroLoadLatency(0, 1) + 49, group.drain());
        assertEquals(100, group.counters().delivered);
        assertEquals(100, group.counters().hopsX());
    }

    @Test
    void impossibleLinksAreNamed() {
        assertThrows(InvalidInputException.class, () -> new ChipLinks(2, -1, 1, 1));
        assertThrows(InvalidInputException.class, () -> new ChipLinks(2, 1, 0, 1));
        assertThrows(InvalidInputException.class, () -> new Xy1Mesh(MESH, new ChipLinks(2, 1, 65536, 64), (a, b, c, d, e, f, g) -> { }));
    }
}
