package org.axongrid.cli.corelet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.collections.IntArrayList;

/**
 * The run-length coded lists of corelet models. An element is an integer, {@code "AxN"} for A repeated N times, {@code "A:B"} for A to B, or
 * {@code "A:S:B"} for A, A + S and so on up to B, ends included.
 */
final class RunLengths {
    private static final Pattern REPEATED = Pattern.compile("(-?\\d{1,10})x(\\d{1,10})");
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,10}):(?:(-?\\d{1,10}):)?(-?\\d{1,10})");

    private RunLengths() { }

    /**
     * @param in   standing at a list
     * @param what its name
     * @param most elements that it may have
     * @return its elements
     */
    static int[] read(JsonWalk in, String what, int most) {
        IntArrayList list = new IntArrayList();
        in.array(() -> {
            if (in.isText()) {
                runs(in, what, in.text(what), list, most);
            } else {
                add(in, what, list, in.integer(what, Integer.MIN_VALUE, Integer.MAX_VALUE), most);
            }
        });
        return list.toIntArray();
    }

    private static void runs(JsonWalk in, String what, String text, IntArrayList list, int most) {
        Matcher repeated = REPEATED.matcher(text);
        Matcher range = RANGE.matcher(text);
        if (repeated.matches()) {
            long count = Long.parseLong(repeated.group(2));
            for (long i = 0; i < count; i++) {
                add(in, what, list, Long.parseLong(repeated.group(1)), most);
            }
        } else if (range.matches()) {
            long step = range.group(2) == null ? 1 : Long.parseLong(range.group(2));
            long last = Long.parseLong(range.group(3));
            if (step == 0) {
                throw in.error(what + ": '" + text + "' has step 0");
            }
            for (long i = Long.parseLong(range.group(1)); step > 0 ? i <= last : i >= last; i += step) {
                add(in, what, list, i, most);
            }
        } else {
            throw in.error(what + ": '" + JsonWalk.shortened(text) + "' is no integer, 'AxN', 'A:B' or 'A:S:B'");
        }
    }

    private static void add(JsonWalk in, String what, IntArrayList list, long value, int most) {
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw in.error(what + ": " + value + " is no 32-bit integer");
        }
        if (list.size() == most) {
            throw in.error(what + ": more than the " + most + " elements of a crossbar");
        }
        list.addInt((int) value);
    }
}
