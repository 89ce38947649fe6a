package org.axongrid.cli.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

/** One recording as a table: a line for each step, a column for each input neuron with its number of spikes; further columns are not read. */
final class TrainTable {
    private static final int COUNT_MAX = 1000;
    private static final int STEPS_MAX = 100_000;
    private static final long BYTES_MAX = 1L << 28;

    private TrainTable() { }

    /**
     * @param path  the table, numbers with commas between, no header
     * @param shape the network's input; columns are its neurons, channels first
     * @param steps steps at most, 0 for no limit
     * @return by step the neurons that spike
     */
    static int[][] read(Path path, Shape shape, int steps) {
        List<String> lines;
        try {
            if (Files.size(path) > Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / 8)) {
                throw new InvalidInputException(path + ": too large a table");
            }
            lines = Files.readAllLines(path);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(path + ": is no UTF-8 text", e);
        } catch (IOException e) {
            throw new InvalidInputException(path + ": cannot be read: " + e.getMessage(), e);
        }
        int most = Math.min(lines.size(), steps > 0 ? steps : Integer.MAX_VALUE);
        if (most == 0 || most > STEPS_MAX) {
            throw new InvalidInputException(path + ": " + most + " lines, 1 to " + STEPS_MAX + " steps are possible");
        }
        int[][] out = new int[most][];
        for (int t = 0; t < most; t++) {
            out[t] = step(path, t, lines.get(t).split(",", -1), shape);
        }
        return out;
    }

    private static int[] step(Path path, int t, String[] columns, Shape shape) {
        if (columns.length < shape.size()) {
            throw new InvalidInputException(path + ", line " + (t + 1) + ": " + columns.length + " columns, the network's input has " + shape.size());
        }
        List<Integer> spikes = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            double count;
            try {
                count = Double.parseDouble(columns[i].strip());
            } catch (NumberFormatException e) {
                count = Double.NaN;
            }
            if (!(count >= 0 && count <= COUNT_MAX) || count != Math.rint(count)) {
                throw new InvalidInputException(path + ", line " + (t + 1) + ", column " + (i + 1) + ": expected a number of spikes, 0 to " + COUNT_MAX);
            }
            for (int n = 0; n < count; n++) {
                spikes.add(shape.fromChannelsFirst(i));
            }
        }
        return spikes.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
