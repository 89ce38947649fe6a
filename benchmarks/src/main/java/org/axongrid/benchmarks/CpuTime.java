package org.axongrid.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time, which a busy machine disturbs less than the clock. */
final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuTime() { }

    /** @return processor time of the calling thread so far, ns */
    static long nanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
