package org.axongrid.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * JMH's own command line with the flags added that Axongrid's libraries need.
 *
 * <p>JMH measures in JVMs that it starts itself, and what this jar's manifest opens does not reach
 * them.
 */
public final class Main {

    /** First JDK that warns about sun.misc.Unsafe, and so needs to be told that it is allowed. */
    private static final int WARNS_ABOUT_UNSAFE = 24;

    private Main() {
    }

    /**
     * Runs JMH.
     *
     * @param args JMH's arguments; with {@code -jvmArgsPrepend} among them nothing is added
     * @throws IOException as JMH does
     */
    public static void main(String[] args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        if (!all.contains("-jvmArgsPrepend")) {
            all.add("-jvmArgsPrepend");
            all.add(jvmFlags());
        }
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
    }

    private static String jvmFlags() {
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("jvm.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String flags = "--add-opens=" + properties.getProperty("opens") + "=ALL-UNNAMED";
        return Runtime.version().feature() < WARNS_ABOUT_UNSAFE
                ? flags
                : flags + " --sun-misc-unsafe-memory-access=allow";
    }
}
