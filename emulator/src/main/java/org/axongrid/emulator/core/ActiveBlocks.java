package org.axongrid.emulator.core;

import java.util.Arrays;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.image.Noise;

/**
 * Blocks of a running core's compartments that have something to do in a step: they got input, or changed in the step before, or the host wrote to
 * them. All others would come out as they went in, as idle updates, and are left out. Exact also for leaking compartments: a block is left out only
 * when nothing in it runs down any more.
 */
final class ActiveBlocks {
    /** Compartments of the smallest blocks, as a power of two. With fewer the loops over a block take hardly less time. */
    private static final int SHIFT_MIN = 6;
    private static final int BLOCKS_MAX = 64;
    /** With more messages a step than this many for each block, all blocks count as touched: looking them up costs more than it saves. */
    private static final int MESSAGES_PER_BLOCK = 4;

    private final NativeCompartments natives;
    private final EventCounters counters;
    private final long[] rowBlocks;
    private final int blocks;
    private final int shift;
    private final long all;
    /** By accumulator slot: blocks that got input. */
    private final long[] touched;
    /** Blocks that this step updates. */
    private long visited;
    /** Of these, blocks in which something moved so far. */
    private long moved;
    /** Blocks in which nothing moved when they were updated last. */
    private long still;
    private long written;
    /** Whether blocks are updated one by one, to learn which of them move. */
    private boolean single;

    private ActiveBlocks(LoadedLoihiCore core, NativeCompartments natives, EventCounters counters) {
        this.natives = natives;
        this.counters = counters;
        rowBlocks = core.rows.blocks;
        blocks = blocks(core);
        shift = core.rows.blockShift;
        all = -1L >>> BLOCKS_MAX - blocks;
        touched = new long[core.slots];
    }

    /** @return null where all compartments have to be updated in each step, or there is nothing to gain */
    static ActiveBlocks of(LoadedLoihiCore core, NativeCompartments natives, EventCounters counters) {
        boolean fits = core.kernels != Kernels.PLAIN && core.inputs == 1 && blocks(core) >= 2 && blocks(core) <= BLOCKS_MAX
            && Arrays.stream(core.rangeProfile).noneMatch(p -> p.isProgrammed() || p.noise().target() != Noise.Target.NOTHING);
        return fits ? new ActiveBlocks(core, natives, counters) : null;
    }

    private static int blocks(LoadedLoihiCore core) {
        return (core.compartments - 1 >> core.rows.blockShift) + 1;
    }

    /** @return compartments of a block, as a power of two, for so many in all */
    static int shift(int compartments) {
        int shift = SHIFT_MIN;
        while (compartments - 1 >> shift >= BLOCKS_MAX) {
            shift++;
        }
        return shift;
    }

    void reset() {
        Arrays.fill(touched, 0);
        visited = 0;
        moved = 0;
        still = 0;
        written = all;
    }

    /** Has all blocks updated in the step that comes: the host wrote something, or compartments begin to run. */
    void write() {
        written = all;
    }

    /** @return whether it is worth looking where so many messages of a step lead */
    boolean looksAt(int messages) {
        if (messages <= MESSAGES_PER_BLOCK * blocks) {
            return true;
        }
        Arrays.fill(touched, all);
        return false;
    }

    /** Notes the targets of {@code n} messages, by their rows and bases; delays are not told apart. */
    void touch(int[] row, int[] base, int n) {
        long bits = 0;
        for (int m = 0; m < n; m++) {
            long own = rowBlocks[row[m]] << (base[m] >> shift);
            bits |= (base[m] & (1 << shift) - 1) == 0 ? own : own | own << 1;
        }
        for (int s = 0; s < touched.length; s++) {
            touched[s] |= bits;
        }
    }

    /**
     * Begins a step.
     *
     * @param slot         accumulator slot of the step
     * @param activeBefore active compartments in the last step
     */
    void begin(int slot, int activeBefore) {
        // A dead time that ended in a step lets the next one move.
        long restless = natives.stepsToRest() == 1 ? moved : moved | visited & ~still;
        still = ~moved & (still | visited);
        visited = (touched[slot] | restless | written) & all;
        touched[slot] = 0;
        written = 0;
        moved = 0;
        single = activeBefore < Long.bitCount(visited);
    }

    /** @return compartments that the step updates, at most */
    int visitedCompartments() {
        return Long.bitCount(visited) << shift;
    }

    /** Updates what is to be updated of the compartments {@code from .. to - 1} of one range of profiles; see {@link NativeCompartments#update}. */
    void update(int range, int slot, int from, int to) {
        long inside = -1L >>> BLOCKS_MAX - 1 - (to - 1 >> shift) & -1L << (from >> shift);
        for (long bits = visited & inside; bits != 0; ) {
            int first = Long.numberOfTrailingZeros(bits);
            int count = single ? 1 : Long.numberOfTrailingZeros(~(bits >>> first));
            long run = -1L >>> BLOCKS_MAX - count << first;
            update(range, slot, Math.max(from, first << shift), Math.min(to, first + count << shift), run);
            bits &= ~run;
        }
    }

    private void update(int range, int slot, int from, int to, long run) {
        int active = natives.active;
        int spikes = natives.spikeCount;
        long saturations = counters.saturations;
        natives.update(range, slot, from, to);
        if (natives.active != active || natives.spikeCount != spikes || counters.saturations != saturations || !natives.isStill(from, to)) {
            moved |= run;
        }
    }
}
