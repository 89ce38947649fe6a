package org.axongrid.isa.image;

import java.io.IOException;
import java.util.Locale;

/** Writes lines up to a limit and says at the end how many more there are at least: what is not written need not be put together. */
final class LimitedLines {
    private final Appendable out;
    private final long limit;
    private long lines;

    LimitedLines(Appendable out, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one line");
        }
        this.out = out;
        this.limit = limit;
    }

    /** Writes a line; beyond the limit only counts it. */
    void line(String format, Object... values) throws IOException {
        if (lines++ < limit) {
            out.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
        }
    }

    /** @return whether further lines will not be written, so that they need not be put together */
    boolean full() {
        return lines >= limit;
    }

    void end() throws IOException {
        if (lines > limit) {
            out.append(String.format(Locale.ROOT, "... at least %d more lines", lines - limit)).append('\n');
        }
    }
}
