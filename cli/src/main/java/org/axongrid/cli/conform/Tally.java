package org.axongrid.cli.conform;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** Counts results and prints what a reader has to know at once. */
public final class Tally {
    private final PrintWriter out;
    private final Map<String, Integer> notModelled = new TreeMap<>();
    private int passed;
    private int failed;
    private int skipped;

    /** @param out where failures are printed as they come */
    Tally(PrintWriter out) {
        this.out = out;
    }

    void passed() {
        passed++;
    }

    /** Notes a case that is not reproduced, and says so. */
    void failed(String name, String why) {
        failed++;
        out.println("  FAILED " + name + ": " + why.replaceAll("\\s*\\R\\s*", " "));
    }

    /** Prints a figure that is no part of the comparison. */
    void remark(String text) {
        out.println("  " + text);
    }

    /** Notes something that failed and was reported already. */
    void failedQuietly() {
        failed++;
    }

    /** Notes what is not taken, and says why; that is no failure. */
    void refused(String name, String why) {
        notModelled("refused");
        out.println("  refused " + name + ": " + why.replaceAll("\\s*\\R\\s*", " "));
    }

    void notModelled(String kind) {
        skipped++;
        notModelled.merge(kind, 1, Integer::sum);
    }

    /** Adds another's counts. */
    void add(Tally o) {
        passed += o.passed;
        failed += o.failed;
        skipped += o.skipped;
        o.notModelled.forEach((k, n) -> notModelled.merge(k, n, Integer::sum));
    }

    /** @return whether nothing was found to compare: a file that belongs to the cases of another */
    boolean isEmpty() {
        return passed + failed + skipped == 0;
    }

    /** @return whether something was compared and nothing failed */
    public boolean isClean() {
        return failed == 0 && passed > 0;
    }

    /** @return kinds that are not modelled with their numbers, or nothing */
    String skippedKinds() {
        return notModelled.isEmpty() ? "" : " (not modelled: " + String.join(", ", notModelled.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey()).toList()) + ")";
    }

    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed" + (skipped == 0 ? "" : ", " + skipped + " not modelled");
    }
}
