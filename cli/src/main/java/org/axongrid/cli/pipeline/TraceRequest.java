package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.BitSet;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.emulator.trace.TraceSelection;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.image.ChipImage;

/**
 * What of a run is written step by step.
 *
 * @param vcd       waveforms, null for none
 * @param perfetto  trace events, null for none
 * @param stepTimes table of steps, null for none
 * @param images    inferences that are looked at
 * @param selection what of them is traced
 */
public record TraceRequest(Path vcd, Path perfetto, Path stepTimes, int images, TraceSelection selection) {
    /** @return whether anything is traced */
    public boolean isTraced() {
        return vcd != null || perfetto != null;
    }

    /** Checks before a long run that the files can be written and the cores are there. */
    public void check(ChipImage image) {
        for (Path file : new Path[] {vcd, perfetto, stepTimes}) {
            if (file != null) {
                AtomicFile.requireWritable(file);
            }
        }
        BitSet missing = selection.cores() == null ? new BitSet() : (BitSet) selection.cores().clone();
        image.cores().forEach(c -> missing.clear(c.core()));
        if (!missing.isEmpty()) {
            throw new InvalidInputException("--trace-cores: core " + missing.nextSetBit(0) + " is not in use; " + image.name() + " has "
                + image.cores().size() + " cores in use, the first is " + image.cores().get(0).core() + ", the last "
                + image.cores().get(image.cores().size() - 1).core());
        }
    }
}
