package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axongrid.cli.Main;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.isa.microcode.Opcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/microcode.md tells the reader to do, and sees what it says he will see. */
class MicrocodeTutorialTest {
    private static final String TUTORIAL = "## Write a neuron from nothing";

    @TempDir
    Path folder;

    private static String guide() throws IOException {
        Path docs = Stream.of("docs", "../docs").map(f -> Path.of(f, "microcode.md")).filter(Files::isRegularFile).findFirst().orElseThrow();
        return Files.readString(docs);
    }

    /** @return the fenced blocks after a position */
    private static List<String> blocks(String text) {
        List<String> found = new ArrayList<>();
        String[] parts = text.split("(?m)^```.*$");
        for (int i = 1; i < parts.length; i += 2) {
            found.add(parts[i].strip());
        }
        return found;
    }

    private String run(String command) {
        List<String> args = Arrays.stream(command.split(" ")).skip(1)
            .map(a -> a.startsWith("leaky.") || a.startsWith("act3.csv") ? folder.resolve(a).toString() : a).toList();
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            assertEquals(0, Main.run(args.toArray(String[]::new)), command);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theTutorialWorks() throws IOException {
        String text = guide();
        List<String> blocks = blocks(text.substring(text.indexOf(TUTORIAL)));
        assertEquals(6, blocks.size());
        Files.writeString(folder.resolve("leaky.neuron"), blocks.get(0));
        assertTrue(run(blocks.get(1)).startsWith(blocks.get(2)), blocks.get(2));
        List<String> commands = blocks.get(3).lines().toList();
        List<String> costs = blocks.get(4).lines().toList();
        for (int i = 0; i < 2; i++) {
            assertTrue(run(commands.get(i)).contains(costs.get(i).strip()), costs.get(i));
        }
        String recorded = Files.readString(folder.resolve("act3.csv"));
        assertTrue(recorded.startsWith(blocks.get(5)), recorded);
        assertTrue(run("./axongrid asm leaky.neuron --out leaky.nbin").contains("at most 23 cycles"));
        NeuronProgram program = NeuronPrograms.open(folder.resolve("leaky.neuron").toString());
        assertTrue(run("./axongrid disasm leaky.nbin").startsWith("neuron " + program.name()));
    }

    @Test
    void theTablesAreThoseOfTheProgram() throws IOException {
        String text = guide();
        for (Opcode o : Opcode.values()) {
            String operands = o.shape().text().isEmpty() ? "" : "`" + o.shape().text() + "`";
            assertTrue(text.contains("| `" + o.mnemonic() + "` | " + operands + " | " + o.cycles() + " | " + o.meaning() + " |"), o.mnemonic());
        }
        for (String name : NeuronPrograms.LIBRARY) {
            NeuronProgram p = NeuronPrograms.library(name);
            assertTrue(text.contains("| `" + name + "` | " + p.code().size() + " | " + p.stateBits() + " | " + p.longestCycles() + " | "), name);
        }
    }
}
