package org.axongrid.isa.microcode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/** The standard library of neuron programs, and a user's own files. */
public final class NeuronPrograms {
    /** Names of the programs that ship with the project. */
    public static final List<String> LIBRARY = List.of("if-soft", "if-hard", "cuba-lif", "soft-two-compartment", "adaptive-lif", "ternary-lif",
        "graded-relu", "graded-vec", "product", "sigma-delta", "resonate-and-fire", "group-neuron", "signed-if", "signed-each", "burst-if",
        "masked-two-phase", "offset-if", "offset-replay", "max-pool", "truenorth", "izhikevich", "integrator");
    private static final long BYTES_MAX = 1 << 20;

    private NeuronPrograms() { }

    /**
     * @param nameOrFile a name of {@link #LIBRARY}, or the path of a file ending in .neuron
     * @return the program
     * @throws InvalidInputException if there is none, or it is wrong
     */
    public static NeuronProgram open(String nameOrFile) {
        return LIBRARY.contains(nameOrFile) ? library(nameOrFile) : Assembler.assemble(source(nameOrFile), nameOrFile);
    }

    /**
     * @param nameOrFile as in {@link #open}
     * @return the program's text
     */
    public static String source(String nameOrFile) {
        if (LIBRARY.contains(nameOrFile)) {
            return resource(nameOrFile);
        }
        if (!nameOrFile.endsWith(".neuron")) {
            throw new InvalidInputException("no neuron program named '" + nameOrFile + "'" + KeyedYaml.nearest(nameOrFile, LIBRARY)
                + " (library: " + String.join(", ", LIBRARY) + "; or give a .neuron file)");
        }
        Path file = Path.of(nameOrFile);
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new InvalidInputException(nameOrFile + ": larger than " + BYTES_MAX + " bytes, no neuron program");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(nameOrFile + ": is no UTF-8 text", e);
        } catch (IOException e) {
            throw new InvalidInputException(nameOrFile + ": cannot be read: " + (Files.exists(file) ? e.getMessage() : "no such file"), e);
        }
    }

    /** @return the program of that name in {@link #LIBRARY} */
    public static NeuronProgram library(String name) {
        return Assembler.assemble(resource(name), name + ".neuron");
    }

    private static String resource(String name) {
        try (InputStream in = NeuronPrograms.class.getResourceAsStream(name + ".neuron")) {
            if (in == null) {
                throw new IllegalStateException(name + ".neuron is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
