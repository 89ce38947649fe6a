package org.axongrid.cli.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dozen rows of the golden curves of virtual-channel routers, every pipeline among them; the same by any number of threads; and damaged. */
class ChannelCurvesTest {
    @TempDir
    Path folder;

    private static Path shipped() throws URISyntaxException {
        return Path.of(ChannelCurvesTest.class.getResource("channel_rows.csv").toURI());
    }

    private static String replay(Path table, int threads) {
        StringWriter out = new StringWriter();
        Tally tally = new Tally(new PrintWriter(out, true));
        ChannelCurves.replay(table, tally, threads);
        return out + tally.toString();
    }

    @Test
    void shippedRows() throws URISyntaxException {
        String one = replay(shipped(), 1);
        assertTrue(one.endsWith("13 passed, 0 failed"), one);
        assertEquals(one, replay(shipped(), 2));
        assertEquals(one, replay(shipped(), 4));
    }

    @Test
    void wrongFiguresAreNamed() throws IOException, URISyntaxException {
        List<String> lines = Files.readAllLines(shipped());
        Path table = folder.resolve("rows.csv");
        Files.writeString(table, lines.get(0) + "\n" + lines.get(1).replace(",12.5464,5,", ",13.5464,5,") + "\n");
        String slower = replay(table, 1);
        assertTrue(slower.contains("mean latency: expected 13.546 within 5 %, got 12.6"), slower);
        Files.writeString(table, lines.get(0) + "\n" + lines.get(1).replace(",12.5464,5,", ",12.5464,4,") + "\n");
        assertTrue(replay(table, 1).contains("smallest latency: expected 4, got 5"));
        // A row that calls itself P2 but asks for another stage: its own formula of the zero-load latency does not fit.
        Files.writeString(table, lines.get(0) + "\n" + lines.get(1).replace(",P2,0,1,", ",P2,1,1,") + "\n");
        assertTrue(replay(table, 1).contains("t0_formula: expected 12.4579, got 15.9439"), replay(table, 1));
    }

    @Test
    void damageIsOneLine() throws IOException, URISyntaxException {
        List<String> lines = Files.readAllLines(shipped());
        Path table = folder.resolve("rows.csv");
        for (String[] change : new String[][] {{",uniform,", ",unifrom,"}, {",4,2,uniform", ",4000,2,uniform"}, {",1,8,0.1,", ",99,8,0.1,"},
            {",1,8,0.1,", ",1,8,-0.1,"}, {",1,8,0.1,", ",1,8,"}, {",1,8,0.1,", ",x,8,0.1,"}, {",4,2,uniform", ",4,2,hotspot({77})"}}) {
            Files.writeString(table, lines.get(0) + "\n" + lines.get(1).replace(change[0], change[1]) + "\n");
            StringWriter err = new StringWriter();
            StringWriter out = new StringWriter();
            new Conformance(new PrintWriter(out), new PrintWriter(err)).run(List.of(table));
            assertEquals(1, err.toString().lines().count(), change[1] + ": " + err);
            assertTrue(out.toString().endsWith("0 passed, 1 failed" + System.lineSeparator()), change[1] + ": " + out);
        }
    }

    @Test
    void noDamageLeadsToAnotherException() throws IOException, URISyntaxException {
        List<String> lines = Files.readAllLines(shipped());
        Path table = folder.resolve("rows.csv");
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            char[] text = lines.get(1).toCharArray();
            for (int n = random.nextInt(3); n >= 0; n--) {
                text[random.nextInt(text.length)] = ",0129.x\"-({".charAt(random.nextInt(11));
            }
            Files.writeString(table, lines.get(0) + "\n" + new String(text) + "\n");
            try {
                replay(table, 1);
            } catch (InvalidInputException e) {
                assertEquals(1, e.getMessage().lines().count());
            }
        }
    }
}
