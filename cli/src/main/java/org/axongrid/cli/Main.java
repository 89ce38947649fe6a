package org.axongrid.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Entry point of the command line. */
public final class Main {

    private Main() {
    }

    /** Prints the version this jar was built as. */
    public static void main(String[] args) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        System.out.println("axongrid " + properties.getProperty("version"));
    }
}
