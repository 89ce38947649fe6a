package org.axongrid.cli.corelet;

import java.nio.file.Path;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.InvalidInputException;

/**
 * Input spikes as IBM's tools write them ({@code .sfti}): JSON values, one per line. Two headers (encoding, then version and default delay), then
 * spikes.
 *
 * @param place file name for messages
 * @param tick  by spike: tick in which its axon is active, source time plus delay
 * @param core  by spike: core number
 * @param axon  by spike: axon
 */
public record SpikeFile(String place, int[] tick, int[] core, int[] axon) {
    private static final int TIME_MAX = 1 << 30;
    private static final int DELAY_MAX = 4095;

    /**
     * @param file spikes, plain or gzip
     * @return the spikes, in the order of the file
     * @throws InvalidInputException with line and cause if it is no such file or not whole
     */
    public static SpikeFile read(Path file) {
        try (JsonWalk in = new JsonWalk(file)) {
            return new Reader(in).read();
        }
    }

    /** @return number of spikes */
    public int size() {
        return tick.length;
    }

    /** @return the last tick with an active axon, -1 if there are no spikes */
    public int lastTick() {
        int last = -1;
        for (int t : tick) {
            last = Math.max(last, t);
        }
        return last;
    }

    /** A file while it is read. */
    private static final class Reader {
        private final JsonWalk in;
        private final IntArrayList tick = new IntArrayList();
        private final IntArrayList core = new IntArrayList();
        private final IntArrayList axon = new IntArrayList();
        private String version;
        private int delay;

        Reader(JsonWalk in) {
            this.in = in;
        }

        SpikeFile read() {
            do {
                in.object(this::field);
            } while (in.next());
            if (version == null) {
                throw in.error("no version: not a spike file");
            }
            return new SpikeFile(in.place(), tick.toIntArray(), core.toIntArray(), axon.toIntArray());
        }

        private void field(String key) {
            switch (key) {
                case "encoding" -> {
                    if (!in.text(key).equals("TEXT")) {
                        throw in.error("encoding is '" + JsonWalk.shortened(in.text(key)) + "', only TEXT is read");
                    }
                }
                case "version" -> {
                    version = in.text(key);
                    if (!version.startsWith("sfti1.")) {
                        throw in.error("version is '" + JsonWalk.shortened(version) + "', expected sfti1.0" + (version.startsWith("sfto")
                            ? ": these are output spikes" : ""));
                    }
                }
                case "defaultDestinationDelay" -> delay = in.number(key, 0, DELAY_MAX);
                case "spike" -> spike();
                default -> in.skip();
            }
        }

        private void spike() {
            if (version == null) {
                throw in.error("a spike before the version: not a spike file");
            }
            int[] s = {-1, -1, -1, delay};
            in.object(key -> {
                switch (key) {
                    case "srcTime" -> s[0] = in.number(key, 0, TIME_MAX);
                    case "destCore" -> s[1] = in.number(key, 0, Integer.MAX_VALUE);
                    case "destAxon" -> s[2] = in.number(key, 0, Integer.MAX_VALUE);
                    case "destDelay" -> s[3] = in.number(key, 0, DELAY_MAX);
                    default -> in.skip();
                }
            });
            if (s[0] < 0 || s[1] < 0 || s[2] < 0) {
                throw in.error("a spike needs srcTime, destCore and destAxon");
            }
            tick.addInt(s[0] + s[3]);
            core.addInt(s[1]);
            axon.addInt(s[2]);
        }
    }
}
