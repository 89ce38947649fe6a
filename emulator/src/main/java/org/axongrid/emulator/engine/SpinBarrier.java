package org.axongrid.emulator.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A barrier of padded per-thread epochs: each worker writes only its own counter and reads the others', so there is no contended atomic.
 * It spins for some tens of microseconds, then yields, then parks, for longer the longer it has waited: threads without a processor of their own make progress, and
 * who waits for long takes hardly anything of the processors that others want.
 */
public final class SpinBarrier {
    private static final VarHandle EPOCH = MethodHandles.arrayElementVarHandle(long[].class);
    /** Two cache lines apart, because adjacent-line prefetchers fetch pairs. */
    private static final int PADDING = 16;
    /** Some tens of microseconds: who is waited for longer has most likely lost its processor, which spinning would keep from it. */
    private static final int SPINS = 1_000;
    private static final int YIELDS = 20;
    private static final long NAP_MIN_NS = 20_000;
    private static final long NAP_MAX_NS = 1_000_000;
    /** Naps are this share of the time waited, so that waking up late makes no wait longer by much. */
    private static final int NAP_SHARE = 8;

    private final long[] epochs;
    private final int parties;
    private final boolean crowded;
    private volatile Throwable broken;

    /** @param parties number of workers, at least 1 */
    public SpinBarrier(int parties) {
        this.parties = parties;
        this.epochs = new long[(parties + 2) * PADDING];
        this.crowded = parties > Runtime.getRuntime().availableProcessors();
    }

    /**
     * Waits until every worker has arrived as often as this one. What any worker wrote before is visible to all after.
     *
     * @param worker the caller's number, 0 .. parties-1
     * @throws IllegalStateException if a worker failed
     */
    public void await(int worker) {
        int own = (worker + 1) * PADDING;
        long epoch = epochs[own] + 1;
        EPOCH.setRelease(epochs, own, epoch);
        for (int other = 0; other < parties; other++) {
            int at = (other + 1) * PADDING;
            int tries = 0;
            long since = 0;
            while ((long) EPOCH.getAcquire(epochs, at) < epoch) {
                if (broken != null) {
                    throw new IllegalStateException("another worker failed", broken);
                }
                if (!crowded && tries < SPINS) {
                    Thread.onSpinWait();
                } else if (tries < SPINS + YIELDS) {
                    Thread.yield();
                } else {
                    long now = System.nanoTime();
                    since = since == 0 ? now : since;
                    LockSupport.parkNanos(Math.min(NAP_MAX_NS, Math.max(NAP_MIN_NS, (now - since) / NAP_SHARE)));
                }
                tries++;
            }
        }
    }

    /** Releases all who wait, with an error. */
    public void fail(Throwable cause) {
        broken = cause;
    }

    /** @return whether a worker failed */
    public boolean failed() {
        return broken != null;
    }
}
