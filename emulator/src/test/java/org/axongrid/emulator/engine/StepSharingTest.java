package org.axongrid.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSharingTest {
    @Test
    void littleWorkIsSoonDoneAlone() {
        StepSharing sharing = new StepSharing();
        int steps = 0;
        while (!sharing.isAlone()) {
            note(sharing, 500, 300);
            steps++;
        }
        // Each of them lost 1.8 us.
        assertEquals(12, steps);
    }

    @Test
    void muchWorkIsShared() {
        StepSharing sharing = new StepSharing();
        for (int n = 0; n < 1_000; n++) {
            note(sharing, 100_000, 50_000);
            assertFalse(sharing.isAlone());
        }
    }

    @Test
    void workOfOneWorkerIsNotWorthSharing() {
        StepSharing sharing = new StepSharing();
        for (int n = 0; n < 11; n++) {
            note(sharing, 100_000, 100_000);
        }
        assertTrue(sharing.isAlone());
    }

    @Test
    void aBurstInAQuietNetworkIsSharedAgain() {
        StepSharing sharing = new StepSharing();
        for (int n = 0; n < 100; n++) {
            note(sharing, 0, 0);
        }
        assertTrue(sharing.isAlone());
        note(sharing, 100_000, 50_000);
        assertTrue(sharing.isAlone(), "waking the others up takes longer");
        note(sharing, 100_000, 50_000);
        assertFalse(sharing.isAlone());
    }

    /** Work that changes from time to time takes hardly longer than all of it alone or all of it shared. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isNeverFarBehindTheBetterOfTheTwo(long seed) {
        Random random = new Random(seed);
        StepSharing sharing = new StepSharing();
        double own = 0;
        double alone = 0;
        double shared = 0;
        for (int phase = 0; phase < 60; phase++) {
            int scale = 1 << random.nextInt(4, 18);
            for (int steps = random.nextInt(1, 400); steps > 0; steps--) {
                long longest = random.nextInt(scale);
                long all = longest + random.nextInt(scale);
                own += sharing.isAlone() ? all : longest + HostWork.BARRIER_NS;
                alone += all;
                shared += longest + HostWork.BARRIER_NS;
                note(sharing, all, longest);
            }
        }
        assertTrue(own <= 1.1 * Math.min(alone, shared) + 100_000, own + " ns, alone " + alone + ", shared " + shared);
    }

    @Test
    void whereSharingIsSlowerItIsTriedAgainSeldom() {
        StepSharing sharing = new StepSharing();
        long before = 0;
        for (int trial = 0; trial < 6; trial++) {
            int shared = 0;
            for (; !sharing.isAlone(); shared++) {
                sharing.noteShared(300_000, 150_000, -4_000_000);
            }
            assertEquals(3, shared, "three turns of another program");
            assertTrue(sharing.staysAlone());
            long steps = 0;
            for (; sharing.isAlone(); steps++) {
                sharing.noteAlone(300_000, 150_000, 500_000);
            }
            assertTrue(steps >= 2 * before || steps == 1_000, steps + " steps after " + before);
            before = steps;
        }
        assertEquals(1_000, before, "half a second at most");
    }

    @Test
    void oneHiccupIsNoReason() {
        StepSharing sharing = new StepSharing();
        for (int n = 0; n < 1_000; n++) {
            sharing.noteShared(300_000, 150_000, n % 50 == 7 ? -4_000_000 : 120_000);
            assertFalse(sharing.isAlone());
        }
    }

    /** On a machine where waits come by chance, the choice takes hardly longer than the better of the two ways. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void waitsNeverMakeItMuchSlowerThanOneWorker(long seed) {
        Random random = new Random(seed);
        StepSharing sharing = new StepSharing();
        double often = Math.pow(2, -seed);
        double own = 0;
        double alone = 0;
        double shared = 0;
        for (int step = 0; step < 20_000; step++) {
            long took = 150_000 + (random.nextDouble() < often ? 4_000_000 : 0);
            own += sharing.isAlone() ? 300_000 : took;
            alone += 300_000;
            shared += took;
            if (sharing.isAlone()) {
                sharing.noteAlone(300_000, 150_000, 300_000);
            } else {
                sharing.noteShared(300_000, 150_000, 300_000 - took);
            }
        }
        assertTrue(own <= 1.15 * Math.min(alone, shared), "seed " + seed + ": " + own + " ns, alone " + alone + ", shared " + shared);
    }

    /** A step whose time is what counts say. */
    private static void note(StepSharing sharing, long all, long longest) {
        if (sharing.isAlone()) {
            sharing.noteAlone(all, longest, all);
        } else {
            sharing.noteShared(all, longest, 0);
        }
    }
}
