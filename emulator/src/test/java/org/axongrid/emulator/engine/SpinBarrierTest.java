package org.axongrid.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SpinBarrierTest {
    /** Plain (not volatile) cells: only the barrier makes what one thread wrote visible to the others. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void whatWasWrittenBeforeIsSeenAfter(int parties) throws InterruptedException {
        int rounds = 2_000;
        SpinBarrier barrier = new SpinBarrier(parties);
        int[] cells = new int[parties * 64];
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[parties];
        for (int w = 0; w < parties; w++) {
            int worker = w;
            threads[w] = new Thread(() -> {
                try {
                    for (int round = 1; round <= rounds; round++) {
                        cells[worker * 64] = round;
                        barrier.await(worker);
                        for (int other = 0; other < parties; other++) {
                            assertEquals(round, cells[other * 64], "round " + round);
                        }
                        barrier.await(worker);
                    }
                } catch (Throwable e) {
                    failure.set(e);
                    barrier.fail(e);
                }
            });
            threads[w].start();
        }
        for (Thread t : threads) {
            t.join();
        }
        assertEquals(null, failure.get());
    }

    @Test
    void aFailureReleasesThoseWhoWait() throws InterruptedException {
        SpinBarrier barrier = new SpinBarrier(2);
        Thread other = new Thread(() -> barrier.fail(new IllegalArgumentException("broken")));
        other.start();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> barrier.await(0));
        assertEquals("broken", e.getCause().getMessage());
        other.join();
        assertTrue(barrier.failed());
    }
}
