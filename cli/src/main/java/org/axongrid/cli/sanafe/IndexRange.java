package org.axongrid.cli.sanafe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers from one to another, both included: {@code 3} or {@code 0..15}.
 *
 * @param first smallest
 * @param last  largest
 */
record IndexRange(int first, int last) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");
    private static final Pattern NAMED = Pattern.compile("(.*)\\[(\\d{1,9}(?:\\.\\.\\d{1,9})?)]");

    /** @return the range, none of whose numbers is above {@code max} */
    static IndexRange of(String text, int max, Node at, String what) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw at.error(what + ": '" + Node.shown(text) + "' is no number and no range a..b");
        }
        int first = Integer.parseInt(m.group(1));
        int last = m.group(2) == null ? first : Integer.parseInt(m.group(2));
        if (first > last || last > max) {
            throw at.error(what + ": " + Node.shown(text) + " is outside 0.." + max + (first > last ? " or runs backwards" : ""));
        }
        return new IndexRange(first, last);
    }

    /** A name with how often the thing exists. */
    record Named(String name, IndexRange range) {
        /** @return the name of one of them */
        String name(int i) {
            return range == null ? name : name + "[" + i + "]";
        }

        int first() {
            return range == null ? 0 : range.first();
        }

        int last() {
            return range == null ? 0 : range.last();
        }
    }

    /** @return the parts of {@code name[a..b]}, or the name alone */
    static Named named(String text, int max, Node at) {
        Matcher m = NAMED.matcher(text);
        return m.matches() ? new Named(m.group(1), of(m.group(2), max, at, "name")) : new Named(text, null);
    }
}
