package org.axongrid.cli.output;

import java.io.PrintStream;
import java.util.Locale;

/** One line on a terminal that says how far a phase is, its rate and the time it still takes; silent when the output is no terminal. */
public final class Progress {
    private static final long INTERVAL_NS = 200_000_000L;

    private final PrintStream out;
    private String phase = "";
    private int total;
    private long started;
    private long shown;
    private int width;

    private Progress(PrintStream out) {
        this.out = out;
    }

    /** @return progress on standard error if that is a terminal and {@code quiet} is not set; else a silent one */
    public static Progress of(boolean quiet) {
        return new Progress(quiet || !terminal() ? null : System.err);
    }

    // From JDK 22 on System.console() is there without a terminal too; its isTerminal() is not in Java 17.
    private static boolean terminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Starts a phase of {@code total} items. */
    public void start(String phase, int total) {
        this.phase = phase;
        this.total = total;
        started = System.nanoTime();
        shown = started;
    }

    /** Says that {@code done} items of the phase are done. */
    public void update(int done) {
        long now = System.nanoTime();
        if (out == null || now - shown < INTERVAL_NS) {
            return;
        }
        shown = now;
        double seconds = (now - started) * 1e-9;
        double rate = done / seconds;
        String line = String.format(Locale.ROOT, "%s: %,d of %,d images, %,.0f/s, %s left", phase, done, total, rate,
            done == 0 ? "?" : Text.duration((total - done) / rate));
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }

    /** Ends a phase and clears the line. */
    public void end() {
        if (out != null && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
