package org.axongrid.emulator.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.ScatteredRows;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.SharedArrays;
import org.axongrid.isa.synapse.SynapseListReader;

/** Decodes a core's synapse lists on demand, each once, and lays them out for the loops that are to run. */
final class RowDecoder {
    /** Runs shorter than this on average are slower as dense rows than scattered; measured. */
    private static final int SHORTEST_RUN = 4;

    private final IntArrayList firstRun = new IntArrayList();
    private final IntArrayList rowSynapses = new IntArrayList();
    private final IntArrayList rowWords = new IntArrayList();
    private final IntArrayList rowKind = new IntArrayList();
    private final IntArrayList rowExtent = new IntArrayList();
    private final LongArrayList rowBlocks = new LongArrayList();
    private final IntArrayList rowScattered = new IntArrayList();
    private final IntArrayList runTarget = new IntArrayList();
    private final IntArrayList runLength = new IntArrayList();
    private final IntArrayList runDelay = new IntArrayList();
    private final IntArrayList runStart = new IntArrayList();
    private final List<int[]> runWeights = new ArrayList<>();
    private final IntArrayList scatteredTargets = new IntArrayList();
    private final IntArrayList scatteredWeights = new IntArrayList();
    private final Long2LongHashMap rowAt = new Long2LongHashMap(-1);

    private final LoihiCoreImage image;
    private final SynapseListReader reader;
    private final int shift;
    private final Arithmetic arithmetic;
    private final Kernels kernels;
    private final SharedArrays shared;

    // The list that is being read.
    private final IntArrayList targets = new IntArrayList();
    private final IntArrayList weights = new IntArrayList();
    private final IntArrayList delays = new IntArrayList();
    private int runs;
    private int longestDelay;
    private int extent;
    private long blocks;
    private final int blockShift;
    private int kind;
    private long stored;

    /**
     * @param words      its synapse memory
     * @param image      core image
     * @param shift      the chip's weight shift
     * @param arithmetic what its registers do
     * @param kernels    loops that are to run
     * @param shared     equal arrays of the system
     * @param place      for messages
     */
    RowDecoder(LoihiCoreImage image, long[] words, int shift, Arithmetic arithmetic, Kernels kernels, SharedArrays shared, String place) {
        this.image = image;
        blockShift = ActiveBlocks.shift(image.compartments());
        this.arithmetic = arithmetic;
        this.shift = shift;
        this.kernels = kernels;
        this.shared = shared;
        reader = new SynapseListReader(words, image.formats(), place);
        firstRun.addInt(0);
    }

    /** @return the row of the list at a place of the memory */
    int row(int pointer, int words) {
        long list = (long) pointer << 32 | words;
        int row = (int) rowAt.get(list);
        if (row >= 0) {
            return row;
        }
        targets.clear();
        weights.clear();
        delays.clear();
        runs = 0;
        longestDelay = 0;
        extent = 0;
        kind = 0;
        blocks = 0;
        int wordsRead = reader.read(pointer, words, (target, mantissa, delay, format) -> {
            runs += continues(target, delay) ? 0 : 1;
            targets.addInt(target);
            weights.addInt(arithmetic.effective(mantissa, image.formats().get(format - 1).weightExponent(), shift));
            delays.addInt(delay);
            longestDelay = Math.max(longestDelay, delay);
            kind = image.formats().get(format - 1).kind().ordinal();
            extent = Math.max(extent, target + 1);
            blocks |= 1L << (target >> blockShift);
        });
        boolean scatter = kernels != Kernels.PLAIN && targets.size() < SHORTEST_RUN * runs;
        if (scatter) {
            scatter();
        } else {
            dense();
        }
        row = rowSynapses.size();
        rowBlocks.addLong(blocks);
        firstRun.addInt(runTarget.size());
        rowSynapses.addInt(targets.size());
        rowWords.addInt(wordsRead);
        rowKind.addInt(kind);
        rowExtent.addInt(extent);
        rowScattered.addInt(scatter ? 1 : 0);
        rowAt.put(list, row);
        stored += targets.size();
        return row;
    }

