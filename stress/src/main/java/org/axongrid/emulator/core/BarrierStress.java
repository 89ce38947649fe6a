package org.axongrid.emulator.core;

import org.axongrid.emulator.engine.SpinBarrier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** What a worker wrote before the barrier the other one sees after it, and what it writes after the next one it does not see yet. */
@JCStressTest
@Outcome(id = "1, 2, 1, 2", expect = Expect.ACCEPTABLE, desc = "the other's plain writes before each meeting, and no later ones")
@Outcome(expect = Expect.FORBIDDEN, desc = "a write that was missed, or seen too early")
@State
public class BarrierStress {
    private final SpinBarrier barrier = new SpinBarrier(2);
    private int a;
    private int b;

    /** Worker 0. */
    @Actor
    public void first(IIII_Result r) {
        a = 1;
        barrier.await(0);
        r.r1 = b;
        barrier.await(0);
        a = 2;
        barrier.await(0);
        r.r2 = b;
    }

    /** Worker 1. */
    @Actor
    public void second(IIII_Result r) {
        b = 1;
        barrier.await(1);
        r.r3 = a;
        barrier.await(1);
        b = 2;
        barrier.await(1);
        r.r4 = a;
    }
}
