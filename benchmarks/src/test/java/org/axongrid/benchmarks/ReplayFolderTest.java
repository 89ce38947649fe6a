package org.axongrid.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The golden vectors that {@link TrueNorthReplay} replays are no part of the project: where they are missing, one message says so. */
class ReplayFolderTest {
    @TempDir
    Path folder;

    private static Bench parsed(String... args) {
        Bench bench = new Bench(List.of());
        new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return bench;
    }

    @Test
    void aFolderThatIsNamedMustHoldThem() {
        String message = assertThrows(InvalidInputException.class, () -> parsed("--param", "folder=" + folder, "Kernel").call()).getMessage();
        assertEquals("TrueNorthReplay needs the golden vectors of TrueNorth: " + folder
            + " has no mnist_tea_512_128.json.gz; --param folder=FOLDER names theirs", message);
    }

    @Test
    void aFolderWithThemIsFound() throws Exception {
        assertFalse(TrueNorthReplay.isThere(folder));
        Files.createFile(folder.resolve(TrueNorthReplay.FIRST));
        assertTrue(TrueNorthReplay.isThere(folder));
    }

    @Test
    void aVectorThatIsNotThereIsNamed() {
        TrueNorthReplay.Running running = new TrueNorthReplay.Running();
        running.folder = folder.toString();
        running.vector = "nothing";
        assertEquals(folder.resolve("nothing.json.gz") + ": no such golden vector; -p folder=FOLDER names where they are",
            assertThrows(InvalidInputException.class, running::start).getMessage());
    }
}
