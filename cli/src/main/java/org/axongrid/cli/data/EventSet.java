package org.axongrid.cli.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

/**
 * Recordings of spikes with labels, if there are any, cut into time-steps. Safe for reading by several threads.
 *
 * @param name   a short name for reports
 * @param shape  the input's shape
 * @param labels by recording its class; {@code null} if there are none
 * @param spikes by recording and step: neurons that spike, ascending, n times where n events fall together
 */
public record EventSet(String name, Shape shape, int[] labels, int[][][] spikes) implements DataSet {
    private static final String LABELS = "labels.csv";

    /**
     * @param source a file or folder
     * @return whether it holds recordings of events: a zip file with .bin recordings, a folder with some and {@code labels.csv}, or a table .csv
     */
    public static boolean matches(String source) {
        try {
            Path path = Path.of(source);
            String lower = source.toLowerCase(Locale.ROOT);
            return Files.isDirectory(path) ? Files.isRegularFile(path.resolve(LABELS)) && RecordingFiles.inFolder(path)
                : lower.endsWith(".zip") && RecordingFiles.inArchive(path) || lower.endsWith(".csv");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * @param source  as {@link #matches} knows it
     * @param shape   the network's input: polarities as channels, rows, columns
     * @param classes labels must stay below
     * @param bin     microseconds of a step, for recordings with times
     * @param steps   steps at most, 0 for as many as the longest recording has
     * @return the recordings
     * @throws InvalidInputException if there are none, they are damaged, or they do not fit the network
     */
    public static EventSet open(String source, Shape shape, int classes, int bin, int steps) {
        Path path = Path.of(source);
        String name = path.getFileName() == null ? source : path.getFileName().toString();
        if (!Files.exists(path)) {
            throw new InvalidInputException(source + ": no such file or folder");
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
            return new EventSet(name, shape, null, new int[][][] {TrainTable.read(path, shape, steps)});
        }
        Map<String, byte[]> files = RecordingFiles.read(path);
        byte[] labels = files.remove(LABELS);
        Map<String, byte[]> recordings = new TreeMap<>(files);
        if (recordings.isEmpty()) {
            throw new InvalidInputException(name + ": no .bin recordings in it");
        }
        Map<String, Integer> label = labels == null ? Map.of() : RecordingFiles.labels(name, labels, classes);
        int[] classesOf = new int[recordings.size()];
        int[][][] spikes = new int[recordings.size()][][];
        int i = 0;
        for (Map.Entry<String, byte[]> e : recordings.entrySet()) {
            if (labels != null && !label.containsKey(e.getKey())) {
                throw new InvalidInputException(name + ": " + LABELS + " has no line for " + e.getKey());
            }
            classesOf[i] = labels == null ? -1 : label.get(e.getKey());
            spikes[i++] = AtisFile.bins(name + ":" + e.getKey(), e.getValue(), shape, bin, steps);
        }
        return new EventSet(name, shape, labels == null ? null : classesOf, spikes);
    }

    @Override
    public boolean labelled() {
        return labels != null;
    }

    @Override
    public int label(int index) {
        return labels == null ? -1 : labels[index];
    }

    /** Recordings have no values that stay the same. */
    @Override
    public void image(int index, double[] channelsLast) {
        Arrays.fill(channelsLast, 0);
    }

    @Override
    public int[][] spikes(int index) {
        return spikes[index];
    }

    @Override
    public int size() {
        return spikes.length;
    }

    /** @return steps of the longest recording, at least 1 */
    public int longest() {
        int most = 1;
        for (int[][] s : spikes) {
            most = Math.max(most, s.length);
        }
        return most;
    }
}
