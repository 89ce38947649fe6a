package org.axongrid.mapper.onnx;

import java.util.Arrays;

/** Names from a file, made fit for a one-line message. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {
    }

    /** @return the name in quotes, control characters replaced, cut to a readable length */
    static String quote(String name) {
        return "'" + clean(name, LONGEST) + "'";
    }

    /** @return the name in one line of at most {@code longest} characters and an ellipsis */
    static String clean(String name, int longest) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length() && i < longest; i++) {
            char c = name.charAt(i);
            out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return out.append(name.length() > longest ? "..." : "").toString();
    }

    /** @return dims as {@code [1, 3, 5]}, cut if there are many */
    static String dims(long[] dims) {
        return dims.length <= 8 ? Arrays.toString(dims) : Arrays.toString(Arrays.copyOf(dims, 8)).replace("]", ", ...]");
    }

    /** @return dims as {@code [1, 3, 5]}, cut if there are many */
    static String dims(int[] dims) {
        return dims(Arrays.stream(dims).asLongStream().toArray());
    }
}
