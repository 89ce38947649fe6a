package org.axongrid.cli.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.cli.output.NpzWriter;
import org.axongrid.cli.pipeline.ProbeRun;
import org.axongrid.emulator.probe.Probe;

/**
 * Writes recordings: as CSV with a row per image and chip step and a column per element, or as NPZ with an int32 array
 * {@code [image, step, element]} per probe.
 */
public final class ProbeFile {
    private ProbeFile() { }

    /** @return whether recordings can be written under that name: it ends in .csv or .npz */
    public static boolean isNamedSo(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".npz");
    }

    /** Writes a recording in the format that the file's name says. */
    public static void write(ProbeRun run, Path file) {
        boolean csv = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        AtomicFile.write(file, csv ? csv(run).getBytes(StandardCharsets.UTF_8) : npz(run));
    }

    private static String csv(ProbeRun run) {
        StringBuilder out = new StringBuilder("image,step");
        for (Probe p : run.probes()) {
            for (int element : p.elements()) {
                out.append(',').append(p.name()).append('[').append(element).append(']');
            }
        }
        out.append('\n');
        for (int image = 0; image < run.values().length; image++) {
            int[][][] values = run.values()[image];
            for (int step = 0; step < values[0].length; step++) {
                out.append(image).append(',').append(step + 1);
                for (int[][] probe : values) {
                    for (int value : probe[step]) {
                        out.append(',').append(value);
                    }
                }
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static byte[] npz(ProbeRun run) {
        NpzWriter out = new NpzWriter();
        int images = run.values().length;
        for (int p = 0; p < run.probes().size(); p++) {
            Probe probe = run.probes().get(p);
            int steps = run.values()[0][p].length;
            int size = probe.elements().length;
            int[] flat = new int[Math.multiplyExact(Math.multiplyExact(images, steps), size)];
            for (int i = 0; i < images; i++) {
                for (int t = 0; t < steps; t++) {
                    System.arraycopy(run.values()[i][p][t], 0, flat, (i * steps + t) * size, size);
                }
            }
            out.add(probe.name(), flat, images, steps, size);
            out.add(probe.name() + ".elements", probe.elements(), size);
        }
        return out.finish();
    }
}
