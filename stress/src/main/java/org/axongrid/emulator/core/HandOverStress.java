package org.axongrid.emulator.core;

import org.axongrid.emulator.engine.SpinBarrier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Messages of one worker to another's core over two steps: what is sent in a step is read whole in the next one, and the core is woken for it, while the
 * sender fills the other slot and lets it grow.
 */
@JCStressTest
@Outcome(id = "0, 2, 30, 40", expect = Expect.ACCEPTABLE, desc = "each step reads what the step before sent")
@Outcome(expect = Expect.FORBIDDEN, desc = "messages lost, torn or early")
@State
public class HandOverStress {
    private static final int MANY = 40;

    private final SpinBarrier barrier = new SpinBarrier(2);
    private final WakeMap wakes = new WakeMap(1, 1);
    private final long[] awake = new long[1];
    private final MessageQueue queue = new MessageQueue(1, MANY, false, wakes, 0);

    /** The sender: two messages in step 1, forty in step 2. */
    @Actor
    public void sender() {
        queue.push(2, 10);
        queue.push(2, 20);
        barrier.await(0);
        for (int m = 0; m < MANY; m++) {
            queue.push(3, m);
        }
        barrier.await(0);
    }

    /** The receiver: takes what is there in steps 1, 2 and 3. */
    @Actor
    public void receiver(IIII_Result r) {
        wakes.take(1, awake, 0);
        r.r1 = queue.count(1) + (int) awake[0];
        queue.clear(1);
        barrier.await(1);
        r.r2 = queue.count(2);
        wakes.take(2, awake, 0);
        r.r3 = (queue.lines(2)[0] + queue.lines(2)[1]) * (int) awake[0];
        queue.clear(2);
        barrier.await(1);
        int right = 0;
        for (int m = 0; m < queue.count(3); m++) {
            right += queue.lines(3)[m] == m ? 1 : 0;
        }
        r.r4 = right;
    }
}
