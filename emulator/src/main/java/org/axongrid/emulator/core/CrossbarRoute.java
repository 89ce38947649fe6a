package org.axongrid.emulator.core;

/**
 * What sending a spike of a crossbar core needs, packed: where it goes in one word, its hops in another, which sums over many spikes without a carry
 * from one field to the next.
 */
final class CrossbarRoute {
    /** No destination. */
    static final long NOWHERE = -1;
    /** An output pin. */
    static final long PIN = -2;
    /** So many spikes' hops may be added before the fields are taken apart. */
    static final int SUMMED = 256;
    private static final int STEPS_SHIFT = 32;
    private static final int CORE_SHIFT = 40;
    private static final int HOPS_BITS = 24;
    private static final int HOPS_MASK = (1 << HOPS_BITS) - 1;

    private CrossbarRoute() { }

    /**
     * @param core  index of the destination
     * @param line  its line among those of all cores
     * @param steps steps until the spike takes effect, 1..255
     */
    static long of(int core, int line, int steps) {
        if (steps > 255 || core >= 1 << 23) {
            throw new IllegalArgumentException("a delay of " + steps + " steps to core " + core + " is beyond what crossbar cores can send");
        }
        return (long) core << CORE_SHIFT | (long) steps << STEPS_SHIFT | line;
    }

    static int core(long route) {
        return (int) (route >>> CORE_SHIFT);
    }

    static int steps(long route) {
        return (int) (route >>> STEPS_SHIFT) & 255;
    }

    static int line(long route) {
        return (int) route;
    }

    /** @return hops of a spike, at most 65,535 each way; one that stays in its tile is counted as such */
    static long hops(int x, int y) {
        return x | (long) y << HOPS_BITS | ((x | y) == 0 ? 1L : 0) << 2 * HOPS_BITS;
    }

    static int hopsX(long sum) {
        return (int) sum & HOPS_MASK;
    }

    static int hopsY(long sum) {
        return (int) (sum >>> HOPS_BITS) & HOPS_MASK;
    }

    /** @return spikes that stayed in their tile */
    static int within(long sum) {
        return (int) (sum >>> 2 * HOPS_BITS);
    }
}
