package org.axongrid.cli.output;

import java.util.Locale;

/** Numbers as people read them. */
public final class Text {
    private static final String[] PREFIX = {"f", "p", "n", "u", "m", "", "k", "M", "G", "T"};
    private static final int UNIT = 5;

    private Text() { }

    /** @return three significant digits with an SI prefix, as in {@code 12.3 uJ} */
    public static String si(double value, String unit) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value + " " + unit;
        }
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)) / 3);
        double scaled = value / Math.pow(1000, exponent);
        if (Math.abs(scaled) >= 999.5) {
            scaled /= 1000;
            exponent++;
        }
        int at = Math.max(0, Math.min(PREFIX.length - 1, exponent + UNIT));
        scaled = value / Math.pow(1000, at - UNIT);
        int digits = Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s%s", scaled, PREFIX[at], unit);
    }

    /** @return a count with thousands separators */
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** @return a mean with thousands separators, with a digit behind the point where it matters */
    public static String mean(double n) {
        return String.format(Locale.ROOT, Math.abs(n) < 100 ? "%,.1f" : "%,.0f", n);
    }

    /** @return a fraction in per cent with two digits */
    public static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    /** @return seconds as {@code 1 h 02 min}, {@code 3 min 05 s} or {@code 4.2 s} */
    public static String duration(double seconds) {
        if (seconds >= 3600) {
            return String.format(Locale.ROOT, "%d h %02d min", (long) seconds / 3600, (long) seconds % 3600 / 60);
        }
        if (seconds >= 60) {
            return String.format(Locale.ROOT, "%d min %02d s", (long) seconds / 60, (long) seconds % 60);
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
}