    private boolean continues(int target, int delay) {
        int last = targets.size() - 1;
        return last >= 0 && targets.getInt(last) + 1 == target && delays.getInt(last) == delay;
    }

    private void dense() {
        for (int from = 0, to; from < targets.size(); from = to) {
            to = from + 1;
            while (to < targets.size() && targets.getInt(to) == targets.getInt(to - 1) + 1 && delays.getInt(to) == delays.getInt(from)) {
                to++;
            }
            int[] run = new int[to - from];
            for (int i = from; i < to; i++) {
                run[i - from] = weights.getInt(i);
            }
            addRun(targets.getInt(from), run.length, delays.getInt(from), 0, shared.of(run));
        }
    }

    private void scatter() {
        for (int delay = 0; delay <= longestDelay; delay++) {
            int start = scatteredTargets.size();
            for (int i = 0; i < targets.size(); i++) {
                if (delays.getInt(i) == delay) {
                    scatteredTargets.addInt(targets.getInt(i));
                    scatteredWeights.addInt(weights.getInt(i));
                }
            }
            if (scatteredTargets.size() > start) {
                addRun(0, scatteredTargets.size() - start, delay, start, null);
            }
        }
    }

    private void addRun(int target, int length, int delay, int start, int[] runOfWeights) {
        runTarget.addInt(target);
        runLength.addInt(length);
        runDelay.addInt(delay);
        runStart.addInt(start);
        runWeights.add(runOfWeights);
    }

    /** @return by row: one more than its last target, relative to the base */
    int[] extents() {
        return rowExtent.toIntArray();
    }

    /** @return all rows so far */
    SynapseRows rows() {
        SynapseRows r = new SynapseRows();
        r.allocate(rowSynapses.size());
        for (int i = 0; i < rowSynapses.size(); i++) {
            boolean scattered = rowScattered.getInt(i) != 0;
            int first = firstRun.getInt(i);
            r.set(i, rowSynapses.getInt(i), rowWords.getInt(i), rowKind.getInt(i), scattered, first,
                scattered && first < runStart.size() ? runStart.getInt(first) : 0);
        }
        r.end(runTarget.size());
        r.runTarget = runTarget.toIntArray();
        r.runLength = runLength.toIntArray();
        r.runDelay = runDelay.toIntArray();
        r.runStart = runStart.toIntArray();
        r.runWeights = runWeights.toArray(int[][]::new);
        r.stored = stored;
        r.blocks = rowBlocks.toLongArray();
        r.blockShift = blockShift;
        layScattered(r);
        r.findShapes();
        return r;
    }

    private void layScattered(SynapseRows r) {
        int used = 0;
        for (int i = 0; i < scatteredWeights.size(); i++) {
            used |= scatteredWeights.getInt(i);
        }
        r.packedShift = fits(used, 0) || used == 0 ? 0 : Integer.numberOfTrailingZeros(used);
        if (kernels.packs() && fits(used, r.packedShift)) {
            r.packed = new int[scatteredTargets.size()];
            for (int i = 0; i < r.packed.length; i++) {
                r.packed[i] = ScatteredRows.pack(scatteredTargets.getInt(i), scatteredWeights.getInt(i), r.packedShift);
            }
        } else {
            r.targets = scatteredTargets.toIntArray();
            r.weights = scatteredWeights.toIntArray();
        }
    }

    /** @return whether all scattered synapses can be packed; {@code used} says which bits weights have */
    private boolean fits(int used, int shiftedOut) {
        boolean fits = (used >> shiftedOut << shiftedOut) == used;
        for (int i = 0; i < scatteredWeights.size() && fits; i++) {
            int w = scatteredWeights.getInt(i) >> shiftedOut;
            fits = w == (short) w && scatteredTargets.getInt(i) >>> 16 == 0;
        }
        return fits;
    }
}
